/**
Totals: what sockets have done since somebody began to count, closed sockets included. They only grow, and are exact: what a socket sends between two samples, or
in a life that no sample saw, is counted once, with the last counters that the kernel gives.

Nothing is counted and nothing is kept before somebody asks. Then each socket takes 29 bytes, and 4 for each grouping, and each sample takes one more pass over a few
columns.
*/
import type {ColumnStore} from '../columns/column-store.js';
import {
	Life,
	Trait,
	type NumericArray,
	type OptionalColumn,
} from '../columns/columns.js';
import {Protocol} from '../columns/protocols.js';
import {State} from '../columns/states.js';
import {
	At,
	GroupTotals,
	type Counts,
	type NumberOf,
} from './group-totals.js';
import {LateTotals, type LateBytes} from './late-totals.js';

/** The totals of one grouping. */
export type Counting = {
	/** The groups that something was counted for, by number. */
	readonly read: () => ReadonlyMap<number, Counts>;
	/** Ends the counting. */
	readonly stop: () => void;
};

export type Totals = {
	/** Counts by groups from now on: of sockets that are there already, only what they do from now on. To be called between samples. */
	readonly by: (numberOf: NumberOf) => Counting;
	/** Counts what the last sample has seen, owners included. To be called between samples, before `read`; when nobody does, the next sample does. */
	readonly collect: () => void;
	/** Takes the last counters of a socket whose row may be gone. */
	readonly noteLate: (bytes: LateBytes) => void;
	/** A sample begins: called before slots are given to other sockets. */
	readonly begin: () => void;
	/** The sample has ended. */
	readonly end: () => void;
	/** Bytes held. */
	readonly bytes: number;
};

/** Optional columns that samples must fill for the totals to be whole: without them, bytes sent again are not counted. */
export const totalsColumns: readonly OptionalColumn[] = ['bytesRetransmitted'];

/** How far the end of a socket was counted. */
const End = {
	/** The socket lives. */
	open: 0,
	/** Its last counters were counted, or are not to be. */
	counted: 1,
	/** It has closed, and its last counters are still to come. */
	awaited: 2,
} as const;

