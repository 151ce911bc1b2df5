/** The values of the words in a row, by name of the column. */
import type {OptionalColumn} from '../../table/columns/columns.js';

/** Columns that hold texts. */
export type TextName = 'cgroup' | 'congestion' | 'ulp' | 'sctpLocals' | 'sctpPeers';

/** Columns that hold numbers: the optional ones, and the counters and times that every socket has. */
export type NumberName = Exclude<OptionalColumn, TextName> | 'rtt' | 'bytesSent' | 'bytesReceived';

/** Values in the units of the columns. Words that the row does not have are missing. */
export type Values = {
	readonly numbers: Map<NumberName, number>;
	readonly texts: Map<TextName, string>;
};

/** One word of `ss`, and how to parse it. */
export type Word = {
	/** The word, without the colon. */
	readonly key: string;
	/** The columns it fills: if a sample wants none of them, the word is not parsed. */
	readonly names: ReadonlyArray<NumberName | TextName>;
	/** Parses the word whose key ends one character before `at`. */
	readonly read: (values: Values, text: string, at: number) => void;
};

const anyValue = /\S*/vy;

/** The characters from a position up to the next blank. */
export const valueAt = (text: string, at: number): string => {
	anyValue.lastIndex = at;
	return anyValue.exec(text)?.[0] ?? '';
};

/** Sets a number unless it is NaN. */
export const setNumber = ({numbers}: Values, name: NumberName, value: number): void => {
	if (!Number.isNaN(value)) {
		numbers.set(name, value);
	}
};

/** Sets bits of a number. */
export const addBits = ({numbers}: Values, name: NumberName, bits: number): void => {
	numbers.set(name, (numbers.get(name) ?? 0) | bits);
};

/** Parses the number at a position; NaN if there is none. */
export type ReadNumber = (text: string, at: number) => number;

/** A word with one number after its colon. `scale` is the factor for the column's unit. */
export const numberWord = (key: string, name: NumberName, read: ReadNumber, scale = 1): Word => ({
	key,
	names: [name],
	read(values, text, at) {
		const value = read(text, at);
		setNumber(values, name, scale === 1 ? value : Math.round(value * scale));
	},
});

/** A word without a value, which sets bits of a number. */
export const flagWord = (key: string, name: NumberName, bits = 1): Word => ({
	key,
	names: [name],
	read(values) {
		addBits(values, name, bits);
	},
});

/** The bits for a list of words. The first of `names` is the lowest bit. */
export const bitsOf = (names: readonly string[], words: readonly string[]): number => {
	let bits = 0;
	for (const [bit, name] of names.entries()) {
		bits |= words.includes(name) ? 1 << bit : 0;
	}

	return bits;
};
