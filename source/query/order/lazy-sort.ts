import {type Level, compareByLevels} from './level.js';

/** A sorted list of which only the requested part is sorted. */
export type LazySort = {
	readonly length: number;
	/** Returns the items from index `from` to before `to`, both within the length. */
	readonly range: (from: number, to: number) => number[];
	/** Returns the index of an item; -1 if it is not in the list. */
	readonly indexOf: (item: number) => number;
};

/** The items of a part come between those of the parts before and after it, and are equal by all levels before its own. */
type Part = {
	readonly from: number;
	readonly to: number;
	readonly level: number;
	isSorted: boolean;
	split: Split | undefined;
};

/** The items before a pivot, equal to it by the level of the part, and after it. */
type Split = {readonly pivot: number; readonly before: Part; readonly equal: Part; readonly after: Part};

/** Parts up to this size are sorted instead of split. */
const small = 128;

/**
Sorts items with quicksort, part by part, when indexes in a part are requested: the first 50 of 100,000 take little more than one pass, and the work is kept, so
that neighbouring requests cost almost nothing. A pivot is chosen from a sample, close to the requested indexes (Floyd and Rivest, Algorithm 489: SELECT); items
equal to it are done with this level (Bentley and Sedgewick, multikey quicksort).

@param items Distinct; they are reordered in place, and the sort owns them from now on.
@param levels No two items are equal by all of them together.
*/
export const lazySort = (items: Uint32Array, levels: readonly Level[]): LazySort => {
	const random = createRandom();
	const part = (from: number, to: number, level: number): Part => ({
		from, to, level, isSorted: to - from < 2 || level === levels.length, split: undefined,
	});
	const whole = part(0, items.length, 0);
	const comparators = levels.map((_, level) => compareByLevels(levels.slice(level)));

	/** Returns a sample of the items, sorted. */
	const sample = ({from, to, level}: Part): Uint32Array => {
		const size = to - from;
		const length = size < 2000 ? 3 : (size < 50_000 ? 33 : 257);
		return Uint32Array.from({length}, () => items[from + random(size)]).toSorted(levels[level].compare);
	};

	/** Chooses an item shortly after the end of the requested range; if the part ends there, shortly before its start. */
	const choosePivot = (inside: Part, from: number, to: number): number => {
		const picked = sample(inside);
		const {length} = picked;
		const margin = Math.sqrt(length) / 4;
		const positionInSample = (index: number): number => (index - inside.from) / (inside.to - inside.from) * length;
		const wanted = length === 3 ? 1 : (to < inside.to ? Math.ceil(positionInSample(to) + margin) : Math.floor(positionInSample(from) - margin));
		return picked[Math.max(0, Math.min(length - 1, wanted))];
	};

	const splitPart = (inside: Part, pivot: number): Split => {
		const {level} = inside;
		const {compare, column} = levels[level];
		const range = items.subarray(inside.from, inside.to);
		const keys = column?.(range);
		const [start, end] = keys === undefined ? splitByComparing(range, pivot, compare) : splitByKeys(range, keys[pivot], keys);
		return {
			pivot,
			before: part(inside.from, inside.from + start, level),
			equal: part(inside.from + start, inside.from + end, level + 1),
			after: part(inside.from + end, inside.to, level),
		};
	};

	const refine = (inside: Part, from: number, to: number): void => {
		if (inside.isSorted || to <= inside.from || from >= inside.to) {
			return;
		}

		if (inside.split === undefined) {
			const isWanted = from <= inside.from && to >= inside.to;
			if (isWanted || inside.to - inside.from <= small) {
				items.subarray(inside.from, inside.to).sort(comparators[inside.level]);
				inside.isSorted = true;
				return;
			}

			inside.split = splitPart(inside, choosePivot(inside, from, to));
		}

		const {before, equal, after} = inside.split;
		for (const next of [before, equal, after]) {
			refine(next, from, to);
		}
	};

	/** Descends to the part that the item would be in and searches it there; the item itself serves as the pivot of an unsplit part. */
	const indexIn = (inside: Part, item: number): number => {
		if (inside.split === undefined) {
			const index = items.subarray(inside.from, inside.to).indexOf(item);
			if (index === -1 || inside.isSorted) {
				return index === -1 ? -1 : inside.from + index;
			}

			inside.split = splitPart(inside, item);
		}

		const {pivot, before, equal, after} = inside.split;
		const order = levels[inside.level].compare(item, pivot);
		return indexIn(order === 0 ? equal : (order < 0 ? before : after), item);
	};

	return {
		length: items.length,
		range(from, to) {
			refine(whole, from, to);
			return [...items.subarray(from, to)];
		},
		indexOf: item => indexIn(whole, item),
	};
};

/** Moves items with smaller keys to the front and those with larger ones to the end. Returns the start and end of those with the same key. */
const splitByKeys = (items: Uint32Array, pivot: number, keys: Float64Array): readonly [number, number] => {
	let start = 0;
	let index = 0;
	let end = items.length;
	while (index < end) {
		const item = items[index];
		const key = keys[item];
		if (key < pivot) {
			items[index++] = items[start];
			items[start++] = item;
		} else if (key === pivot) {
			index++;
		} else {
			// Find the last item that is misplaced there, or this item itself.
			do {
				end--;
			} while (end > index && keys[items[end]] > pivot);

			items[index] = items[end];
			items[end] = item;
		}
	}

	return [start, end];
};

/** Like `splitByKeys`, with a comparison. */
const splitByComparing = (items: Uint32Array, pivot: number, compare: (a: number, b: number) => number): readonly [number, number] => {
	let start = 0;
	let end = items.length;
	for (let index = 0; index < end;) {
		const item = items[index];
		const order = compare(item, pivot);
		if (order < 0) {
			items[index++] = items[start];
			items[start++] = item;
		} else if (order > 0) {
			items[index] = items[--end];
			items[end] = item;
		} else {
			index++;
		}
	}

	return [start, end];
};

/** Makes a generator of pseudo-random numbers from 0 to below a limit, the same in every run (xorshift32). */
const createRandom = (): ((limit: number) => number) => {
	let seed = 0x2_F6_E2_B1;
	return limit => {
		seed ^= seed << 13;
		seed ^= seed >>> 17;
		seed ^= seed << 5;
		return (seed >>> 0) % limit;
	};
};
