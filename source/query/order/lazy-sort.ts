import {type Level, compareByLevels} from './level.js';

/** Numbers in an order, of which only as much is worked out as is asked for. */
export type LazySort = {
	readonly length: number;
	/** The items at the places from `from` up to but not including `to`, both within the length. */
	readonly range: (from: number, to: number) => number[];
	/** The place of an item, or -1 when it is not among them. */
	readonly placeOf: (item: number) => number;
};

/** Items of a part stand between those of the parts before and after it, and are equal by all levels before its own. */
type Part = {
	readonly from: number;
	readonly to: number;
	readonly level: number;
	isSorted: boolean;
	split: Split | undefined;
};

/** What comes before a pivot, is equal to it by the level of the part, and comes after it. */
type Split = {readonly pivot: number; readonly before: Part; readonly equal: Part; readonly after: Part};

/** Parts of this size are sorted rather than split. */
const small = 128;

/**
Orders items by quicksort, part by part, when places in a part are asked for: the first 50 of 100,000 take one pass over them and little more, and what
was worked out is kept, so that the next places take almost nothing. A pivot is taken from a sample, close to the places that are asked for (Floyd and
Rivest, Algorithm 489: SELECT), and what is equal to it is done with as far as the level goes (Bentley and Sedgewick, multikey quicksort).

@param items Distinct; they are moved about in place and belong to the sort from now on.
@param levels By all of them together, no two items are equal.
*/
export const lazySort = (items: Uint32Array, levels: readonly Level[]): LazySort => {
	const random = createRandom();
	const part = (from: number, to: number, level: number): Part => ({
		from, to, level, isSorted: to - from < 2 || level === levels.length, split: undefined,
	});
	const whole = part(0, items.length, 0);
	const comparators = levels.map((_, level) => compareByLevels(levels.slice(level)));

	/** Some of the items, in order. */
	const sample = ({from, to, level}: Part): Uint32Array => {
		const size = to - from;
		const length = size < 2000 ? 3 : (size < 50_000 ? 33 : 257);
		return Uint32Array.from({length}, () => items[from + random(size)]).toSorted(levels[level].compare);
	};

	/** An item close after the end of the places that are wanted, or where that is the end of the part, close before their beginning. */
	const choosePivot = (inside: Part, from: number, to: number): number => {
		const picked = sample(inside);
		const {length} = picked;
		const margin = Math.sqrt(length) / 4;
		const shareOf = (place: number): number => (place - inside.from) / (inside.to - inside.from) * length;
		const wanted = length === 3 ? 1 : (to < inside.to ? Math.ceil(shareOf(to) + margin) : Math.floor(shareOf(from) - margin));
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

	/** Down to the part that the item would be in, and then where it is: the item itself parts what comes before it from what comes after. */
	const placeIn = (inside: Part, item: number): number => {
		if (inside.split === undefined) {
			const index = items.subarray(inside.from, inside.to).indexOf(item);
			if (index === -1 || inside.isSorted) {
				return index === -1 ? -1 : inside.from + index;
			}

			inside.split = splitPart(inside, item);
		}

		const {pivot, before, equal, after} = inside.split;
		const order = levels[inside.level].compare(item, pivot);
		return placeIn(order === 0 ? equal : (order < 0 ? before : after), item);
	};

	return {
		length: items.length,
		range(from, to) {
			refine(whole, from, to);
			return [...items.subarray(from, to)];
		},
		placeOf: item => placeIn(whole, item),
	};
};

/** Moves items with smaller keys to the front and those with larger ones to the end. Gives where those with the same key start and end. */
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
			// Down to one that stands wrong there, or to this one itself.
			do {
				end--;
			} while (end > index && keys[items[end]] > pivot);

			items[index] = items[end];
			items[end] = item;
		}
	}

	return [start, end];
};

/** The same by a comparison. */
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

/** Numbers from 0 to below a limit that look like chance and are the same each time (xorshift32). */
const createRandom = (): ((limit: number) => number) => {
	let seed = 0x2_F6_E2_B1;
	return limit => {
		seed ^= seed << 13;
		seed ^= seed >>> 17;
		seed ^= seed << 5;
		return (seed >>> 0) % limit;
	};
};
