import {closeReasonOf, destroyed} from './close-reasons.js';
import {Life, Trait} from './columns/columns.js';
import {createCompletion, type IsAccepted} from './journal-completion.js';
import {Event, JournalTable, type EntryFacts} from './journal-table.js';
import {findListeners} from './listener-of.js';
import {wholeOf, type Parts} from './parts.js';
import {Protocol} from './columns/protocols.js';
import type {Changes, SocketTable} from './socket-table.js';
import {State} from './columns/states.js';

/** Entries that are kept. */
const defaultLength = 10_000;

/** Changes that are noted in one part of the work. */
const changesPerPart = 512;

/** Sockets that a person has closed in the kernel, and that have not closed yet: so many are remembered. */
const mostDestroyed = 1000;

export type Journal = {
	/** The entries. */
	readonly table: JournalTable;
	/**
	Notes what a sample did, and completes earlier entries by what it found out. What was in the table from the start did not open, and what nobody asks for
	any more did not close. A connection that has come into TIME-WAIT is over, and so is one whose socket is unconnected but held: it closed then, and not when
	the last of it goes.

	@param time Milliseconds since 1970.
	*/
	readonly record: (changes: Changes, time: number) => void;
	/** The same in parts of some hundred changes. No sample may begin before the last one. */
	readonly recordInParts: (changes: Changes, time: number) => Parts;
	/**
	Gives the entries that are new since the last call, in order, for whoever reports each once. An entry about a socket without owner is held back until the next
	sample, which may find it, and so are the entries after it.

	@returns Slots of `table`, and how many entries were forgotten before they could be given.
	*/
	readonly takeSettled: () => {readonly slots: readonly number[]; readonly missed: number};
	/** Notes that the socket with this id was closed in the kernel at the person's request: the entry about its end will say so. */
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
	const completion = createCompletion(table, entries);
	/** Slots and ids of connections that have come into TIME-WAIT before their last counters were there. */
	let awaited: ReadonlyArray<readonly [slot: number, id: number]> = [];
	const destroyedByHand = new Set<number>();
	/** Ids of sockets whose connection is over, which an entry says, and which are held. */
	const held = new Set<number>();
	/** Id of the last entry before the current sample, and of the last one that was taken. */
	let recordedBefore = 0;
	let taken = 0;
	let missedByPolls = 0;

	const append = (slot: number, facts: EntryFacts): number => {
		const entry = entries.append(table, slot, facts);
		if (keepNamespace !== undefined) {
			entries.core.namespace[entry] = keepNamespace(table.core.namespace[slot]);
		}

		completion.add(entry, slot);
		return entry;
	};

	const hasFlag = (slot: number, flag: number): boolean => (table.core.life[slot] & flag) !== 0;

	/** Whether a TCP socket has no connection any more, but still the peer of the one that it had. */
	const isHeld = (slot: number): boolean => {
		const {protocol, state, peerPort} = table.core;
		return protocol[slot] === Protocol.tcp && state[slot] === State.unconnected && peerPort[slot] !== 0;
	};

	/** Notes the end of a socket, whose last state is the one given: its duration is that of the connection, without TIME-WAIT. */
	const close = (slot: number, time: number, isAccepted: IsAccepted, state = table.core.state[slot]): void => {
		const {protocol, closeEvidence, id, stateSince, openedAt} = table.core;
		const isByHand = destroyedByHand.delete(id[slot]);
		const reason = closeReasonOf({
			protocol: protocol[slot], state, evidence: closeEvidence[slot], isAccepted: () => isAccepted(slot),
		});
		const entry = append(slot, {event: Event.closed, time, reason: isByHand ? destroyed : reason});
		const {core} = entries;
		core.life[entry] |= Life.closed;
		core.state[entry] = state;
		const isTimeWait = state === State.timeWait;
		core.closedAt[entry] = isTimeWait ? stateSince[slot] : table.now;
		// Nobody has seen it before it was over.
		core.life[entry] |= isTimeWait && stateSince[slot] === openedAt[slot] ? Life.unseen : 0;
	};

	const noteClosed = (slot: number, time: number, isAccepted: IsAccepted): void => {
		const {core} = table;
		if (hasFlag(slot, Life.dropped) || core.state[slot] === State.timeWait) {
			return;
		}

		if (!isHeld(slot)) {
			close(slot, time, isAccepted);
			return;
		}

		// What was over before conntop was there is no event, nor is what an entry says already, or another row stands for.
		const isNoEvent = held.delete(core.id[slot]) || hasFlag(slot, Life.initial) || (core.traits[slot] & Trait.leftover) !== 0;
		if (isNoEvent) {
			return;
		}

		core.life[slot] |= Life.unseen;
		close(slot, time, isAccepted);
	};

	const recordInParts: Journal['recordInParts'] = function * (changes, time) {
		const {opened, changed, previousStates, closed, unseen} = changes;
		const {core} = table;
		entries.begin(table.now);
		recordedBefore = entries.entries;
		const isAccepted = createAcceptance(table);
		completion.takeCounters(changes, isAccepted);
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
			if (hasFlag(slot, Life.initial) || isHeld(slot)) {
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
			} else if (isHeld(slot)) {
				held.add(core.id[slot]);
				close(slot, time, isAccepted, previousStates[index]);
			} else {
				held.delete(core.id[slot]);
				append(slot, {event: Event.changed, time, previousState: previousStates[index]});
			}
		});
		yield * inParts(closed, slot => {
			noteClosed(slot, time, isAccepted);
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
		completion.takeOwners();
	};

	return {
		table: entries,
		record(...recorded) {
			wholeOf(recordInParts(...recorded));
		},
		recordInParts,
		takeSettled() {
			const end = completion.firstWithoutOwner(recordedBefore) ?? entries.entries + 1;
			const first = Math.max(taken + 1, entries.entries - length + 1);
			const missed = first - taken - 1;
			const slots = Array.from({length: Math.max(0, end - first)}, (_, index) => entries.slotOf(first + index));
			taken = Math.max(taken + missed, end - 1);
			return {slots, missed};
		},
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
const createAcceptance = (table: SocketTable): IsAccepted => {
	let find: ((slot: number) => number) | undefined;
	return slot => {
		find ??= findListeners(table);
		return find(slot) !== -1;
	};
};
