import {Life, Trait, type ColumnName} from './columns.js';
import {closeReasonOf, destroyed, laterEvidence} from './close-reasons.js';
import {Event, JournalTable, type EntryFacts} from './journal-table.js';
import {findListeners} from './listener-of.js';
import {Protocol} from './protocols.js';
import type {Changes, LateCounters, SocketTable} from './socket-table.js';
import {State} from './states.js';

/** Entries that are kept. */
const defaultLength = 10_000;

/** Sockets that a person has closed in the kernel, and that have not closed yet: so many are remembered. */
const mostDestroyed = 1000;

/** What an entry gets when the owner of its socket is found later. */
const ownerColumns: readonly ColumnName[] = ['owners', 'inode', 'uid'];

/** What it gets when the last counters of its socket come later. */
const counterColumns: readonly ColumnName[] = ['bytesSent', 'bytesReceived', 'rtt', 'closeEvidence'];

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

/** An entry about a socket whose owner is not known yet. */
type WithoutOwner = {readonly entry: number; readonly slot: number; readonly socket: number};

/** The bounded list of the changes seen. There is an entry for each change, none for each socket. */
export const createJournal = (table: SocketTable, {length = defaultLength, keepNamespace}: JournalOptions = {}): Journal => {
	const entries = new JournalTable(length);
	/** Slots and ids of connections that have come into TIME-WAIT before their last counters were there. */
	let awaited: ReadonlyArray<readonly [slot: number, id: number]> = [];
	const destroyedByHand = new Set<number>();
	/** Ids of sockets whose connection is over, which an entry says, and which are held. */
	const held = new Set<number>();
	/** By id of a socket: the id of the entry about its end, whose last counters are still to come. */
	const unfinished = new Map<number, number>();
	let withoutOwner: WithoutOwner[] = [];
	/** Id of the last entry before the current `record`, and of the last one that was taken. */
	let recordedBefore = 0;
	let taken = 0;
	let missedByPolls = 0;

	const isKept = (entry: number): boolean => entry > entries.entries - length;

	const append = (slot: number, facts: EntryFacts): number => {
		const entry = entries.append(table, slot, facts);
		if (keepNamespace !== undefined) {
			entries.core.namespace[entry] = keepNamespace(table.core.namespace[slot]);
		}

		if (facts.event !== Event.closed && table.core.owners[slot] === 0) {
			withoutOwner.push({entry: entries.core.id[entry], slot, socket: table.core.id[slot]});
		}

		return entry;
	};

	const hasFlag = (slot: number, flag: number): boolean => (table.core.life[slot] & flag) !== 0;

	/** Whether a TCP socket has no connection any more, but still the peer of the one that it had. */
	const isHeld = (slot: number): boolean => {
		const {protocol, state, peerPort} = table.core;
		return protocol[slot] === Protocol.tcp && state[slot] === State.unconnected && peerPort[slot] !== 0;
	};

	/** Notes the end of a socket, whose last state is the one given: its duration is that of the connection, without TIME-WAIT. */
	const close = (slot: number, time: number, isAccepted: (slot: number) => boolean, state = table.core.state[slot]): void => {
		const {protocol, closeEvidence, id, stateSince, openedAt} = table.core;
		const isByHand = destroyedByHand.delete(id[slot]);
		const reason = closeReasonOf({
			protocol: protocol[slot], state, evidence: closeEvidence[slot], isAccepted: () => isAccepted(slot),
		});
		const entry = append(slot, {event: Event.closed, time, reason: isByHand ? destroyed : reason});
		const {core} = entries;
		core.life[entry] |= Life.closed;
		core.state[entry] = state;
		if (protocol[slot] === Protocol.tcp && !hasFlag(slot, Life.ended)) {
			unfinished.set(id[slot], core.id[entry]);
		}

		if (state === State.timeWait) {
			core.closedAt[entry] = stateSince[slot];
			// Nobody has seen it before it was over.
			core.life[entry] |= stateSince[slot] === openedAt[slot] ? Life.unseen : 0;
		} else if (Number.isNaN(core.closedAt[entry])) {
			core.closedAt[entry] = table.now;
		}
	};

	/** Tells again why a connection closed, when more is known. */
	const updateReason = (entry: number, isAccepted: () => boolean): void => {
		const {core, ended} = entries;
		if (ended[entry] !== destroyed) {
			ended[entry] = closeReasonOf({
				protocol: core.protocol[entry], state: core.state[entry], evidence: core.closeEvidence[entry], isAccepted,
			});
		}
	};

	/** Completes the entry about the end of a socket by the last counters in its row. */
	const completeFromRow = (entry: number, slot: number, isAccepted: (slot: number) => boolean): void => {
		entries.copy([...counterColumns, ...entries.wanted], table, slot, entry);
		updateReason(entry, () => isAccepted(slot));
	};

	/** The same for a row that may be gone. */
	const completeLate = (entry: number, {evidence, bytesSent, bytesReceived, rtt}: LateCounters): void => {
		const {core} = entries;
		core.bytesSent[entry] = bytesSent ?? core.bytesSent[entry];
		core.bytesReceived[entry] = bytesReceived ?? core.bytesReceived[entry];
		core.rtt[entry] = rtt ?? core.rtt[entry];
		core.closeEvidence[entry] = laterEvidence(core.closeEvidence[entry], evidence ?? core.closeEvidence[entry]);
		updateReason(entry, () => false);
	};

	/** Completes earlier entries by last counters that have come since. */
	const complete = ({counted, late}: Pick<Changes, 'counted' | 'late'>, isAccepted: (slot: number) => boolean): void => {
		let ends: ReadonlyMap<number, number> | undefined;
		const find = (id: number): number | undefined => {
			const entry = unfinished.get(id) ?? (ends ??= entries.ends()).get(id);
			unfinished.delete(id);
			return entry !== undefined && isKept(entry) ? entries.slotOf(entry) : undefined;
		};

		for (const counters of late) {
			const entry = find(counters.id);
			if (entry !== undefined) {
				completeLate(entry, counters);
			}
		}

		for (const slot of counted) {
			const id = table.core.id[slot];
			const entry = unfinished.has(id) || table.core.closedAt[slot] < table.now ? find(id) : undefined;
			if (entry !== undefined) {
				completeFromRow(entry, slot, isAccepted);
			}
		}

		for (const [id, entry] of unfinished) {
			if (isKept(entry)) {
				break;
			}

			unfinished.delete(id);
		}
	};

	/** Completes entries about sockets whose owners are known now; those of sockets that are gone are given up. */
	const findOwners = (): void => {
		const {id, owners} = table.core;
		withoutOwner = withoutOwner.filter(({entry, slot, socket}) => {
			if (!isKept(entry) || id[slot] !== socket || !table.isUsed(slot)) {
				return false;
			}

			if (owners[slot] !== 0) {
				entries.copy(ownerColumns, table, slot, entries.slotOf(entry));
			}

			return owners[slot] === 0 && !table.isClosed(slot);
		});
	};

	const recordOpened = (slots: readonly number[], time: number, enterTimeWait: (slot: number) => void): void => {
		for (const slot of slots) {
			if (hasFlag(slot, Life.initial) || isHeld(slot)) {
				continue;
			}

			if (table.core.state[slot] === State.timeWait) {
				enterTimeWait(slot);
			} else {
				append(slot, {event: Event.opened, time});
			}
		}
	};

	const recordClosed = (slot: number, time: number, isAccepted: (slot: number) => boolean): void => {
		const {core} = table;
		if (hasFlag(slot, Life.dropped) || core.state[slot] === State.timeWait) {
			return;
		}

		if (!isHeld(slot)) {
			close(slot, time, isAccepted);
			return;
		}

		const isTold = held.delete(core.id[slot]);
		// What was over before conntop was there is no event, nor is what another row stands for.
		if (!isTold && !hasFlag(slot, Life.initial) && (core.traits[slot] & Trait.leftover) === 0) {
			core.life[slot] |= Life.unseen;
			close(slot, time, isAccepted);
		}
	};

	return {
		table: entries,
		record(changes, time) {
			const {opened, changed, previousStates, closed, unseen} = changes;
			const {core} = table;
			entries.begin(table.now);
			recordedBefore = entries.entries;
			const isAccepted = createAcceptance(table);
			complete(changes, isAccepted);
			const waiting: Array<readonly [number, number]> = [];
			for (const [slot, id] of awaited) {
				if (core.id[slot] === id) {
					close(slot, time, isAccepted);
				}
			}

			/** The connection is over; its last counters may come late. */
			const enterTimeWait = (slot: number): void => {
				if (hasFlag(slot, Life.ended)) {
					close(slot, time, isAccepted);
				} else {
					waiting.push([slot, core.id[slot]]);
				}
			};

			recordOpened(opened, time, enterTimeWait);
			for (const [index, slot] of changed.entries()) {
				if (core.state[slot] === State.timeWait) {
					enterTimeWait(slot);
				} else if (isHeld(slot)) {
					held.add(core.id[slot]);
					close(slot, time, isAccepted, previousStates[index]);
				} else {
					held.delete(core.id[slot]);
					append(slot, {event: Event.changed, time, previousState: previousStates[index]});
				}
			}

			for (const slot of closed) {
				recordClosed(slot, time, isAccepted);
			}

			missedByPolls += unseen.length;
			// Those beyond would only push each other out.
			for (const slot of unseen.slice(-length)) {
				close(slot, time, isAccepted);
			}

			awaited = waiting.filter(([slot]) => {
				if (table.isClosed(slot)) {
					close(slot, time, isAccepted);
				}

				return !table.isClosed(slot);
			});
			findOwners();
		},
		takeSettled() {
			const last = withoutOwner.find(({entry}) => entry > recordedBefore)?.entry ?? entries.entries + 1;
			const first = Math.max(taken + 1, entries.entries - length + 1);
			const missed = first - taken - 1;
			const slots = Array.from({length: Math.max(0, last - first)}, (_, index) => entries.slotOf(first + index));
			taken = Math.max(taken + missed, last - 1);
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

/** Whether a connection was accepted here, as far as its listener still listens. The table is searched when the first one is asked for. */
const createAcceptance = (table: SocketTable): ((slot: number) => boolean) => {
	let find: ((slot: number) => number) | undefined;
	return slot => {
		find ??= findListeners(table);
		return find(slot) !== -1;
	};
};
