/**
Hash index from a socket's 64-bit identity to its slot. The keys are in the table's own columns; the index only stores slot numbers: four bytes per bucket, open
addressing with linear probing, deletion by shifting back, so that nothing accumulates over weeks.

Cookies are nearly sequential per CPU: without real mixing, they would form long runs and indexing one million sockets would take minutes.

The index grows incrementally, some buckets with each added key, because moving all keys at once would take about 50 ms with a million sockets. Until the last
one has moved, keys may be in the old buckets as well, or only there.
*/
export class CookieIndex {
	#buckets: Int32Array;
	#size = 0;
	/** The buckets before the last growth, and how many of them have moved. */
	#old: Int32Array | undefined;
	#moved = 0;

	constructor(minimumBuckets = 1024) {
		this.#buckets = new Int32Array(minimumBuckets);
	}

	get size(): number {
		return this.#size;
	}

	/** Memory used by the index itself, in bytes. */
	get bytes(): number {
		return this.#buckets.byteLength + (this.#old?.byteLength ?? 0);
	}

	/** The slot of a key, or -1. */
	find(low: number, high: number, lows: Uint32Array, highs: Uint32Array): number {
		const buckets = this.#buckets;
		const mask = buckets.length - 1;
		for (let bucket = mix(low, high) & mask; ; bucket = (bucket + 1) & mask) {
			const slot = buckets[bucket] - 1;
			if (slot === -1) {
				return this.#old === undefined ? -1 : findOld(this.#old, low, high, {lows, highs});
			}

			if (lows[slot] === low && highs[slot] === high) {
				return slot;
			}
		}
	}

	/** Adds a slot. Its key must be in the columns and not yet in the index. */
	add(slot: number, lows: Uint32Array, highs: Uint32Array): void {
		if (this.#old !== undefined) {
			this.#move(bucketsPerAdd, lows, highs);
		}

		if ((this.#size + 1) * 3 > this.#buckets.length * 2) {
			this.#grow(lows, highs);
		}

		this.#insert(slot, lows, highs);
		this.#size++;
	}

	/** Removes a slot. Its key must still be in the columns. */
	remove(slot: number, lows: Uint32Array, highs: Uint32Array): void {
		const hash = mix(lows[slot], highs[slot]);
		const isInOld = this.#old !== undefined && wasRemoved(this.#old, slot, hash);
		if (this.#removeFrom(slot, hash, lows, highs) || isInOld) {
			this.#size--;
		}
	}

	/** Returns whether the slot was there. */
	#removeFrom(slot: number, hash: number, lows: Uint32Array, highs: Uint32Array): boolean {
		const buckets = this.#buckets;
		const mask = buckets.length - 1;
		let hole = hash & mask;
		while (buckets[hole] !== slot + 1) {
			if (buckets[hole] === 0) {
				return false;
			}

			hole = (hole + 1) & mask;
		}

		// Shift back every later entry of the run whose home bucket is at or before the hole.
		for (let bucket = (hole + 1) & mask; buckets[bucket] !== 0; bucket = (bucket + 1) & mask) {
			const other = buckets[bucket] - 1;
			const home = mix(lows[other], highs[other]) & mask;
			if (((bucket - home) & mask) >= ((bucket - hole) & mask)) {
				buckets[hole] = buckets[bucket];
				hole = bucket;
			}
		}

		buckets[hole] = 0;
		return true;
	}

	#insert(slot: number, lows: Uint32Array, highs: Uint32Array): void {
		const buckets = this.#buckets;
		const mask = buckets.length - 1;
		let bucket = mix(lows[slot], highs[slot]) & mask;
		while (buckets[bucket] !== 0) {
			bucket = (bucket + 1) & mask;
		}

		buckets[bucket] = slot + 1;
	}

	#grow(lows: Uint32Array, highs: Uint32Array): void {
		this.#move(Infinity, lows, highs);
		this.#old = this.#buckets;
		this.#moved = 0;
		this.#buckets = new Int32Array(this.#buckets.length * 2);
	}

	/** Moves the next `count` old buckets. */
	#move(count: number, lows: Uint32Array, highs: Uint32Array): void {
		const old = this.#old;
		if (old === undefined) {
			return;
		}

		const end = Math.min(old.length, this.#moved + count);
		for (let bucket = this.#moved; bucket < end; bucket++) {
			if (old[bucket] > 0) {
				this.#insert(old[bucket] - 1, lows, highs);
			}
		}

		this.#moved = end;
		if (end === old.length) {
			this.#old = undefined;
		}
	}
}

/** Old buckets that move with each added key. All of them must have moved before the index is full again. */
const bucketsPerAdd = 16;

/** In an old bucket: the slot was removed. An empty bucket would end the run. */
const removed = -1;

const findOld = (buckets: Int32Array, low: number, high: number, {lows, highs}: {readonly lows: Uint32Array; readonly highs: Uint32Array}): number => {
	const mask = buckets.length - 1;
	for (let bucket = mix(low, high) & mask; buckets[bucket] !== 0; bucket = (bucket + 1) & mask) {
		const slot = buckets[bucket] - 1;
		if (buckets[bucket] !== removed && lows[slot] === low && highs[slot] === high) {
			return slot;
		}
	}

	return -1;
};

/** Removes a slot from old buckets, by the hash of its key. Returns whether it was there. */
const wasRemoved = (buckets: Int32Array, slot: number, hash: number): boolean => {
	const mask = buckets.length - 1;
	for (let bucket = hash & mask; buckets[bucket] !== 0; bucket = (bucket + 1) & mask) {
		if (buckets[bucket] === slot + 1) {
			buckets[bucket] = removed;
			return true;
		}
	}

	return false;
};

/** MurmurHash3's finalizer over both halves. */
const mix = (low: number, high: number): number => {
	let hash = low ^ Math.imul(high, 0x9E_37_79_B1);
	hash = Math.imul(hash ^ (hash >>> 16), 0x85_EB_CA_6B);
	hash = Math.imul(hash ^ (hash >>> 13), 0xC2_B2_AE_35);
	return hash ^ (hash >>> 16);
};
