/**
Totals: what sockets have done since counting began, closed sockets included. They only grow, and are exact: what a socket sends between two samples, or in a
life that no sample saw, is counted once, from the last counters that the kernel reports.

Nothing is counted or stored until a caller asks for it. Then each socket takes 29 bytes plus 4 for each grouping, and each sample takes one more pass over a
few columns.
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
	CountIndex,
	GroupTotals,
	type Counts,
	type NumberOf,
} from './group-totals.js';
import {LateTotals, type LateBytes} from './late-totals.js';

/** The totals of one grouping. */
export type Counting = {
	/** The counts of each group that has any, by number of the group. */
	readonly read: () => ReadonlyMap<number, Counts>;
	/** The number of the group of a socket that is in the table, as of the last `collect`. */
	readonly numberAt: (slot: number) => number;
	/** Stops counting. */
	readonly stop: () => void;
};

export type Totals = {
	/** Starts counting by groups. Of sockets that already exist, only what they do from now on counts. Call it between samples. */
	readonly by: (numberOf: NumberOf) => Counting;
	/** Counts what the last sample has seen, owners included. Call it between samples, before `read`; otherwise the next sample does it. */
	readonly collect: () => void;
	/** Takes the last counters of a socket whose row may be gone. */
	readonly noteLate: (bytes: LateBytes) => void;
	/** Call it when a sample begins, before slots are reused. */
	readonly begin: () => void;
	/** Call it when a sample has ended. */
	readonly end: () => void;
	/** Memory used, in bytes. */
	readonly bytes: number;
};

/** Optional columns that samples must fill for complete totals: without them, retransmitted bytes are not counted. */
export const totalsColumns: readonly OptionalColumn[] = ['bytesRetransmitted'];

/** How far the close of a socket was counted. */
const CloseProgress = {
	/** The socket is open. */
	open: 0,
	/** The close and the last counters were counted, or must not be. */
	counted: 1,
	/** The close was counted; the last counters are still to come. */
	awaited: 2,
} as const;

