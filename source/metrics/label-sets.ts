import {labelValue, otherValue} from './labels.js';

/** Combinations of values in one family, with the one that stands for all others. More than 100 is more than a metric should have. */
export const mostLabelSets = 200;

/** How many combinations beyond the cap are told apart, to count them. */
const mostFolded = 10_000;

/** The number of the combination of all others. */
const otherNumber = 0;

/** No value has it: control characters are escaped. */
const separator = '\u{0}';

/** The combinations of label values that a family has had, numbered from 0, at most 200. Combinations beyond are one, in which each value is `other`. */
export class LabelSets {
	readonly #sets: Array<readonly string[]>;
	readonly #numbers = new Map<string, number>();
	readonly #folded = new Set<string>();
	readonly #most: number;

	/** @param size Number of labels. */
	constructor(size: number, most = mostLabelSets) {
		this.#most = most;
		this.#sets = [Array.from({length: size}, () => otherValue)];
	}

	/** Number of different combinations that were beyond the cap, as far as they are counted. */
	get folded(): number {
		return this.#folded.size;
	}

	/** The number of a combination, which it keeps. */
	numberOf(values: readonly string[]): number {
		const key = values.map(value => labelValue(value)).join(separator);
		const known = this.#numbers.get(key);
		if (known !== undefined) {
			return known;
		}

		if (this.#sets.length >= this.#most) {
			if (this.#folded.size < mostFolded) {
				this.#folded.add(key);
			}

			return otherNumber;
		}

		const number = this.#sets.length;
		this.#sets.push(key.split(separator));
		this.#numbers.set(key, number);
		return number;
	}

	/** The values of a combination, short and without control characters. */
	valuesOf(number: number): readonly string[] {
		return this.#sets[number];
	}
}
