/** Predicates for many sockets at once: calling a function for each socket would cost more than most conditions. */

/** Whether a socket matches. */
export type SlotPredicate = (slot: number) => boolean;

/**
Keeps the slots that match: moves them to the front, in their order.

@param slots In ascending order.
@param count How many of `slots` to test.
@returns How many were kept.
*/
export type SelectionFilter = (slots: Uint32Array, count: number) => number;

/** Number of slots that are filtered together, so that they and the values read stay in the processor's cache. */
const blockLength = 2048;

/** Keeps all. */
export const keepAll: SelectionFilter = (_slots, count) => count;

/** Keeps none. */
export const keepNone: SelectionFilter = () => 0;

/** Makes a selection filter of a predicate, for conditions that are rare or that cost more than a call. */
export const filterBy = (isWanted: SlotPredicate): SelectionFilter => (slots, count) => {
	let kept = 0;
	for (let index = 0; index < count; index++) {
		const slot = slots[index];
		if (isWanted(slot)) {
			slots[kept++] = slot;
		}
	}

	return kept;
};

/** Keeps slots whose value in a column is in a set, which has 1 at its members. */
export const filterByColumn = (column: Uint8Array | Uint16Array, set: Uint8Array): SelectionFilter => (slots, count) => {
	let kept = 0;
	for (let index = 0; index < count; index++) {
		const slot = slots[index];
		slots[kept] = slot;
		kept += set[column[slot]];
	}

	return kept;
};

/** Keeps slots whose value in a column matches. Neighbouring sockets often have the same value, so the last result is reused. */
export const filterByValue = (column: Uint32Array, isWanted: (value: number) => boolean): SelectionFilter => (slots, count) => {
	let kept = 0;
	let last = -1;
	let isLastWanted = false;
	for (let index = 0; index < count; index++) {
		const slot = slots[index];
		const value = column[slot];
		if (value !== last) {
			last = value;
			isLastWanted = isWanted(value);
		}

		if (isLastWanted) {
			slots[kept++] = slot;
		}
	}

	return kept;
};

/** Keeps what all filters keep. */
export const intersection = (selectionFilters: readonly SelectionFilter[]): SelectionFilter => {
	const wanted = selectionFilters.filter(selectionFilter => selectionFilter !== keepAll);
	return wanted.length === 0
		? keepAll
		: (wanted.length === 1
			? wanted[0]
			: (slots, count) => {
				let kept = count;
				for (let index = 0; index < wanted.length && kept > 0; index++) {
					kept = wanted[index](slots, kept);
				}

				return kept;
			});
};

/** Keeps what a filter drops. */
export const complement = (selectionFilter: SelectionFilter): SelectionFilter => {
	const buffer = createBuffer();
	return (slots, count) => {
		const block = buffer(count);
		block.set(slots.subarray(0, count));
		return removeFrom(slots, count, block, selectionFilter(block, count));
	};
};

/** Keeps what any of the filters keeps: each filter gets only what those before it dropped. */
export const union = (selectionFilters: readonly SelectionFilter[]): SelectionFilter => {
	const wanted = selectionFilters.filter(selectionFilter => selectionFilter !== keepNone);
	if (wanted.length < 2) {
		return wanted.at(0) ?? keepNone;
	}

	const [restBuffer, keptBuffer] = [createBuffer(), createBuffer()];
	return (slots, count) => {
		const rest = restBuffer(count);
		const kept = keptBuffer(count);
		rest.set(slots.subarray(0, count));
		let left = count;
		for (let index = 0; index < wanted.length && left > 0; index++) {
			kept.set(rest.subarray(0, left));
			left = removeFrom(rest, left, kept, wanted[index](kept, left));
		}

		return removeFrom(slots, count, rest, left);
	};
};

/** Makes a buffer for a block on first use. */
const createBuffer = (): ((count: number) => Uint32Array) => {
	let buffer = new Uint32Array(0);
	return count => {
		if (buffer.length < count) {
			buffer = new Uint32Array(Math.max(count, blockLength));
		}

		return buffer;
	};
};

/** Removes the slots of another list; both lists are in ascending order. Returns how many are left. */
const removeFrom = (slots: Uint32Array, count: number, removed: Uint32Array, removedCount: number): number => {
	if (removedCount === 0 || removedCount === count) {
		return count - removedCount;
	}

	let kept = 0;
	let next = 0;
	for (let index = 0; index < count; index++) {
		const slot = slots[index];
		if (next < removedCount && removed[next] === slot) {
			next++;
		} else {
			slots[kept++] = slot;
		}
	}

	return kept;
};

/** Filters the slots from 0 to below a limit whose sockets exist; the filter gets no others. */
export const filterLiving = (life: Uint8Array, limit: number, selectionFilter: SelectionFilter, into: Uint32Array): {readonly kept: number; readonly alive: number} => {
	const block = new Uint32Array(blockLength);
	let kept = 0;
	let alive = 0;
	for (let from = 0; from < limit; from += blockLength) {
		const to = Math.min(limit, from + blockLength);
		let count = 0;
		for (let slot = from; slot < to; slot++) {
			block[count] = slot;
			count += life[slot] === 0 ? 0 : 1;
		}

		alive += count;
		const end = kept + selectionFilter(block, count);
		for (let index = 0; kept < end; index++) {
			into[kept++] = block[index];
		}
	}

	return {kept, alive};
};

/** Returns the slots, given in ascending order, that a filter keeps. */
export const filterSlots = (slots: Uint32Array, selectionFilter: SelectionFilter): Uint32Array => {
	const filtered = new Uint32Array(slots);
	let kept = 0;
	for (let from = 0; from < filtered.length; from += blockLength) {
		const block = filtered.subarray(from, from + blockLength);
		const count = selectionFilter(block, block.length);
		filtered.copyWithin(kept, from, from + count);
		kept += count;
	}

	return filtered.subarray(0, kept);
};

/** Makes a predicate for single sockets of a selection filter. */
export const predicateOf = (selectionFilter: SelectionFilter): SlotPredicate => {
	const single = new Uint32Array(1);
	return slot => {
		single[0] = slot;
		return selectionFilter(single, 1) === 1;
	};
};
