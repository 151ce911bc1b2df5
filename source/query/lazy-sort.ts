/** Numbers in an order, of which only as much is worked out as is asked for. */
export type LazySort = {
	readonly length: number;
	/** The items at the places from `from` up to but not including `to`, both within the length. */
	readonly range: (from: number, to: number) => number[];
	/** The place of an item, or -1 when it is not among them. */
	readonly placeOf: (item: number) => number;
};

/** Items of a part stand between those of the parts before and after it. `pivot` is the place of the item that divides it. */
type Part = {
	readonly from: number;
	readonly to: number;
	isSorted: boolean;
	split: {readonly pivot: number; readonly before: Part; readonly after: Part} | undefined;
};

/** Parts of this size are sorted rather than split. */
const small = 128;

/**
Orders items by quicksort, part by part, when places in a part are asked for: the first 50 of 100,000 take one pass over them and little more, and what
was worked out is kept, so that the next places take almost nothing.

@param items Distinct; they are moved about in place and belong to the sort from now on.
@param compare A total order in which no two items are equal.
*/
export const lazySort = (items: Uint32Array, compare: (a: number, b: number) => number): LazySort => {
	const random = createRandom();
	const whole: Part = {
		from: 0, to: items.length, isSorted: items.length < 2, split: undefined,
	};

	const swap = (a: number, b: number): void => {
		const item = items[a];
		items[a] = items[b];
		items[b] = item;
	};

	/** Moves a pivot to its place, with smaller items before it. A pivot near the middle, by chance: no order of the items is the worst one. */
	const partition = (from: number, to: number): number => {
		const size = to - from;
		const [a, b, c] = [from + random(size), from + random(size), from + random(size)];
		const isAb = compare(items[a], items[b]) < 0;
		const isBc = compare(items[b], items[c]) < 0;
		const middle = isAb === isBc ? b : ((compare(items[a], items[c]) < 0) === isAb ? c : a);
		const last = to - 1;
		swap(middle, last);
		const pivot = items[last];
		let before = from - 1;
		let after = last;
		for (;;) {
			do {
				before++;
			} while (before < last && compare(items[before], pivot) < 0);

			do {
				after--;
			} while (after > before && compare(items[after], pivot) > 0);

			if (before >= after) {
				break;
			}

			swap(before, after);
		}

		swap(before, last);
		return before;
	};

	const refine = (part: Part, from: number, to: number): void => {
		if (part.isSorted || to <= part.from || from >= part.to) {
			return;
		}

		if (part.split === undefined) {
			const isWanted = from <= part.from && to >= part.to;
			if (isWanted || part.to - part.from <= small) {
				items.subarray(part.from, part.to).sort(compare);
				part.isSorted = true;
				return;
			}

			const pivot = partition(part.from, part.to);
			part.split = {pivot, before: newPart(part.from, pivot), after: newPart(pivot + 1, part.to)};
		}

		refine(part.split.before, from, to);
		refine(part.split.after, from, to);
	};

	const placeIn = ({from, to, split}: Part, item: number): number => {
		if (split !== undefined) {
			const order = compare(item, items[split.pivot]);
			return order === 0 ? split.pivot : placeIn(order < 0 ? split.before : split.after, item);
		}

		let place = from;
		let isThere = false;
		for (let index = from; index < to; index++) {
			const order = compare(items[index], item);
			if (order < 0) {
				place++;
			} else if (order === 0) {
				isThere = true;
			}
		}

		return isThere ? place : -1;
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

const newPart = (from: number, to: number): Part => ({
	from, to, isSorted: to - from < 2, split: undefined,
});

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
