import type {OptionalColumn} from '../../table/columns/columns.js';
import type {TextField, World} from './field.js';
import {compareText, packText} from './text-order.js';
import {isListening, readOptional} from './read.js';

/** What the number of an interned text in an optional column stands for; undefined without one. */
export const readText = (world: World, slot: number, column: OptionalColumn): string | undefined => {
	const number = readOptional(world, slot, column);
	const text = number === undefined ? '' : world.table.texts.of(number);
	return text === '' ? undefined : text;
};

/** What a code or some bits in an optional column of the same name are called. */
export type OptionalText = Pick<TextField, 'title' | 'meaning' | 'width' | 'ss' | 'since' | 'aliases' | 'tone'> & {
	readonly id: OptionalColumn;
	/** Whether listeners have it too. */
	readonly ofListeners?: boolean;
	/** The words for what the column holds; undefined for a value that stands for "none". */
	readonly write: (value: number, world: World, slot: number) => string | undefined;
};

/** The field of an optional column that holds a code, bits or the number of a text. */
export const optionalText = ({write, ofListeners = false, ...field}: OptionalText): TextField => {
	const read = (world: World, slot: number): string | undefined => {
		const value = !ofListeners && isListening(world, slot) ? undefined : readOptional(world, slot, field.id);
		return value === undefined ? undefined : write(value, world, slot);
	};

	return {
		...field,
		kind: 'text',
		columns: [field.id],
		read,
		order: {
			key(world, slot) {
				const text = read(world, slot);
				return text === undefined ? NaN : packText(text);
			},
			compare: (world, a, b) => compareText(read(world, a) ?? '', read(world, b) ?? ''),
		},
	};
};

/** The interned text in an optional column. */
export const internedText = (field: Omit<OptionalText, 'write'>): TextField =>
	optionalText({
		...field,
		write(number, world) {
			const text = world.table.texts.of(number);
			return text === '' ? undefined : text;
		},
	});

/** Writes the names of the bits that are set, from the lowest; nothing when none is. */
export const bitNames = (names: readonly string[], separator = ' ') => (bits: number): string | undefined => {
	const text = names.filter((_, bit) => (bits & (1 << bit)) !== 0).join(separator);
	return text === '' ? undefined : text;
};

/** Writes the name of a code; one that has none is told by its number. */
export const codeName = (names: Readonly<Record<number, string>>) => (code: number): string => names[code] ?? `unknown(${code})`;