/**
Counts what the sockets of a table do.

@param isTcpRead Whether the samples read TCP. The bytes of an MPTCP socket are those of its subflows, which are TCP sockets; they are then counted only there.
*/
export const createTotals = (table: ColumnStore, isTcpRead: () => boolean): Totals => {
	const groupings = new Set<GroupTotals>();
	/** By slot, the id of the socket that the other arrays describe. */
	let ids = new Uint32Array(0);
	/** By slot, how far the close of the socket was counted: a value of `CloseProgress`. */
	let closeProgress = new Uint8Array(0);
	/** By slot, the counters that were counted so far. NaN if the first value only sets the base, because what happened earlier does not count. */
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
			closeProgress = copied(closeProgress, new Uint8Array(capacity));
			sent = copied(sent, new Float64Array(capacity));
			received = copied(received, new Float64Array(capacity));
			retransmitted = copied(retransmitted, new Float64Array(capacity));
		}

		for (const grouping of groupings) {
			grouping.fit(capacity);
		}
	};

	const add = (slot: number, countIndex: number, amount: number): void => {
		for (const grouping of groupings) {
			grouping.add(slot, countIndex, amount);
		}
	};

	/** Releases the slot of a socket whose row is gone. If its last counters may still come, keeps what was counted. */
	const release = (slot: number): void => {
		if (closeProgress[slot] !== CloseProgress.awaited) {
			return;
		}

		closeProgress[slot] = CloseProgress.counted;
		late.add(ids[slot], {
			bytesSent: sent[slot],
			bytesReceived: received[slot],
			groups: new Map(groupings.values().map(grouping => [grouping, grouping.indexOf(slot)])),
		});
	};

	/** Starts counting for a new socket in a slot. Everything it has done counts, unless it existed before it could be seen. */
	const start = (slot: number, isSeenFromStart: boolean): void => {
		release(slot);
		ids[slot] = table.core.id[slot];
		for (const grouping of groupings) {
			grouping.forget(slot);
		}

		const base = isSeenFromStart ? 0 : NaN;
		sent[slot] = base;
		received[slot] = base;
		retransmitted[slot] = table.optional('bytesRetransmitted') === undefined ? NaN : base;
		// No sample saw the close of a socket that was found in TIME-WAIT.
		closeProgress[slot] = !isSeenFromStart && table.core.state[slot] === State.timeWait ? CloseProgress.counted : CloseProgress.open;
		if (isSeenFromStart) {
			add(slot, CountIndex.opened, 1);
		}
	};

	const addGrowth = (slot: number, countIndex: number, counted: Float64Array, value: number): void => {
		if (Number.isNaN(value)) {
			return;
		}

		const before = counted[slot];
		counted[slot] = value;
		if (!Number.isNaN(before) && value !== before) {
			add(slot, countIndex, value - before);
		}
	};

	const countBytes = (slot: number, newSent: number, newReceived: number, newRetransmitted: number): void => {
		if (table.core.protocol[slot] === Protocol.mptcp && isTcpRead()) {
			sent[slot] = newSent;
			received[slot] = newReceived;
			retransmitted[slot] = newRetransmitted;
			return;
		}

		// Counters restart at 0 when a process disconnects its socket and connects it again, and when another socket has the same identity. `bytesSent` is the
		// difference of two kernel counters: it falls a little when a retransmission fails, and then less was sent. `bytesReceived` falls by one when a FIN
		// turns out to be included.
		const fin = (table.core.traits[slot] & Trait.finReceived) === 0 ? 0 : 1;
		if (newReceived < received[slot] - fin || newSent < sent[slot] / 2) {
			sent[slot] = 0;
			received[slot] = 0;
			retransmitted[slot] = 0;
		}

		addGrowth(slot, CountIndex.bytesSent, sent, newSent);
		addGrowth(slot, CountIndex.bytesReceived, received, newReceived);
		addGrowth(slot, CountIndex.bytesRetransmitted, retransmitted, newRetransmitted);
	};

	const countClose = (slot: number, flags: number): void => {
		closeProgress[slot] = (flags & (Life.ended | Life.dropped)) === 0 ? CloseProgress.awaited : CloseProgress.counted;
		// A dropped socket is only no longer read; it may live on.
		if ((flags & Life.dropped) === 0) {
			add(slot, CountIndex.closed, 1);
		}
	};

	const count = (): void => {
		fit();
		const {used, core: {life, id, state, bytesSent, bytesReceived}} = table;
		const again = table.optional('bytesRetransmitted');
		for (let slot = 0; slot < used; slot++) {
			const flags = life[slot];
			if (flags === 0) {
				release(slot);
				continue;
			}

			if (id[slot] !== ids[slot]) {
				start(slot, (flags & Life.initial) === 0);
			}

			const newRetransmitted = again === undefined ? NaN : again[slot];
			// Most sockets have no new bytes.
			if (isOther(bytesSent[slot], sent[slot]) || isOther(bytesReceived[slot], received[slot]) || isOther(newRetransmitted, retransmitted[slot])) {
				countBytes(slot, bytesSent[slot], bytesReceived[slot], newRetransmitted);
			}

			if (closeProgress[slot] === CloseProgress.open && ((flags & Life.closed) !== 0 || state[slot] === State.timeWait)) {
				countClose(slot, flags);
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

	/** Takes the current counters of all sockets as the base. */
	const startFromHere = (): void => {
		fit();
		const {used, core: {life, state}} = table;
		for (let slot = 0; slot < used; slot++) {
			start(slot, false);
			countBytes(slot, table.core.bytesSent[slot], table.core.bytesReceived[slot], table.optional('bytesRetransmitted')?.[slot] ?? NaN);
			closeProgress[slot] = (life[slot] & Life.closed) !== 0 || state[slot] === State.timeWait ? CloseProgress.counted : CloseProgress.open;
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
				numberAt: slot => grouping.numberAt(slot),
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
			const own = ids.byteLength + closeProgress.byteLength + sent.byteLength + received.byteLength + retransmitted.byteLength;
			return groupings.values().reduce((bytes, grouping) => bytes + grouping.bytes, own);
		},
	};
};

/** Whether a counter differs from what was counted. NaN means that the kernel does not count, so there is nothing to count. */
const isOther = (value: number, counted: number): boolean => value !== counted && !Number.isNaN(value);

/** Copies an array into a longer one. */
const copied = <Type extends NumericArray>(from: Type, into: Type): Type => {
	into.set(from);
	return into;
};
