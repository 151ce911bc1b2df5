/**
Hash index from a socket's 64-bit identity to its slot. Keys live in the table's own columns; this holds slot numbers only: four bytes per
place, open addressing with linear probing, deletion by shifting back, so that nothing accumulates over weeks.

Cookies are near-sequential per CPU: without a real mix they would pile up in runs and one million sockets would take minutes.
*/
export class CookieIndex {
	#places: Int32Array;
	#mask: number;
	#size = 0;

	constructor(minimumPlaces = 1024) {
		this.#places = new Int32Array(minimumPlaces);
		this.#mask = minimumPlaces - 1;
	}

	get size(): number {
		return this.#size;
	}

	/** Bytes that the index itself takes. */
	get bytes(): number {
		return this.#places.byteLength;
	}

	/** The slot of a key, or -1. */
	find(low: number, high: number, lows: Uint32Array, highs: Uint32Array): number {
		const places = this.#places;
		const mask = this.#mask;
		for (let place = mix(low, high) & mask; ; place = (place + 1) & mask) {
			const slot = places[place] - 1;
			if (slot === -1 || (lows[slot] === low && highs[slot] === high)) {
				return slot;
			}
		}
	}

	/** Adds a slot whose key stands in the columns and is not in the index yet. */
	add(slot: number, lows: Uint32Array, highs: Uint32Array): void {
		if ((this.#size + 1) * 3 > this.#places.length * 2) {
			this.#grow(lows, highs);
		}

		this.#place(slot, lows, highs);
		this.#size++;
	}

	/** Removes a slot whose key still stands in the columns. */
	remove(slot: number, lows: Uint32Array, highs: Uint32Array): void {
		const places = this.#places;
		const mask = this.#mask;
		let hole = mix(lows[slot], highs[slot]) & mask;
		while (places[hole] !== slot + 1) {
			if (places[hole] === 0) {
				return;
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
		this.#size--;
	}

	#place(slot: number, lows: Uint32Array, highs: Uint32Array): void {
		const places = this.#places;
		const mask = this.#mask;
		let place = mix(lows[slot], highs[slot]) & mask;
		while (places[place] !== 0) {
			place = (place + 1) & mask;
		}

		places[place] = slot + 1;
	}

	#grow(lows: Uint32Array, highs: Uint32Array): void {
		const old = this.#places;
		this.#places = new Int32Array(old.length * 2);
		this.#mask = this.#places.length - 1;
		for (const entry of old) {
			if (entry !== 0) {
				this.#place(entry - 1, lows, highs);
			}
		}
	}
}

/** MurmurHash3's finalizer over both halves. */
const mix = (low: number, high: number): number => {
	let hash = low ^ Math.imul(high, 0x9E_37_79_B1);
	hash = Math.imul(hash ^ (hash >>> 16), 0x85_EB_CA_6B);
	hash = Math.imul(hash ^ (hash >>> 13), 0xC2_B2_AE_35);
	return hash ^ (hash >>> 16);
};
