/**
What the words of a row say, by the name of the column.
*/
import type {OptionalColumn} from '../../table/columns/columns.js';

/** Columns that hold texts. */
export type TextName = 'cgroup' | 'congestion' | 'ulp' | 'sctpLocals' | 'sctpPeers';

/** Columns that hold numbers: the optional ones, and the counters and times that every socket has. */
export type NumberName = Exclude<OptionalColumn, TextName> | 'rtt' | 'bytesSent' | 'bytesReceived';

/** In the units of the columns. What a row does not mention is not there. */
export type Values = {
	readonly numbers: Map<NumberName, number>;
	readonly texts: Map<TextName, string>;
};

/** One word of `ss`, and what it says. */
export type Word = {
	/** Without the colon. */
	readonly key: string;
	/** What it fills: a sample that wants none of these does not look at it. */
	readonly names: ReadonlyArray<NumberName | TextName>;
	/** Reads the word whose key ends one character before `at`. */
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

/** Reads the number at a position; NaN where there is none. */
export type ReadNumber = (text: string, at: number) => number;

/** A word with one number behind its colon. `scale` is what that is multiplied with to be in the column's unit. */
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

/** The bits that names stand for, the first name being the lowest bit. */
export const bitsOf = (names: readonly string[], words: readonly string[]): number => {
	let bits = 0;
	for (const [bit, name] of names.entries()) {
		bits |= words.includes(name) ? 1 << bit : 0;
	}

	return bits;
};
