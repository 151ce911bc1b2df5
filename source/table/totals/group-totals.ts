/** Sums of groups of sockets, in columns: no object for a socket, and none for a group until somebody reads. */

/** What is counted of a group. */
export type Counts = {
	/** Sockets that opened. Those that were there before are not among them. */
	readonly opened: number;
	/** Sockets that closed. A connection that comes into TIME-WAIT has closed. */
	readonly closed: number;
	/** Payload bytes sent, without those sent again where the kernel can tell them (Linux 4.19). */
	readonly bytesSent: number;
	/** Payload bytes received. */
	readonly bytesReceived: number;
	/** Payload bytes sent again. */
	readonly bytesRetransmitted: number;
};

/** Where the counts of a group are among its sums. */
export const At = {
	opened: 0, closed: 1, bytesSent: 2, bytesReceived: 3, bytesRetransmitted: 4,
} as const;

const countsPerGroup = Object.keys(At).length;

/** The number of a socket's group, any whole number from 0 on; -1 while that is not known, so that it is asked for again. */
export type NumberOf = (slot: number) => number;

/** The number of the group of what was counted before the group of its socket was known. */
export const unknownGroup = -1;

const firstGroups = 16;

export class GroupTotals {
	readonly #numberOf: NumberOf;
	/** By number of a group, its place. */
	readonly #places = new Map<number, number>();
	/** By slot, one more than the place of its group; 0 while it has none. */
	#placeOf: Uint32Array;
	/** By place. They fall by a byte where what was counted turns out to be none. */
	#sums = new Float64Array(countsPerGroup * firstGroups);
	/** By place, the most that was read: what is read never falls. */
	#read = new Float64Array(countsPerGroup * firstGroups);

	constructor(numberOf: NumberOf, capacity: number) {
		this.#numberOf = numberOf;
		this.#placeOf = new Uint32Array(capacity);
	}

	/** Bytes held. */
	get bytes(): number {
		return this.#placeOf.byteLength + this.#sums.byteLength + this.#read.byteLength;
	}

	/** Makes room for so many slots. */
	fit(capacity: number): void {
		if (this.#placeOf.length >= capacity) {
			return;
		}

		const longer = new Uint32Array(capacity);
		longer.set(this.#placeOf);
		this.#placeOf = longer;
	}

	/** Another socket is in a slot now. */
	forget(slot: number): void {
		this.#placeOf[slot] = 0;
	}

	/**
	Adds to a count of the group of a socket, which stays in that group from then on.

	@param slot
	@param at A value of `At`.
	@param amount
	*/
	add(slot: number, at: number, amount: number): void {
		this.addAt(this.placeOf(slot), at, amount);
	}

	/** Adds to a count of the group at a place. */
	addAt(place: number, at: number, amount: number): void {
		this.#sums[place * countsPerGroup + at] += amount;
	}

	/** The place of a socket's group. It is made when the first one comes. */
	placeOf(slot: number): number {
		const known = this.#placeOf[slot];
		if (known !== 0) {
			return known - 1;
		}

		const number = this.#numberOf(slot);
		const place = this.#places.get(number) ?? this.#addGroup(number);
		if (number !== unknownGroup) {
			this.#placeOf[slot] = place + 1;
		}

		return place;
	}

	/** The counts by number of the group. */
	read(): ReadonlyMap<number, Counts> {
		return new Map(this.#places.entries().map(([number, place]) => [number, this.#countsOf(place)]));
	}

	#countsOf(place: number): Counts {
		const sum = (at: number): number => {
			const index = place * countsPerGroup + at;
			this.#read[index] = Math.max(this.#read[index], this.#sums[index]);
			return this.#read[index];
		};

		return {
			opened: sum(At.opened),
			closed: sum(At.closed),
			bytesSent: sum(At.bytesSent),
			bytesReceived: sum(At.bytesReceived),
			bytesRetransmitted: sum(At.bytesRetransmitted),
		};
	}

	#addGroup(number: number): number {
		const place = this.#places.size;
		this.#places.set(number, place);
		if (this.#places.size * countsPerGroup > this.#sums.length) {
			this.#sums = twice(this.#sums);
			this.#read = twice(this.#read);
		}

		return place;
	}
}

const twice = (array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> => {
	const longer = new Float64Array(array.length * 2);
	longer.set(array);
	return longer;
};
