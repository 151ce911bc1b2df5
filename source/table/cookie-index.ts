/**
Hash index from a socket's 64-bit identity to its slot. Keys live in the table's own columns; this holds slot numbers only: four bytes per
place, open addressing with linear probing, deletion by shifting back, so that nothing accumulates over weeks.

Cookies are near-sequential per CPU: without a real mix they would pile up in runs and one million sockets would take minutes.

It grows by some places with each key that is added, since all at once would take some 50 ms with a million sockets: until the last of them has moved, keys may be
in the old places as well, or there alone.
*/
export class CookieIndex {
	#places: Int32Array;
	#size = 0;
	/** The places from before the last growth, and how many of them have moved. */
	#old: Int32Array | undefined;
	#moved = 0;

	constructor(minimumPlaces = 1024) {
		this.#places = new Int32Array(minimumPlaces);
	}

	get size(): number {
		return this.#size;
	}

	/** Bytes that the index itself takes. */
	get bytes(): number {
		return this.#places.byteLength + (this.#old?.byteLength ?? 0);
	}

	/** The slot of a key, or -1. */
	find(low: number, high: number, lows: Uint32Array, highs: Uint32Array): number {
		const places = this.#places;
		const mask = places.length - 1;
		for (let place = mix(low, high) & mask; ; place = (place + 1) & mask) {
			const slot = places[place] - 1;
			if (slot === -1) {
				return this.#old === undefined ? -1 : findOld(this.#old, low, high, {lows, highs});
			}

			if (lows[slot] === low && highs[slot] === high) {
				return slot;
			}
		}
	}

	/** Adds a slot whose key stands in the columns and is not in the index yet. */
	add(slot: number, lows: Uint32Array, highs: Uint32Array): void {
		if (this.#old !== undefined) {
			this.#move(placesPerKey, lows, highs);
		}

		if ((this.#size + 1) * 3 > this.#places.length * 2) {
			this.#grow(lows, highs);
		}

		this.#place(slot, lows, highs);
		this.#size++;
	}

	/** Removes a slot whose key still stands in the columns. */
	remove(slot: number, lows: Uint32Array, highs: Uint32Array): void {
		const hash = mix(lows[slot], highs[slot]);
		const isInOld = this.#old !== undefined && wasRemoved(this.#old, slot, hash);
		if (this.#removeFrom(slot, hash, lows, highs) || isInOld) {
			this.#size--;
		}
	}

	/** Returns whether it was there. */
	#removeFrom(slot: number, hash: number, lows: Uint32Array, highs: Uint32Array): boolean {
		const places = this.#places;
		const mask = places.length - 1;
		let hole = hash & mask;
		while (places[hole] !== slot + 1) {
			if (places[hole] === 0) {
				return false;
			}

			hole = (hole + 1) & mask;
		}

		// Shift back every later entry of the run whose home lies at or before the hole.
		for (let place = (hole + 1) & mask; places[place] !== 0; place = (place + 1) & mask) {
			const other = places[place] - 1;
			const home = mix(lows[other], highs[other]) & mask;
			if (((place - home) & mask) >= ((place - hole) & mask)) {
				places[hole] = places[place];
				hole = place;
			}
		}

		places[hole] = 0;
		return true;
	}

	#place(slot: number, lows: Uint32Array, highs: Uint32Array): void {
		const places = this.#places;
		const mask = places.length - 1;
		let place = mix(lows[slot], highs[slot]) & mask;
		while (places[place] !== 0) {
			place = (place + 1) & mask;
		}

		places[place] = slot + 1;
	}

	#grow(lows: Uint32Array, highs: Uint32Array): void {
		this.#move(Infinity, lows, highs);
		this.#old = this.#places;
		this.#moved = 0;
		this.#places = new Int32Array(this.#places.length * 2);
	}

	/** Moves so many of the old places. */
	#move(count: number, lows: Uint32Array, highs: Uint32Array): void {
		const old = this.#old;
		if (old === undefined) {
			return;
		}

		const end = Math.min(old.length, this.#moved + count);
		for (let place = this.#moved; place < end; place++) {
			if (old[place] > 0) {
				this.#place(old[place] - 1, lows, highs);
			}
		}

		this.#moved = end;
		if (end === old.length) {
			this.#old = undefined;
		}
	}
}

/** Old places that move with each key that is added: before the index is full again, all of them must have moved. */
const placesPerKey = 16;

/** In an old place: the slot that was there is gone. An empty place would end the run. */
const left = -1;

const findOld = (places: Int32Array, low: number, high: number, {lows, highs}: {readonly lows: Uint32Array; readonly highs: Uint32Array}): number => {
	const mask = places.length - 1;
	for (let place = mix(low, high) & mask; places[place] !== 0; place = (place + 1) & mask) {
		const slot = places[place] - 1;
		if (places[place] !== left && lows[slot] === low && highs[slot] === high) {
			return slot;
		}
	}

	return -1;
};

/** Takes a slot with a hash out of old places; returns whether it was there. */
const wasRemoved = (places: Int32Array, slot: number, hash: number): boolean => {
	const mask = places.length - 1;
	for (let place = hash & mask; places[place] !== 0; place = (place + 1) & mask) {
		if (places[place] === slot + 1) {
			places[place] = left;
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
