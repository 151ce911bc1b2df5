import {labelValue, otherValue} from './labels.js';

/** Maximum number of label combinations in one family, including the one for all others. A metric should not have more than about 100. */
export const maxLabelSets = 200;

/** Maximum number of combinations beyond the cap that are distinguished, to count them. */
const maxFolded = 10_000;

/** Number of the combination for all others. */
const otherNumber = 0;

/** Separator that occurs in no value, because control characters are escaped. */
const separator = '\u{0}';

/** The combinations of label values that a family has had, numbered from 0, at most 200. All further combinations share one, in which each value is `other`. */
export class LabelSets {
	readonly #sets: Array<readonly string[]>;
	readonly #numbers = new Map<string, number>();
	readonly #folded = new Set<string>();
	readonly #most: number;

	/** @param size Number of labels. */
	constructor(size: number, most = maxLabelSets) {
		this.#most = most;
		this.#sets = [Array.from({length: size}, () => otherValue)];
	}

	/** Number of distinct combinations beyond the cap, up to a limit. */
	get folded(): number {
		return this.#folded.size;
	}

	/** Returns the permanent number of a combination. */
	numberOf(values: readonly string[]): number {
		const key = values.map(value => labelValue(value)).join(separator);
		const known = this.#numbers.get(key);
		if (known !== undefined) {
			return known;
		}

		if (this.#sets.length >= this.#most) {
			if (this.#folded.size < maxFolded) {
				this.#folded.add(key);
			}

			return otherNumber;
		}

		const number = this.#sets.length;
		this.#sets.push(key.split(separator));
		this.#numbers.set(key, number);
		return number;
	}

	/** The values of a combination, shortened and without control characters. */
	valuesOf(number: number): readonly string[] {
		return this.#sets[number];
	}
}
