/**
Merges the kernel's destroy events into the table.

What they mean is subtle. The event of a TCP socket comes with its last counters, but its connection may live on in TIME-WAIT, as a mini socket without counters;
whether it does, only a dump that began after the event, or an exact look-up, can tell. A socket that nobody had dumped before gets its cookie with the
event, and its mini socket gets another: those two are joined by their addresses. Events may come some milliseconds late, and long after the connection
is over, where a process keeps its descriptor. A connection that its own process has reset (SO_LINGER of 0), or that was refused, has lost its peer and its
counters by then.
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
	/** Merges what came before this sample. To be called before its first dump; `isWatched` tells which protocols the sample is about. */
	readonly mergeBeforeDump: (columns: ReadonlySet<OptionalColumn>, isWatched: (protocol: number) => boolean) => void;
	/** Takes what has come in the meantime, without merging: cheap enough to be called again and again during a dump. */
	readonly drain: () => void;
	/**
	Decides about the rest, after the last dump: sockets that are in no dump and not in TIME-WAIT opened and closed since the sample before.

	@param isTcpComplete Whether the dumps contained all of TCP; if not, the decision waits for the next sample.
	*/
	readonly mergeAfterDump: (isTcpComplete: boolean) => void;
	/** Decides what depends on who closed a connection first. To be called last, when look-ups have found what the dumps lost. */
	readonly settle: () => void;
	/** Whether no events were dropped since the sample before: then a socket without event is alive, as far as the kernel sends events of its kind. */
	readonly isWhole: () => boolean;
	/** Slots of TCP sockets whose last counters this sample has merged. */
	readonly finished: () => readonly number[];
	/** Events that were dropped so far. */
	readonly lost: () => number;
	/** Hands on where the event of a socket stands whenever some are merged, until the returned function is called. */
	readonly onEvent: OnDestroyEvent;
	readonly close: () => void;
};

/** Takes who wants to read the events as well: the slot, and where the message stands in the views. */
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
	/** Events that came before the dumps of this sample and belong to no row: so many, at the start of the queue. */
	let undecided = 0;
	let finished: number[] = [];
	let lostBefore = 0;
	let isWhole = true;

	/** Gives a row the counters of an event, unless the socket has lost them with its peer. */
	const takeCounters = (slot: number, {peerPort}: DestroyEvent, start: number, end: number): void => {
		if (peerPort === 0 && table.core.peerPort[slot] !== 0) {
			return;
		}

		parser.parseAttributes(slot, start, end);
		for (const listener of listeners) {
			listener(slot, views, start, end);
		}
	};

	/** Gives the row of a socket that ended its last counters. */
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

	/** Whether an event belongs to a mini socket of another cookie, which gets its counters. */
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

	/** Hands on the last counters of a socket whose row was closed in an earlier sample. */
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

	/** Whether this is the late event of a socket that was closed already; its row gets the counters while it lingers. */
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

	/** A row for a socket that opened and closed between two samples. */
	const addUnseen = (event: DestroyEvent, start: number, end: number): void => {
		const slot = parser.parse(start, end);
		const {core} = table;
		const evidence = readCloseEvidence(views, start, end);
		// The message says 0, or all bits set, of what a destroyed socket does not have.
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

		table.closeUnseen(slot);
	};

	/** What an event is about, where it is of a protocol that the sample is about. Sockets that were never bound have no name to be called by. */
	const read = (start: number, end: number): {readonly event: DestroyEvent; readonly protocol: number} | undefined => {
		const event = readDestroyEvent(views, start, end);
		const protocol = event && protocolNumbers.get(event.ipProtocol);
		return event === undefined || protocol === undefined || !isWatched(protocol) || event.localPort === 0 ? undefined : {event, protocol};
	};

	/** Whether a row is of a socket that is held after its connection was over, and never was seen to be connected. A mini socket may stand for the connection. */
	const isLeftover = (slot: number): boolean => {
		const {state, peerPort, protocol, closeEvidence} = table.core;
		return state[slot] === State.unconnected && peerPort[slot] !== 0 && protocol[slot] === Protocol.tcp && closeEvidence[slot] === CloseEvidence.none;
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

				const {event} = known;
				const slot = table.find(event.cookieLow, event.cookieHigh);
				if (slot === -1) {
					return false;
				}

				table.core.traits[slot] |= isLeftover(slot) && isOfMini(event, start, end) ? Trait.leftover : 0;
				finish(slot, event, start, end);
				return true;
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
				const slot = table.find(event.cookieLow, event.cookieHigh);
				if (slot !== -1) {
					// A row that this sample has counted already would lose the bytes that moved since: it gets them in the next one.
					const isCounted = protocol === Protocol.tcp && core.sampledAt[slot] === now && !Number.isNaN(core.bytesSent[slot]);
					if (!isCounted) {
						finish(slot, event, start, end);
					}

					return !isCounted;
				}

				if (position >= undecided || (protocol === Protocol.tcp && !isTcpComplete)) {
					return false;
				}

				const isKnown = (protocol === Protocol.tcp && isOfMini(event, start, end)) || isFirst || isLate(event, start, end);
				if (!isKnown) {
					addUnseen(event, start, end);
				}

				return true;
			});
		},
		settle: fins.settle,
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
