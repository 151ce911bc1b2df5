/**
Merges the kernel's destroy events into the table.

Their meaning is subtle:

- The event of a TCP socket brings its last counters, but the connection may live on in TIME-WAIT, as a minisocket without counters. Only a dump that began
after the event, or an exact look-up, can tell.
- A connection whose request socket was dumped may have another cookie than that (`table/former-rows.ts`).
- A socket that was never dumped before gets its cookie with the event, and its minisocket gets another one. They are joined by their addresses.
- Events may come some milliseconds late, or long after the connection ended, if a process keeps its descriptor.
- A connection that its own process has reset (SO_LINGER of 0), or that was refused, has lost its peer and its counters by then.
*/
import {readCloseEvidence, readLastCounters} from '../../netlink/close-evidence.js';
import type {DestroyFeed} from '../../netlink/destroy-feed.js';
import {readDestroyEvent, type DestroyEvent} from '../../netlink/destroy-event.js';
import type {Views} from '../../netlink/framing.js';
import {createInetParser} from '../../netlink/inet-parser.js';
import {CloseEvidence, laterEvidence} from '../../table/close-reasons.js';
import {
	absent,
	Trait,
	type OptionalColumn,
} from '../../table/columns/columns.js';
import {Protocol} from '../../table/columns/protocols.js';
import type {SocketTable} from '../../table/socket-table.js';
import {State} from '../../table/columns/states.js';
import {createClosedEarly} from './closed-early.js';
import {createMiniSockets, isMini} from './mini-sockets.js';
import {createReceivedFins} from './received-fins.js';

export type DestroyEvents = {
	/** Merges the events that came before this sample. Call it before the first dump; `isWatched` tells which protocols the sample contains. */
	readonly mergeBeforeDump: (columns: ReadonlySet<OptionalColumn>, isWatched: (protocol: number) => boolean) => void;
	/** Receives the events that have arrived, without merging them: cheap enough to be called repeatedly during a dump. */
	readonly drain: () => void;
	/**
	Handles the remaining events, after the last dump: sockets that are in no dump and not in TIME-WAIT have opened and closed since the previous sample.

	@param isTcpComplete Whether the dumps contained all of TCP. If not, these events wait for the next sample.
	*/
	readonly mergeAfterDump: (isTcpComplete: boolean) => void;
	/** Subtracts FINs from received bytes, which depends on which side closed first. Call it last, after look-ups have found what the dumps missed. */
	readonly discountFins: () => void;
	/** Whether no events were dropped since the previous sample: then a socket without an event is alive, if the kernel sends events for its protocol. */
	readonly isWhole: () => boolean;
	/** Slots of TCP sockets whose last counters this sample has merged. */
	readonly finished: () => readonly number[];
	/** Number of events that were dropped so far. */
	readonly lost: () => number;
	/** Adds a listener that gets the position of each event when it is merged, until the returned function is called. */
	readonly onEvent: OnDestroyEvent;
	readonly close: () => void;
};

/** Adds a listener for events: it gets the slot, and the position of the message in the views. */
export type OnDestroyEvent = (listener: (slot: number, views: Views, start: number, end: number) => void) => () => void;

const protocolNumbers: ReadonlyMap<number, number> = new Map([[6, Protocol.tcp], [17, Protocol.udp], [136, Protocol.udplite]]);

