/** Names of hosts and services in lines that are written once: asked for together, and waited for. */
import type {Field, World} from '../fields/model/field.js';
import {readCell} from '../fields/model/cell.js';
import {formatValue} from '../fields/model/format.js';
import {onlyNames, type NameKinds, type Names} from '../names/names.js';
import type {ReverseNames} from '../names/reverse-names.js';

export type WrittenNames = {
	/** As far as they are known by now. */
	readonly names: Names;
	/** Asks for all names that fields of these sockets have. What was asked for before and waits still is dropped. */
	readonly ask: (fields: readonly Field[], world: World, slots: readonly number[]) => void;
	/** Resolves when all of them are there or known to be missing. */
	readonly settled: () => Promise<void>;
};

/** Names of these kinds, as this machine knows them. What looks them up is loaded only now. */
export const openWrittenNames = async (kinds: NameKinds, most?: number): Promise<WrittenNames> => {
	const [{createReverseNames}, {createSystemServiceNames}] = await Promise.all([import('../names/reverse-names.js'), import('../names/services.js')]);
	return createWrittenNames(createReverseNames(most === undefined ? {} : {maximum: most}), createSystemServiceNames(), kinds);
};

export const createWrittenNames = (hosts: Pick<ReverseNames, 'name' | 'begin' | 'settled'>, service: Names['service'], kinds: NameKinds): WrittenNames => {
	const names = onlyNames({host: hosts.name, service}, kinds);
	return {
		names,
		ask(fields, world, slots) {
			hosts.begin();
			for (const slot of slots) {
				for (const field of fields) {
					field.named?.(world, slot, names);
				}
			}
		},
		settled: hosts.settled,
	};
};

/** How values are written. */
export type Wording = {
	/** Numbers whole, without units. */
	readonly exact: boolean;
	readonly names: Names | undefined;
};

/** The value of a field as it is written in text. */
export const writtenValue = (field: Field, world: World, slot: number, {exact, names}: Wording): string => {
	const value = (names && field.named?.(world, slot, names)) ?? readCell(field, world, slot);
	// Identifiers are written in their own way; all else is a number with a unit.
	const isMeasure = field.kind === 'number' && field.unit !== 'hexadecimal' && (field.unit !== 'none' || field.format === undefined);
	return exact && typeof value === 'number' && isMeasure ? String(value) : formatValue(field, value);
};
