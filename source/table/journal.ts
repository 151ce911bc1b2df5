import {wholeOf, type Parts} from '../parts/parts.js';
import {closeReasonOf, destroyed} from './close-reasons.js';
import {Life, Trait} from './columns/columns.js';
import {createCompletion, type IsAccepted, type Lacks} from './journal-completion.js';
import {Event, JournalTable, type EntryFacts} from './journal-table.js';
import {findListeners} from './listener-of.js';
import {Protocol} from './columns/protocols.js';
import type {Changes} from './changes.js';
import type {SocketTable} from './socket-table.js';
import {State} from './columns/states.js';

/** Default number of entries that are kept. */
export const defaultJournalLength = 10_000;

/** Changes recorded per part of `recordInParts`. */
const changesPerPart = 512;

const lacksAll: Lacks = {owners: true, counters: true};

/** Limit of the sockets remembered as closed at the user's request whose close has not been seen yet. */
const maxDestroyed = 1000;

export type Journal = {
	/** The entries. */
	readonly table: JournalTable;
	/**
	Records what a sample did, and completes earlier entries with what the sample found. Sockets that existed from the start are not recorded as opened, and
	dropped ones not as closed. A connection ends when it enters TIME-WAIT, or when its socket becomes unconnected but is still held: the entry is made then,
	not when the row goes.

	@param time Milliseconds since 1970.
	*/
	readonly record: (changes: Changes, time: number) => void;
	/** Does the same in parts of some hundred changes. All parts must be done before the next sample begins. */
	readonly recordInParts: (changes: Changes, time: number) => Parts;
	/** Gives the new entries to the only caller that wants them; `follow` is for several. */
	readonly takeCompleted: TakeCompleted;
	/** Returns a function that gives one of several callers the entries from now on. */
	readonly follow: () => TakeCompleted;
	/** Records that the socket with this id was closed in the kernel at the user's request, for the reason in the entry about its close. */
	readonly noteDestroyed: (id: number) => void;
	/** Keeps another number of entries, and none that are older, from the next changes on. */
	readonly keep: (limits: JournalLimits) => void;
	/** Number of sockets since the start that samples alone would have missed. */
	readonly missedByPolls: number;
};

/**
Gives the entries that are new since the last call, in order, for callers that report each entry once. An entry that lacks what the next sample may find, the owner
of its socket or its last counters, is held back until then; so are the entries after it.

@param lacks What the source may find later. Default: both.
@returns Slots of `table`, and how many entries were overwritten before they could be given.
*/
export type TakeCompleted = (lacks?: Lacks) => {readonly slots: readonly number[]; readonly missed: number};

/** How much of the past is kept. */
export type JournalLimits = {
	readonly entries: number;
	/** Milliseconds; Infinity for no limit. */
	readonly age: number;
};

export type JournalOptions = {
	/** Number of entries that are kept. */
	readonly length?: number | undefined;
	/** Maps the number of a network namespace in the table to a number that is never reused. Absent if only one namespace is shown. */
	readonly keepNamespace?: (number: number) => number;
};

/** Creates the journal: the bounded list of the changes seen. Memory grows with changes, not with sockets. */
export const createJournal = (table: SocketTable, {length = defaultJournalLength, keepNamespace}: JournalOptions = {}): Journal => {
	const entries = new JournalTable(length, table);
	const completion = createCompletion(table, entries);
	/** Slots and ids of connections that entered TIME-WAIT before their last counters arrived. */
	let awaited: ReadonlyArray<readonly [slot: number, id: number]> = [];
	const destroyedByHand = new Set<number>();
	/** Ids of held sockets whose connection has ended and has an entry already. */
	const held = new Set<number>();
	/** Id of the last entry before the current sample. */
	let recordedBefore = 0;
	/** Closed sockets that have got no entry, because there were more than entries are kept. */
	let passedOver = 0;
	let missedByPolls = 0;
	let limits: JournalLimits = {entries: length, age: Infinity};

	const append = (slot: number, facts: EntryFacts): number => {
		const entry = entries.append(table, slot, facts);
		if (keepNamespace !== undefined) {
			entries.core.namespace[entry] = keepNamespace(table.core.namespace[slot]);
		}

		completion.add(entry, slot);
		return entry;
	};

	const hasFlag = (slot: number, flag: number): boolean => (table.core.life[slot] & flag) !== 0;

	/** Whether a TCP socket has no connection any more, but still has the peer of its last one. */
	const isHeld = (slot: number): boolean => {
		const {protocol, state, peerPort} = table.core;
		return protocol[slot] === Protocol.tcp && state[slot] === State.unconnected && peerPort[slot] !== 0;
	};

	/** Adds an entry about the close of a socket with the given last state. Its duration is that of the connection, without TIME-WAIT. */
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
		// No sample saw the connection before it had ended.
		core.life[entry] |= isTimeWait && stateSince[slot] === openedAt[slot] ? Life.shortLived : 0;
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

		// Not an event: a close before the start, a close that already has an entry, or one that another row represents.
		const isNoEvent = held.delete(core.id[slot]) || hasFlag(slot, Life.initial) || (core.traits[slot] & Trait.leftover) !== 0;
		if (isNoEvent) {
			return;
		}

		core.life[slot] |= Life.shortLived;
		close(slot, time, isAccepted);
	};

	const recordInParts: Journal['recordInParts'] = function * (changes, time) {
		const {opened, changed, previousStates, closed, shortLived} = changes;
		const {core} = table;
		entries.resize(limits.entries);
		entries.forgetBefore(time - limits.age);
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

		/** Records that the connection has ended, once its last counters are there. */
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
		missedByPolls += shortLived.length;
		passedOver += Math.max(0, shortLived.length - entries.length);
		// More entries than are kept would only overwrite each other.
		yield * inParts(shortLived.slice(-entries.length), slot => {
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

	const follow = (): TakeCompleted => {
		/** Id of the last entry that was given. */
		let taken = entries.entries;
		let passedOverBefore = passedOver;
		return (lacks = lacksAll) => {
			const end = completion.firstIncomplete(recordedBefore, lacks) ?? entries.entries + 1;
			const first = Math.max(taken + 1, entries.first);
			const forgotten = first - taken - 1;
			const missed = forgotten + passedOver - passedOverBefore;
			passedOverBefore = passedOver;
			const slots = Array.from({length: Math.max(0, end - first)}, (_, index) => entries.slotOf(first + index));
			taken = Math.max(taken + forgotten, end - 1);
			return {slots, missed};
		};
	};

	return {
		table: entries,
		record(...recorded) {
			wholeOf(recordInParts(...recorded));
		},
		recordInParts,
		takeCompleted: follow(),
		follow,
		keep(newLimits) {
			limits = newLimits;
		},
		noteDestroyed(id) {
			if (destroyedByHand.size < maxDestroyed) {
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

/** Returns a function that tells whether a connection was accepted here, provided that its listener still listens. Searches the table on the first call. */
const createAcceptance = (table: SocketTable): IsAccepted => {
	let find: ((slot: number) => number) | undefined;
	return slot => {
		find ??= findListeners(table);
		return find(slot) !== -1;
	};
};
