import {Life} from './columns.js';
import {destroyed, endOf} from './ends.js';
import {Event, JournalTable, type EntryFacts} from './journal-table.js';
import {findListeners} from './listener-of.js';
import {wholeOf, type Parts} from './parts.js';
import type {Changes, SocketTable} from './socket-table.js';
import {State} from './states.js';

/** Entries that are kept. */
const defaultLength = 10_000;

/** Changes that are noted in one part of the work. */
const changesPerPart = 512;

/** Sockets that a person has closed in the kernel, of whose end nothing was heard yet: so many are remembered. */
const mostDestroyed = 1000;

export type Journal = {
	/** The entries. */
	readonly table: JournalTable;
	/**
	Notes what a sample did. What was in the table from the start did not open, and what nobody asks for any more did not close. A connection that has come into
	TIME-WAIT is over: it closed then, and not a minute later.

	@param changes
	@param time Milliseconds since 1970.
	*/
	readonly record: (changes: Changes, time: number) => void;
	/** The same in parts of some hundred changes. No sample may begin before the last one. */
	readonly recordInParts: (changes: Changes, time: number) => Parts;
	/** Notes that the socket with this id was closed in the kernel at the person's request: its end will say so. */
	readonly noteDestroyed: (id: number) => void;
	/** Sockets that polls alone would have missed, since the start. */
	readonly missedByPolls: number;
};

export type JournalOptions = {
	/** Entries that are kept. */
	readonly length?: number;
	/** Gives a network namespace with a number in the table a number that nothing else ever gets; absent where only one is shown. */
	readonly keepNamespace?: (number: number) => number;
};

/** The bounded list of the changes seen. There is an entry for each change, none for each socket. */
export const createJournal = (table: SocketTable, {length = defaultLength, keepNamespace}: JournalOptions = {}): Journal => {
	const entries = new JournalTable(length);
	/** Slots and ids of connections that have come into TIME-WAIT before the kernel told of their last counters. */
	let awaited: ReadonlyArray<readonly [slot: number, id: number]> = [];
	const destroyedByHand = new Set<number>();
	let missedByPolls = 0;

	const append = (slot: number, facts: EntryFacts): number => {
		const entry = entries.append(table, slot, facts);
		if (keepNamespace !== undefined) {
			entries.core.namespace[entry] = keepNamespace(table.core.namespace[slot]);
		}

		return entry;
	};

	const hasFlag = (slot: number, flag: number): boolean => (table.core.life[slot] & flag) !== 0;

	/** Notes the end of a socket: its duration is that of the connection, without TIME-WAIT. */
	const close = (slot: number, time: number, isAccepted: (slot: number) => boolean): void => {
		const {protocol, state, lastWords, id, stateSince, openedAt} = table.core;
		const isByHand = destroyedByHand.delete(id[slot]);
		const told = endOf({
			protocol: protocol[slot], state: state[slot], lastWords: lastWords[slot], isAccepted: () => isAccepted(slot),
		});
		const entry = append(slot, {event: Event.closed, time, end: isByHand ? destroyed : told});
		const {core} = entries;
		core.life[entry] |= Life.closed;
		if (state[slot] !== State.timeWait) {
			return;
		}

		core.closedAt[entry] = stateSince[slot];
		// Nobody has seen it before it was over.
		core.life[entry] |= stateSince[slot] === openedAt[slot] ? Life.unseen : 0;
	};

	const recordInParts: Journal['recordInParts'] = function * ({opened, changed, previousStates, closed, unseen}, time) {
		const {core} = table;
		entries.begin(table.now);
		const isAccepted = createAcceptance(table);
		const waiting: Array<readonly [number, number]> = [];
		yield * inParts(awaited, ([slot, id]) => {
			if (core.id[slot] === id) {
				close(slot, time, isAccepted);
			}
		});

		/** The connection is over; its last counters may come late. */
		const enterTimeWait = (slot: number): void => {
			if (hasFlag(slot, Life.ended)) {
				close(slot, time, isAccepted);
			} else {
				waiting.push([slot, core.id[slot]]);
			}
		};

		yield * inParts(opened, slot => {
			if (hasFlag(slot, Life.initial)) {
				return;
			}

			if (core.state[slot] === State.timeWait) {
				enterTimeWait(slot);
			} else {
				append(slot, {event: Event.opened, time});
			}
		});
		yield * inParts(changed, (slot, index) => {
			if (core.state[slot] === State.timeWait) {
				enterTimeWait(slot);
			} else {
				append(slot, {event: Event.changed, time, previousState: previousStates[index]});
			}
		});
		yield * inParts(closed, slot => {
			if (!hasFlag(slot, Life.dropped) && core.state[slot] !== State.timeWait) {
				close(slot, time, isAccepted);
			}
		});
		missedByPolls += unseen.length;
		// Those beyond would only push each other out.
		yield * inParts(unseen.slice(-length), slot => {
			close(slot, time, isAccepted);
		});
		const stillAwaited: Array<readonly [number, number]> = [];
		yield * inParts(waiting, entry => {
			const [slot] = entry;
			if (table.isClosed(slot)) {
				close(slot, time, isAccepted);
			} else {
				stillAwaited.push(entry);
			}
		});
		awaited = stillAwaited;
	};

	return {
		table: entries,
		record(...recorded) {
			wholeOf(recordInParts(...recorded));
		},
		recordInParts,
		noteDestroyed(id) {
			if (destroyedByHand.size < mostDestroyed) {
				destroyedByHand.add(id);
			}
		},
		get missedByPolls() {
			return missedByPolls;
		},
	};
};

const inParts = function * <Item>(items: readonly Item[], note: (item: Item, index: number) => void): Parts {
	for (const [index, item] of items.entries()) {
		note(item, index);
		if ((index + 1) % changesPerPart === 0) {
			yield;
		}
	}
};

/** Whether a connection was accepted here, as far as its listener still listens. The table is searched when the first one is asked for. */
const createAcceptance = (table: SocketTable): ((slot: number) => boolean) => {
	let find: ((slot: number) => number) | undefined;
	return slot => {
		find ??= findListeners(table);
		return find(slot) !== -1;
	};
};
