import type {FieldValue} from '../../fields/model/field.js';
import {readLocalOwner} from '../../fields/model/owner-text.js';
import {findField} from '../../fields/registry.js';
import {parsePrefix} from '../../addresses/prefix.js';
import {splitHost} from '../language/values/host.js';
import {printNumber} from '../language/values/numbers.js';

/** Values by field id: distinct texts, sorted for people. */
export type SeenValues = ReadonlyMap<string, readonly string[]>;

/**
Collects the values that rows show. Columns that combine several fields (an endpoint, a process with its pid) give a value for each of them.

@param columns Ids of the fields of the rows, in order.
@param rows The values of each row.
*/
export const seenValues = (columns: readonly string[], rows: ReadonlyArray<ReadonlyArray<FieldValue | undefined>>): SeenValues => {
	const seen = new Map<string, Set<string>>();
	for (const values of rows) {
		for (const [index, id] of columns.entries()) {
			for (const [field, text] of partsOf(id, values[index])) {
				const texts = seen.get(field) ?? new Set();
				texts.add(text);
				seen.set(field, texts);
			}
		}
	}

	return new Map(seen.entries().map(([field, texts]) => [field, [...texts].toSorted(collator().compare)]));
};

let byNumber: Intl.Collator | undefined;

/** Created on first use, because that takes some milliseconds of the start. */
const collator = (): Intl.Collator => {
	byNumber ??= new Intl.Collator('en', {numeric: true});
	return byNumber;
};

type Part = readonly [field: string, text: string];

const partsOf = (id: string, value: FieldValue | undefined): readonly Part[] => {
	if (value === undefined) {
		return [];
	}

	if (typeof value === 'string') {
		return partsOfText(id, value);
	}

	if (typeof value === 'number') {
		const field = findField(id);
		return [[id, printNumber(value, field?.kind === 'number' ? field.unit : 'none')]];
	}

	return 'atLeast' in value ? [] : value.flatMap(({name, pid}): Part[] => [['comm', name], ['pid', String(pid)]]);
};

const partsOfText = (id: string, text: string): readonly Part[] => {
	switch (id) {
		case 'process': {
			const owner = readLocalOwner(text);
			return owner === undefined ? [] : [['comm', owner.name], ['pid', owner.pid]];
		}

		case 'local':
		case 'peer': {
			return partsOfEndpoint(id, text);
		}

		case 'localAddress':
		case 'peerAddress': {
			return parsePrefix(text) === undefined && !unixName.test(text) ? [] : [[id, text]];
		}

		default: {
			return [[id, text]];
		}
	}
};

/** A path or an abstract name of a UNIX socket. Characters that would make it a pattern are excluded. */
const unixName = /^[\/@][^*?\[\\]*$/v;

const partsOfEndpoint = (id: 'local' | 'peer', text: string): readonly Part[] => {
	const host = splitHost(text);
	if (host !== undefined && parsePrefix(host.address) !== undefined) {
		const address: Part = [`${id}Address`, host.address];
		return host.port === undefined || host.port === '*' ? [address] : [address, [`${id}Port`, host.port]];
	}

	// The inode follows the name.
	const name = text.replace(/ \d+$/v, '');
	return unixName.test(name) ? [[`${id}Address`, name]] : [];
};
