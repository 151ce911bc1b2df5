/** Sums of groups of sockets, in columns: there is no object per socket, and none per group until the sums are read. */
import {resized} from '../columns/resized.js';

/** The counts of a group. */
export type Counts = {
	/** Sockets that opened, without those that existed before. */
	readonly opened: number;
	/** Sockets that closed. A connection that enters TIME-WAIT counts as closed. */
	readonly closed: number;
	/** Payload bytes sent, without retransmissions if the kernel counts those (Linux 4.19). */
	readonly bytesSent: number;
	/** Payload bytes received. */
	readonly bytesReceived: number;
	/** Payload bytes retransmitted. */
	readonly bytesRetransmitted: number;
};

/** Index of each count within the sums of a group. */
export const CountIndex = {
	opened: 0, closed: 1, bytesSent: 2, bytesReceived: 3, bytesRetransmitted: 4,
} as const;

const countsPerGroup = Object.keys(CountIndex).length;

/**
Gives the number of a socket's group. From 0 on, the number is final: the socket stays in that group. A negative number is a group for what is counted until
more is known of the socket, and makes the totals ask again later.
*/
export type NumberOf = (slot: number) => number;

const firstGroups = 16;

export class GroupTotals {
	readonly #numberOf: NumberOf;
	/** Index of each group in the arrays below, by its number. */
	readonly #indexes = new Map<number, number>();
	/** By slot, the index of its group plus 1; 0 while it has none. */
	#groupOf: Uint32Array;
	/** By index of the group. A sum falls by a byte when a counted byte turns out to be a FIN. */
	#sums = new Float64Array(countsPerGroup * firstGroups);
	/** By index of the group, its number. */
	readonly #numbers: number[] = [];
	/** By index of the group, the highest values that were read: what readers see never falls. */
	#read = new Float64Array(countsPerGroup * firstGroups);

	constructor(numberOf: NumberOf, capacity: number) {
		this.#numberOf = numberOf;
		this.#groupOf = new Uint32Array(capacity);
	}

	/** Memory used, in bytes. */
	get bytes(): number {
		return this.#groupOf.byteLength + this.#sums.byteLength + this.#read.byteLength;
	}

	/** Makes room for `capacity` slots. */
	fit(capacity: number): void {
		if (this.#groupOf.length >= capacity) {
			return;
		}

		this.#groupOf = resized(this.#groupOf, new Uint32Array(capacity));
	}

	/** Clears the group of a slot that has a new socket. */
	forget(slot: number): void {
		this.#groupOf[slot] = 0;
	}

	/**
	Adds to a count of a socket's group. From then on the socket stays in that group.

	@param countIndex A value of `CountIndex`.
	*/
	add(slot: number, countIndex: number, amount: number): void {
		this.addAt(this.indexOf(slot), countIndex, amount);
	}

	/** Adds to a count of the group with an index. */
	addAt(group: number, countIndex: number, amount: number): void {
		this.#sums[group * countsPerGroup + countIndex] += amount;
	}

	/** The index of a socket's group. Adds the group if it is new. */
	indexOf(slot: number): number {
		const known = this.#groupOf[slot];
		if (known !== 0) {
			return known - 1;
		}

		const number = this.#numberOf(slot);
		const group = this.#indexes.get(number) ?? this.#addGroup(number);
		if (number >= 0) {
			this.#groupOf[slot] = group + 1;
		}

		return group;
	}

	/** The number of a socket's group. */
	numberAt(slot: number): number {
		return this.#numbers[this.indexOf(slot)];
	}

	/** The counts of all groups, by number. */
	read(): ReadonlyMap<number, Counts> {
		return new Map(this.#indexes.entries().map(([number, group]) => [number, this.#countsOf(group)]));
	}

	#countsOf(group: number): Counts {
		const sum = (countIndex: number): number => {
			const index = group * countsPerGroup + countIndex;
			this.#read[index] = Math.max(this.#read[index], this.#sums[index]);
			return this.#read[index];
		};

		return {
			opened: sum(CountIndex.opened),
			closed: sum(CountIndex.closed),
			bytesSent: sum(CountIndex.bytesSent),
			bytesReceived: sum(CountIndex.bytesReceived),
			bytesRetransmitted: sum(CountIndex.bytesRetransmitted),
		};
	}

	#addGroup(number: number): number {
		const group = this.#indexes.size;
		this.#indexes.set(number, group);
		this.#numbers.push(number);
		if (this.#indexes.size * countsPerGroup > this.#sums.length) {
			this.#sums = resized(this.#sums, new Float64Array(this.#sums.length * 2));
			this.#read = resized(this.#read, new Float64Array(this.#read.length * 2));
		}

		return group;
	}
}
