/** Items sorted into parts of equal number. */
import {resized} from '../../table/columns/resized.js';

export type Partition = {
	/** Number of parts. */
	readonly count: number;
	/** The number of each part. */
	readonly numbers: Uint32Array;
	/** Where each part starts in `items`; the last element is the end. */
	readonly starts: Uint32Array;
	/** The items, part by part, in their original order within a part. */
	readonly items: Uint32Array;
	/** Returns the part with a number, or -1. */
	readonly partOf: (number: number) => number;
};

/** Returns the numbers from 0 to below a limit. */
export const upTo = (limit: number): Uint32Array => {
	const numbers = new Uint32Array(limit);
	for (let number = 0; number < limit; number++) {
		numbers[number] = number;
	}

	return numbers;
};

/**
Partitions items by counting, in two passes.

@param numberOf The number that an item is sorted by; it must be small enough for an array index.
*/
export const partition = (items: Uint32Array, numberOf: (item: number) => number): Partition => {
	/** By number: its part plus 1, or 0. */
	let parts = new Uint32Array(1024);
	let numbers = new Uint32Array(64);
	let sizes = new Uint32Array(64);
	let count = 0;
	const {length} = items;
	const partOfItem = new Uint32Array(length);
	for (let index = 0; index < length; index++) {
		const number = numberOf(items[index]);
		if (number >= parts.length) {
			parts = resized(parts, new Uint32Array(Math.max(number + 1, parts.length * 2)));
		}

		if (parts[number] === 0) {
			if (count === numbers.length) {
				numbers = resized(numbers, new Uint32Array(Math.max(count + 1, numbers.length * 2)));
				sizes = resized(sizes, new Uint32Array(Math.max(count + 1, sizes.length * 2)));
			}

			numbers[count] = number;
			parts[number] = ++count;
		}

		const part = parts[number] - 1;
		partOfItem[index] = part;
		sizes[part]++;
	}

	const starts = new Uint32Array(count + 1);
	for (let part = 0; part < count; part++) {
		starts[part + 1] = starts[part] + sizes[part];
	}

	const next = new Uint32Array(starts);
	const sorted = new Uint32Array(length);
	for (let index = 0; index < length; index++) {
		sorted[next[partOfItem[index]]++] = items[index];
	}

	return {
		count,
		numbers: numbers.subarray(0, count),
		starts,
		items: sorted,
		partOf: number => (parts[number] ?? 0) - 1,
	};
};
