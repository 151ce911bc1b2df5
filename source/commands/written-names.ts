/** Host and service names for output that is written once: all names are requested together and waited for. */
import type {Field, FieldContext} from '../fields/model/field.js';
import {readCell} from '../fields/model/cell.js';
import {formatValue} from '../fields/model/format.js';
import {onlyNames, type NameKinds, type Names} from '../names/names.js';
import type {ReverseNames} from '../names/reverse-names.js';

export type WrittenNames = {
	/** The names that are known so far. */
	readonly names: Names;
	/** Requests all names for fields of these sockets. Drops earlier requests that are still queued. */
	readonly ask: (fields: readonly Field[], context: FieldContext, slots: readonly number[]) => void;
	/** Resolves when all requests have been answered or have failed. */
	readonly whenIdle: () => Promise<void>;
};

/**
Opens the name lookups of this machine. Their modules are loaded on demand.

@param maxNames Maximum number of host names to keep.
*/
export const openWrittenNames = async (kinds: NameKinds, maxNames?: number): Promise<WrittenNames> => {
	const [{createReverseNames}, {createSystemServiceNames}] = await Promise.all([import('../names/reverse-names.js'), import('../names/services.js')]);
	return createWrittenNames(createReverseNames(maxNames === undefined ? {} : {maximum: maxNames}), createSystemServiceNames(), kinds);
};

export const createWrittenNames = (hosts: Pick<ReverseNames, 'name' | 'begin' | 'whenIdle'>, service: Names['service'], kinds: NameKinds): WrittenNames => {
	const names = onlyNames({host: hosts.name, service}, kinds);
	return {
		names,
		ask(fields, context, slots) {
			hosts.begin();
			for (const slot of slots) {
				for (const field of fields) {
					field.named?.(context, slot, names);
				}
			}
		},
		whenIdle: hosts.whenIdle,
	};
};

/** How to format values. */
export type Wording = {
	/** Whether to write exact numbers, without units. */
	readonly exact: boolean;
	readonly names: Names | undefined;
};

/** Formats the value of a field for text output. */
export const writtenValue = (field: Field, context: FieldContext, slot: number, {exact, names}: Wording): string => {
	const value = (names && field.named?.(context, slot, names)) ?? readCell(field, context, slot);
	// Identifiers have their own format; all other numbers are measures.
	const isMeasure = field.kind === 'number' && field.unit !== 'hexadecimal' && (field.unit !== 'none' || field.format === undefined);
	return exact && typeof value === 'number' && isMeasure ? String(value) : formatValue(field, value);
};