export const createDestroyEvents = (table: SocketTable, feed: DestroyFeed, {kernel = 0, namespace = 0} = {}): DestroyEvents => {
	const {views} = feed;
	const parser = createInetParser(table, views, kernel);
	const minis = createMiniSockets(table);
	const fins = createReceivedFins(table, views);
	const closedEarly = createClosedEarly(table, namespace);
	const listeners = new Set<Parameters<OnDestroyEvent>[0]>();
	let prepared = -1;
	let columns: ReadonlySet<OptionalColumn> = new Set();
	let isWatched: (protocol: number) => boolean = () => true;
	/** Number of events at the start of the queue that came before the dumps of this sample, and that only these can decide. */
	let undecided = 0;
	let finished: number[] = [];
	let lostBefore = 0;
	let isWhole = true;

	/** Copies the counters of an event to a row, unless the socket has lost them with its peer. */
	const takeCounters = (slot: number, {peerPort}: DestroyEvent, start: number, end: number): void => {
		if (peerPort === 0 && table.core.peerPort[slot] !== 0) {
			return;
		}

		parser.parseAttributes(slot, start, end);
		for (const listener of listeners) {
			listener(slot, views, start, end);
		}
	};

	/** Sets the last counters of a socket that has ended. */
	const finish = (slot: number, event: DestroyEvent, start: number, end: number): void => {
		const {core} = table;
		const last = readCloseEvidence(views, start, end);
		takeCounters(slot, event, start, end);
		table.noteDestroyed(slot);
		core.closeEvidence[slot] = core.state[slot] === State.unconnected ? laterEvidence(core.closeEvidence[slot], last) : last;
		// Only a TCP connection can live on.
		if (core.protocol[slot] !== Protocol.tcp) {
			table.close(slot);
			return;
		}

		finished.push(slot);
		if ((core.traits[slot] & Trait.leftover) === 0) {
			fins.note({slot, id: core.id[slot]}, event, {start, end, evidence: last});
		}

		if (isMini(table, slot)) {
			table.clearRates(slot);
		}
	};

	/** Whether an event belongs to a minisocket with another cookie. If so, that one gets its counters. */
	const isOfMini = (event: DestroyEvent, start: number, end: number): boolean => {
		const mini = minis.take(event);
		if (mini === undefined) {
			return false;
		}

		if (table.core.id[mini.slot] === mini.id && !table.isClosed(mini.slot) && table.isUsed(mini.slot)) {
			finish(mini.slot, event, start, end);
		} else {
			noteLate({...mini, last: {state: State.timeWait, hasFin: false}}, event, start, end);
		}

		return true;
	};

	/** Records the last counters of a socket whose row was closed in an earlier sample. */
	const noteLate = (
		row: {readonly slot: number; readonly id: number; readonly last: {readonly state: number; readonly hasFin: boolean}}, event: DestroyEvent, start: number, end: number,
	): void => {
		const evidence = readCloseEvidence(views, start, end);
		const counters = readLastCounters(views, start, end);
		fins.note(row, event, {start, end, evidence});
		table.noteLate({
			id: row.id,
			evidence,
			...(counters !== undefined && {
				bytesSent: counters.sent,
				bytesReceived: Math.max(0, counters.received - (row.last.hasFin ? 1 : 0)),
				...(counters.rtt !== 0 && {rtt: counters.rtt}),
			}),
		});
	};

	/** Whether this is the late event of a socket that is closed already. If so, its row gets the counters while it lingers. */
	const isLate = (event: DestroyEvent, start: number, end: number): boolean => {
		const row = closedEarly.take(event);
		if (row === undefined) {
			return false;
		}

		const {core} = table;
		const {slot} = row;
		if (core.id[slot] === row.id && table.isClosed(slot)) {
			takeCounters(slot, event, start, end);
			core.closeEvidence[slot] = laterEvidence(core.closeEvidence[slot], readCloseEvidence(views, start, end));
			table.clearRates(slot);
		}

		noteLate(row, event, start, end);
		return true;
	};

	const prepare = (protocol: number): void => {
		if (prepared === protocol) {
			return;
		}

		prepared = protocol;
		parser.prepare(protocol, columns);
	};

	/** Adds a row for a short-lived socket. */
	const addShortLived = (event: DestroyEvent, start: number, end: number): void => {
		const slot = parser.parse(start, end);
		const {core} = table;
		const evidence = readCloseEvidence(views, start, end);
		// The message has 0, or all bits set, for what a destroyed socket does not have.
		core.uid[slot] = absent.u32;
		core.recvQ[slot] = 0;
		core.sendQ[slot] = 0;
		core.timer[slot] = 0;
		core.closeEvidence[slot] = evidence;
		if (core.peerPort[slot] === 0) {
			core.bytesSent[slot] = NaN;
			core.bytesReceived[slot] = NaN;
			core.rtt[slot] = absent.u32;
		} else if (core.protocol[slot] === Protocol.tcp) {
			fins.note({slot, id: core.id[slot]}, event, {start, end, evidence});
		}

		table.closeShortLived(slot);
	};

	/** Parses an event, if its protocol is watched. Sockets that were never bound have no address to show. */
	const read = (start: number, end: number): {readonly event: DestroyEvent; readonly protocol: number} | undefined => {
		const event = readDestroyEvent(views, start, end);
		const protocol = event && protocolNumbers.get(event.ipProtocol);
		return event === undefined || protocol === undefined || !isWatched(protocol) || event.localPort === 0 ? undefined : {event, protocol};
	};

	/** The row of an event's socket, or -1. The row of a request socket becomes that of its connection. */
	const rowOf = (event: DestroyEvent, protocol: number): number => {
		const {cookieLow, cookieHigh} = event;
		const slot = table.find(cookieLow, cookieHigh);
		if (slot !== -1 || protocol !== Protocol.tcp) {
			return slot;
		}

		const request = table.findFormer(event, 'connection');
		if (request !== -1) {
			table.rename(request, cookieLow, cookieHigh);
			table.setState(request, Protocol.tcp, State.established);
		}

		return request;
	};

	/** Whether a row is of a socket that is held after its connection ended, and that was never seen connected. A minisocket may stand for the connection. */
	const isLeftover = (slot: number): boolean => {
		const {state, peerPort, protocol, closeEvidence} = table.core;
		return state[slot] === State.unconnected && peerPort[slot] !== 0 && protocol[slot] === Protocol.tcp && closeEvidence[slot] === CloseEvidence.none;
	};

	/** Whether a TCP socket that was only bound when a dump contained it has connected since. */
	const hasConnected = (slot: number, {peerPort: peer}: DestroyEvent): boolean => {
		const {state, peerPort, protocol} = table.core;
		return state[slot] === State.unconnected && peerPort[slot] === 0 && protocol[slot] === Protocol.tcp && peer !== 0;
	};

	/**
	Merges an event into the row of its socket. Returns false if it must wait: if a dump that began after the event is still to come, because only such a dump is sure to
	contain the minisocket.
	*/
	const isMerged = (slot: number, event: DestroyEvent, {start, end, canWait}: {readonly start: number; readonly end: number; readonly canWait: boolean}): boolean => {
		if (hasConnected(slot, event)) {
			parser.parseEndpoints(slot, start);
		}

		if (isLeftover(slot)) {
			// Its connection has a row in TIME-WAIT, or had one.
			if (isOfMini(event, start, end) || isLate(event, start, end)) {
				table.core.traits[slot] |= Trait.leftover;
			} else if (canWait) {
				return false;
			}
		}

		finish(slot, event, start, end);
		return true;
	};

	return {
		mergeBeforeDump(newColumns, newIsWatched) {
			columns = newColumns;
			isWatched = newIsWatched;
			feed.drain();
			isWhole = feed.lost === lostBefore;
			lostBefore = feed.lost;
			closedEarly.add();
			finished = [];
			prepared = -1;
			prepare(Protocol.tcp);
			feed.replay((start, end) => {
				const known = read(start, end);
				if (known === undefined) {
					return true;
				}

				const {event, protocol} = known;
				const slot = rowOf(event, protocol);
				return slot !== -1 && isMerged(slot, event, {start, end, canWait: true});
			});
			undecided = feed.waiting;
		},
		drain: feed.drain,
		mergeAfterDump(isTcpComplete) {
			feed.drain();
			minis.begin();
			const isFirst = Number.isNaN(table.previousSampleAt);
			prepared = -1;
			feed.replay((start, end, position) => {
				const known = read(start, end);
				if (known === undefined) {
					return true;
				}

				const {event, protocol} = known;
				prepare(protocol);
				const {core, now} = table;
				const slot = rowOf(event, protocol);
				if (slot !== -1) {
					// Setting the counters again now would lose the bytes that moved since this sample counted them: the row gets them in the next sample.
					const isCounted = protocol === Protocol.tcp && core.sampledAt[slot] === now && !Number.isNaN(core.bytesSent[slot]);
					return !isCounted && isMerged(slot, event, {start, end, canWait: position >= undecided});
				}

				if (position >= undecided || (protocol === Protocol.tcp && !isTcpComplete)) {
					return false;
				}

				const isKnown = (protocol === Protocol.tcp && isOfMini(event, start, end)) || isFirst || isLate(event, start, end);
				if (!isKnown) {
					addShortLived(event, start, end);
				}

				return true;
			});
		},
		discountFins: fins.discount,
		isWhole: () => isWhole,
		finished: () => finished,
		lost: () => feed.lost,
		onEvent(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		close() {
			closedEarly.close();
			feed.close();
		},
	};
};
