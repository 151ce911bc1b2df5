import type {OptionalColumn} from '../table/columns.js';
import {agreementFields} from './agreements.js';
import {congestionFields} from './congestion.js';
import {endpointFields} from './endpoints.js';
import type {Field} from './field.js';
import {identityFields} from './identity.js';
import {memoryFields} from './memory.js';
import {processFields} from './processes.js';
import {queueFields} from './queues.js';
import {roundTripFields} from './round-trips.js';
import {segmentFields} from './segments.js';
import {timeFields} from './times.js';
import {trafficFields} from './traffic.js';

/** All that conntop knows of a socket. Menus, help and documentation list them in this order. */
export const fields: readonly Field[] = [
	...identityFields,
	...queueFields,
	...endpointFields,
	...trafficFields,
	...roundTripFields,
	...timeFields,
	...processFields,
	...congestionFields,
	...segmentFields,
	...agreementFields,
	...memoryFields,
];

/** Ids of the columns that the live view and `list` show unless told otherwise. */
export const defaultColumns: readonly string[] = [
	'protocol', 'state', 'recvQ', 'sendQ', 'local', 'peer', 'rxRate', 'txRate', 'rtt', 'age', 'process',
];

/** `Recv-Q`, `recv_q` and `recvQ` are one name. */
const normalize = (name: string): string => name.toLowerCase().replaceAll(/[\-_]/gv, '');

const byName = new Map<string, Field>();
for (const field of fields) {
	for (const name of [field.id, ...field.aliases ?? []]) {
		byName.set(normalize(name), field);
	}
}

/** The field with this id or alias, in any case, with or without hyphens and underscores. */
export const findField = (name: string): Field | undefined => byName.get(normalize(name));

/** The name of a field that a wrong one was probably meant to be, for an error message; undefined when none is near. */
export const suggestField = (name: string): string | undefined => {
	const wanted = normalize(name);
	let nearest: string | undefined;
	let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
	for (const field of fields) {
		for (const candidate of [field.id, ...field.aliases ?? []]) {
			const distance = unlikeness(wanted, normalize(candidate));
			if (distance < least) {
				least = distance;
				nearest = candidate;
			}
		}
	}

	return nearest;
};

/** How far a name is from another: people shorten names, and rarely get the first letter wrong. */
const unlikeness = (wanted: string, name: string): number => wanted.length > 1 && name.startsWith(wanted) ? 0.5 : editDistance(wanted, name) + (name.startsWith(wanted.charAt(0)) ? 0 : 0.5);

/** Characters to insert, delete or replace to make one text of the other (Levenshtein). */
const editDistance = (a: string, b: string): number => {
	let row = Array.from({length: b.length + 1}, (_, index) => index);
	for (const [index, character] of [...a].entries()) {
		const next = [index + 1];
		for (const [place, other] of [...b].entries()) {
			next.push(Math.min(next[place] + 1, row[place + 1] + 1, row[place] + (character === other ? 0 : 1)));
		}

		row = next;
	}

	return row.at(-1) ?? 0;
};

/** The optional columns that a sample must fill for these fields, so that nothing is asked of the kernel that nobody looks at. */
export const columnsFor = (wanted: Iterable<Field>): Set<OptionalColumn> => {
	const columns = new Set<OptionalColumn>();
	for (const field of wanted) {
		for (const column of field.columns ?? []) {
			columns.add(column);
		}
	}

	return columns;
};
