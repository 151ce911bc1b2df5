const initialCapacity = 8;

/** Marks a closed descriptor in `holdings`; `compact` removes it. */
export const closedDescriptor = 0xFF_FF_FF_FF;

/**
The descriptors of one process that are known to be open, in ascending order, each with the number of its holding (0 if it is not a socket). Takes eight bytes per
descriptor.
*/
export type Descriptors = {
	fds: Uint32Array;
	holdings: Uint32Array;
	size: number;
};

/** Descriptors to write into such a list: the first `count` of each array. */
export type Piece = {
	readonly fds: Uint32Array;
	readonly holdings: Uint32Array;
	readonly count: number;
};

export const createDescriptors = (): Descriptors => ({
	fds: new Uint32Array(initialCapacity), holdings: new Uint32Array(initialCapacity), size: 0,
});

/** Position of the first descriptor that is at least `fd`. */
export const lowerBound = ({fds, size}: Descriptors, fd: number): number => {
	let low = 0;
	let high = size;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (fds[middle] < fd) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}

	return low;
};

/** Position of a descriptor, or -1. */
export const positionOf = (descriptors: Descriptors, fd: number): number => {
	const position = lowerBound(descriptors, fd);
	return position < descriptors.size && descriptors.fds[position] === fd ? position : -1;
};

/**
Skips descriptors that follow each other without a gap. Tens of thousands often do.

@param position The position of the first descriptor that is at least `fd`.
@returns The position after those that are `fd`, `fd + 1`, and so on.
*/
export const endOfRun = ({fds, size}: Descriptors, position: number, fd: number): number => {
	// Descriptors are distinct and in order, so the difference to the position only grows, by the width of each gap.
	const difference = fd - position;
	let low = position;
	let high = size;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (fds[middle] - middle === difference) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}

	return low;
};

/** Replaces the descriptors at positions `start` to `end` (exclusive). */
export const splice = (descriptors: Descriptors, start: number, end: number, {fds, holdings, count}: Piece): void => {
	const size = descriptors.size - (end - start) + count;
	resize(descriptors, Math.max(size, descriptors.size));
	if (end - start !== count) {
		descriptors.fds.copyWithin(start + count, end, descriptors.size);
		descriptors.holdings.copyWithin(start + count, end, descriptors.size);
	}

	descriptors.fds.set(fds.subarray(0, count), start);
	descriptors.holdings.set(holdings.subarray(0, count), start);
	descriptors.size = size;
	resize(descriptors, size);
};

/** Inserts descriptors that are not in the list yet. */
export const insert = (descriptors: Descriptors, {fds, holdings, count}: Piece): void => {
	const old = descriptors.size;
	resize(descriptors, old + count);
	const {fds: toFds, holdings: toHoldings} = descriptors;
	let from = old - 1;
	let added = count - 1;
	for (let to = old + count - 1; added >= 0; to--) {
		if (from >= 0 && toFds[from] > fds[added]) {
			toFds[to] = toFds[from];
			toHoldings[to] = toHoldings[from];
			from--;
		} else {
			toFds[to] = fds[added];
			toHoldings[to] = holdings[added];
			added--;
		}
	}

	descriptors.size = old + count;
};

/** Removes the descriptors whose holding is `closedDescriptor`. */
export const compact = (descriptors: Descriptors): void => {
	const {fds, holdings, size} = descriptors;
	let kept = 0;
	for (let position = 0; position < size; position++) {
		if (holdings[position] !== closedDescriptor) {
			fds[kept] = fds[position];
			holdings[kept] = holdings[position];
			kept++;
		}
	}

	descriptors.size = kept;
	resize(descriptors, kept);
};

/** Adapts the capacity to `size`: doubles it if needed, shrinks it when less than a quarter is used. */
const resize = (descriptors: Descriptors, size: number): void => {
	const capacity = descriptors.fds.length;
	if (size <= capacity && (size >= capacity / 4 || capacity === initialCapacity)) {
		return;
	}

	let wanted = initialCapacity;
	while (wanted < size) {
		wanted *= 2;
	}

	const kept = Math.min(descriptors.size, wanted);
	const fds = new Uint32Array(wanted);
	const holdings = new Uint32Array(wanted);
	fds.set(descriptors.fds.subarray(0, kept));
	holdings.set(descriptors.holdings.subarray(0, kept));
	descriptors.fds = fds;
	descriptors.holdings = holdings;
};
