/** Predicates for many sockets at once: a call for each socket would cost more than what most conditions look at. */

/** Whether a socket is wanted. */
export type SlotPredicate = (slot: number) => boolean;

/**
Keeps the slots that are wanted: moves them to the front, in their order.

@param slots Rising.
@param count How many of them count.
@returns How many are kept.
*/
export type SelectionFilter = (slots: Uint32Array, count: number) => number;

/** Slots that go through a sieve together: they, and what is read of them, stay in the processor's cache. */
const blockLength = 2048;

/** Keeps all. */
export const keepAll: SelectionFilter = (_slots, count) => count;

/** Keeps none. */
export const keepNone: SelectionFilter = () => 0;

/** A sieve of a predicate: for what is asked rarely, or costs more than the call. */
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

/** Keeps slots whose value in a column is wanted. Next to a socket stand others of the same kind: the value before is decided on already. */
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

/** Keeps what all sieves keep. */
export const intersection = (sieves: readonly SelectionFilter[]): SelectionFilter => {
	const wanted = sieves.filter(sieve => sieve !== keepAll);
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

/** Keeps what a sieve does not. */
export const complement = (sieve: SelectionFilter): SelectionFilter => {
	const room = createBuffer();
	return (slots, count) => {
		const block = room(count);
		block.set(slots.subarray(0, count));
		return removeFrom(slots, count, block, sieve(block, count));
	};
};

/** Keeps what some sieve keeps: later ones see only what those before dropped. */
export const union = (sieves: readonly SelectionFilter[]): SelectionFilter => {
	const wanted = sieves.filter(sieve => sieve !== keepNone);
	if (wanted.length < 2) {
		return wanted.at(0) ?? keepNone;
	}

	const [restRoom, keptRoom] = [createBuffer(), createBuffer()];
	return (slots, count) => {
		const rest = restRoom(count);
		const kept = keptRoom(count);
		rest.set(slots.subarray(0, count));
		let left = count;
		for (let index = 0; index < wanted.length && left > 0; index++) {
			kept.set(rest.subarray(0, left));
			left = removeFrom(rest, left, kept, wanted[index](kept, left));
		}

		return removeFrom(slots, count, rest, left);
	};
};

/** Room for a block, made when it is first needed. */
const createBuffer = (): ((count: number) => Uint32Array) => {
	let room = new Uint32Array(0);
	return count => {
		if (room.length < count) {
			room = new Uint32Array(Math.max(count, blockLength));
		}

		return room;
	};
};

/** Takes away slots that are among others, both rising. Gives how many are left. */
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

/** The slots from 0 to below a limit that are alive, as far as a sieve keeps them; the sieve is given those that are alive only. */
export const filterLiving = (life: Uint8Array, limit: number, sieve: SelectionFilter, into: Uint32Array): {readonly kept: number; readonly alive: number} => {
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
		const end = kept + sieve(block, count);
		for (let index = 0; kept < end; index++) {
			into[kept++] = block[index];
		}
	}

	return {kept, alive};
};

/** Those of rising slots that a sieve keeps. */
export const filterSlots = (slots: Uint32Array, sieve: SelectionFilter): Uint32Array => {
	const sifted = new Uint32Array(slots);
	let kept = 0;
	for (let from = 0; from < sifted.length; from += blockLength) {
		const block = sifted.subarray(from, from + blockLength);
		const count = sieve(block, block.length);
		sifted.copyWithin(kept, from, from + count);
		kept += count;
	}

	return sifted.subarray(0, kept);
};

/** Asks a sieve about single sockets. */
export const predicateOf = (sieve: SelectionFilter): SlotPredicate => {
	const single = new Uint32Array(1);
	return slot => {
		single[0] = slot;
		return sieve(single, 1) === 1;
	};
};
