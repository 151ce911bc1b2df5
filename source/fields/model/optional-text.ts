import type {OptionalColumn} from '../../table/columns/columns.js';
import type {TextField, FieldContext} from './field.js';
import {compareText, packText} from './text-order.js';
import {isListening, readOptional} from './read.js';

/** Returns the interned text that an optional column refers to; undefined if there is none. */
export const readText = (context: FieldContext, slot: number, column: OptionalColumn): string | undefined => {
	const number = readOptional(context, slot, column);
	const text = number === undefined ? '' : context.table.texts.of(number);
	return text === '' ? undefined : text;
};

/** A field whose text is made from a code or from bits in the optional column of the same name. */
export type OptionalText = Pick<TextField, 'title' | 'meaning' | 'width' | 'ss' | 'since' | 'aliases' | 'tone'> & {
	readonly id: OptionalColumn;
	/** Whether listeners have it too. */
	readonly isForListeners?: boolean;
	/** Returns the text for the value of the column; undefined for a value that means "none". */
	readonly write: (value: number, context: FieldContext, slot: number) => string | undefined;
};

/** Makes the field of an optional column that holds a code, bits or the number of an interned text. */
export const optionalText = ({write, isForListeners = false, ...field}: OptionalText): TextField => {
	const read = (context: FieldContext, slot: number): string | undefined => {
		const value = !isForListeners && isListening(context, slot) ? undefined : readOptional(context, slot, field.id);
		return value === undefined ? undefined : write(value, context, slot);
	};

	return {
		...field,
		kind: 'text',
		columns: [field.id],
		read,
		order: {
			key(context, slot) {
				const text = read(context, slot);
				return text === undefined ? NaN : packText(text);
			},
			compare: (context, a, b) => compareText(read(context, a) ?? '', read(context, b) ?? ''),
		},
	};
};

/** Makes the field of an optional column that holds interned text. */
export const internedText = (field: Omit<OptionalText, 'write'>): TextField =>
	optionalText({
		...field,
		write(number, context) {
			const text = context.table.texts.of(number);
			return text === '' ? undefined : text;
		},
	});

/** Formats bits as the names of those that are set, lowest first; undefined if none is set. */
export const bitNames = (names: readonly string[], separator = ' ') => (bits: number): string | undefined => {
	const text = names.filter((_, bit) => (bits & (1 << bit)) !== 0).join(separator);
	return text === '' ? undefined : text;
};

/** Formats a code as its name, or as `unknown(code)` if it has none. */
export const codeName = (names: Readonly<Record<number, string>>) => (code: number): string => names[code] ?? `unknown(${code})`;