/**
Totals over the sockets of a table.

@param table
@param isTcpRead Whether the samples read TCP. The bytes of an MPTCP socket are those of its subflows, which are TCP sockets: then they count there alone.
*/
export const createTotals = (table: ColumnStore, isTcpRead: () => boolean): Totals => {
	const groupings = new Set<GroupTotals>();
	/** By slot, the id of the socket that the other arrays are about. */
	let ids = new Uint32Array(0);
	/** By slot, how far the end of the socket was counted: a value of `End`. */
	let over = new Uint8Array(0);
	/** By slot, what was counted of the socket. NaN where the first value that comes is to be the base, because what was before does not count. */
	let sent = new Float64Array(0);
	let received = new Float64Array(0);
	let retransmitted = new Float64Array(0);
	const late = new LateTotals();
	let isStale = false;
	let isSampling = false;

	const fit = (): void => {
		const {capacity} = table;
		if (ids.length < capacity) {
			ids = copied(ids, new Uint32Array(capacity));
			over = copied(over, new Uint8Array(capacity));
			sent = copied(sent, new Float64Array(capacity));
			received = copied(received, new Float64Array(capacity));
			retransmitted = copied(retransmitted, new Float64Array(capacity));
		}

		for (const grouping of groupings) {
			grouping.fit(capacity);
		}
	};

	const add = (slot: number, at: number, amount: number): void => {
		for (const grouping of groupings) {
			grouping.add(slot, at, amount);
		}
	};

	/** The row of a socket is gone, whose last counters may still come. */
	const part = (slot: number): void => {
		if (over[slot] !== End.awaited) {
			return;
		}

		over[slot] = End.counted;
		late.remember(ids[slot], {
			bytesSent: sent[slot],
			bytesReceived: received[slot],
			places: new Map(groupings.values().map(grouping => [grouping, grouping.placeOf(slot)])),
		});
	};

	/** Another socket is in the slot than was before. What it has done counts, unless it was there before anybody could see it. */
	const meet = (slot: number, isSeenFromStart: boolean): void => {
		part(slot);
		ids[slot] = table.core.id[slot];
		for (const grouping of groupings) {
			grouping.forget(slot);
		}

		const base = isSeenFromStart ? 0 : NaN;
		sent[slot] = base;
		received[slot] = base;
		retransmitted[slot] = table.optional('bytesRetransmitted') === undefined ? NaN : base;
		// Of one that was found in TIME-WAIT, nobody saw the end.
		over[slot] = !isSeenFromStart && table.core.state[slot] === State.timeWait ? End.counted : End.open;
		if (isSeenFromStart) {
			add(slot, At.opened, 1);
		}
	};

	const addGrowth = (slot: number, at: number, counted: Float64Array, value: number): void => {
		if (Number.isNaN(value)) {
			return;
		}

		const before = counted[slot];
		counted[slot] = value;
		if (!Number.isNaN(before) && value !== before) {
			add(slot, at, value - before);
		}
	};

	const countBytes = (slot: number, newSent: number, newReceived: number, newRetransmitted: number): void => {
		if (table.core.protocol[slot] === Protocol.mptcp && isTcpRead()) {
			sent[slot] = newSent;
			received[slot] = newReceived;
			retransmitted[slot] = newRetransmitted;
			return;
		}

		// Counters begin again from 0 when a process disconnects its socket and connects it anew, and where another socket is called the same. What was sent is a
		// difference of two counters of the kernel's: it falls a little where sending again fails, and then less was sent. What was received falls by one when a
		// FIN turns out to be among it.
		const fin = (table.core.traits[slot] & Trait.finReceived) === 0 ? 0 : 1;
		if (newReceived < received[slot] - fin || newSent < sent[slot] / 2) {
			sent[slot] = 0;
			received[slot] = 0;
			retransmitted[slot] = 0;
		}

		addGrowth(slot, At.bytesSent, sent, newSent);
		addGrowth(slot, At.bytesReceived, received, newReceived);
		addGrowth(slot, At.bytesRetransmitted, retransmitted, newRetransmitted);
	};

	const countEnd = (slot: number, flags: number): void => {
		over[slot] = (flags & (Life.ended | Life.dropped)) === 0 ? End.awaited : End.counted;
		// What is only not read any more may live on.
		if ((flags & Life.dropped) === 0) {
			add(slot, At.closed, 1);
		}
	};

	const count = (): void => {
		fit();
		const {used, core: {life, id, state, bytesSent, bytesReceived}} = table;
		const again = table.optional('bytesRetransmitted');
		for (let slot = 0; slot < used; slot++) {
			const flags = life[slot];
			if (flags === 0) {
				part(slot);
				continue;
			}

			if (id[slot] !== ids[slot]) {
				meet(slot, (flags & Life.initial) === 0);
			}

			const newRetransmitted = again === undefined ? NaN : again[slot];
			// Most sockets have moved nothing.
			if (isOther(bytesSent[slot], sent[slot]) || isOther(bytesReceived[slot], received[slot]) || isOther(newRetransmitted, retransmitted[slot])) {
				countBytes(slot, bytesSent[slot], bytesReceived[slot], newRetransmitted);
			}

			if (over[slot] === End.open && ((flags & Life.closed) !== 0 || state[slot] === State.timeWait)) {
				countEnd(slot, flags);
			}
		}

		late.count();
	};

	const countIfStale = (): void => {
		if (isStale && groupings.size > 0) {
			count();
		}

		isStale = false;
	};

	/** Takes the sockets as they are for what was there before. */
	const startFromHere = (): void => {
		fit();
		const {used, core: {life, state}} = table;
		for (let slot = 0; slot < used; slot++) {
			meet(slot, false);
			countBytes(slot, table.core.bytesSent[slot], table.core.bytesReceived[slot], table.optional('bytesRetransmitted')?.[slot] ?? NaN);
			over[slot] = (life[slot] & Life.closed) !== 0 || state[slot] === State.timeWait ? End.counted : End.open;
		}
	};

	return {
		by(numberOf) {
			countIfStale();
			const grouping = new GroupTotals(numberOf, table.capacity);
			groupings.add(grouping);
			if (groupings.size === 1) {
				startFromHere();
			}

			return {
				read: () => grouping.read(),
				stop() {
					groupings.delete(grouping);
				},
			};
		},
		collect() {
			if (!isSampling) {
				countIfStale();
			}
		},
		noteLate(bytes) {
			if (groupings.size > 0) {
				late.note(bytes);
			}
		},
		begin() {
			countIfStale();
			isStale = true;
			isSampling = true;
		},
		end() {
			isSampling = false;
		},
		get bytes() {
			const own = ids.byteLength + over.byteLength + sent.byteLength + received.byteLength + retransmitted.byteLength;
			return groupings.values().reduce((bytes, grouping) => bytes + grouping.bytes, own);
		},
	};
};

/** Whether a counter is not the one that was counted. NaN, where the kernel does not count, is nothing to count. */
const isOther = (value: number, counted: number): boolean => value !== counted && !Number.isNaN(value);

/** A longer array that begins with the elements of another. */
const copied = <Type extends NumericArray>(from: Type, into: Type): Type => {
	into.set(from);
	return into;
};
