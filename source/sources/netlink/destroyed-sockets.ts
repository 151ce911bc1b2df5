/**
What a destroy event means for the row of its socket. That is subtle:

- The event of a TCP socket brings its last counters, but the connection may live on in TIME-WAIT, as a minisocket without counters. Only a dump that began
after the event, or an exact look-up, can tell.
- A connection whose request socket was dumped may have another cookie than that (`table/former-rows.ts`).
- A socket that was never dumped before gets its cookie with the event, and its minisocket gets another one. They are joined by their addresses.
- Events may come some milliseconds late, or long after the connection ended, if a process keeps its descriptor.
- A connection that its own process has reset (SO_LINGER of 0), or that was refused, has lost its peer and its counters by then.
*/
import {readCloseEvidence, readLastCounters} from '../../netlink/close-evidence.js';
import type {DestroyEvent} from '../../netlink/destroy-event.js';
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
import {createClosedEarly, type ClosedRow} from './closed-early.js';
import {createMiniSockets, isMini} from './mini-sockets.js';
import {createReceivedFins} from './received-fins.js';

/** A destroy event, and where its message is in the views. */
export type DestroyMessage = {
	readonly event: DestroyEvent;
	/** Number of the protocol in the table. */
	readonly protocol: number;
	readonly start: number;
	readonly end: number;
};

/** Adds a listener for events: it gets the slot, and the position of the message in the views. Returns a function that removes it. */
export type OnDestroyEvent = (listener: (slot: number, views: Views, start: number, end: number) => void) => () => void;

export type DestroyedSockets = {
	/** Starts a sample, before its dumps. */
	readonly begin: () => void;
	/** Takes note of what the dumps of the sample have opened. */
	readonly endDumps: () => void;
	/** Sets the protocol of the messages that follow, and the optional columns to fill. */
	readonly prepare: (protocol: number, columns: ReadonlySet<OptionalColumn>) => void;
	/** The row of a message's socket, or -1. The row of a request socket becomes that of its connection. */
	readonly rowOf: (message: DestroyMessage) => number;
	/**
	Merges a message into the row of its socket.

	@param canWait Whether a dump that began after the event is still to come.
	@returns False if the message must wait for that dump, because only such a dump is sure to contain the minisocket.
	*/
	readonly didMerge: (slot: number, message: DestroyMessage, canWait: boolean) => boolean;
	/** Merges a message into the row that a socket without a row of its own is joined with: its minisocket, or the row that it had. */
	readonly didMergeElsewhere: (message: DestroyMessage) => boolean;
	/** Adds a row for a socket that no dump contained. */
	readonly addShortLived: (message: DestroyMessage) => void;
	/** Subtracts FINs from received bytes. Call it when it is known which side of each connection closed first. */
	readonly discountFins: () => void;
	/** Slots of TCP sockets whose last counters this sample has merged. */
	readonly finished: () => readonly number[];
	readonly onEvent: OnDestroyEvent;
	readonly close: () => void;
};

/** @param views Where the messages are. */
export const createDestroyedSockets = (table: SocketTable, views: Views, {kernel = 0, namespace = 0} = {}): DestroyedSockets => {
	const parser = createInetParser(table, views, kernel);
	const minis = createMiniSockets(table);
	const fins = createReceivedFins(table, views);
	const closedEarly = createClosedEarly(table, namespace);
	const listeners = new Set<Parameters<OnDestroyEvent>[0]>();
	let finished: number[] = [];

	/** Copies the counters of an event to a row, unless the socket has lost them with its peer. */
	const takeCounters = (slot: number, {event, start, end}: DestroyMessage): void => {
		if (event.peerPort === 0 && table.core.peerPort[slot] !== 0) {
			return;
		}

		parser.parseAttributes(slot, start, end);
		for (const listener of listeners) {
			listener(slot, views, start, end);
		}
	};

	/** Sets the last counters of a socket that has ended. */
	const finish = (slot: number, message: DestroyMessage): void => {
		const {core} = table;
		const {event, start, end} = message;
		const last = readCloseEvidence(views, start, end);
		takeCounters(slot, message);
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

	/** Records the last counters of a socket whose row was closed in an earlier sample. */
	const noteLate = (row: ClosedRow, {event, start, end}: DestroyMessage): void => {
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

	/** Gives the counters to the minisocket with another cookie that the socket has become, if there is or was one. */
	const didGiveToMini = (message: DestroyMessage): boolean => {
		const mini = message.protocol === Protocol.tcp ? minis.take(message.event) : undefined;
		if (mini === undefined) {
			return false;
		}

		if (table.core.id[mini.slot] === mini.id && !table.isClosed(mini.slot) && table.isUsed(mini.slot)) {
			finish(mini.slot, message);
		} else {
			noteLate({...mini, last: {state: State.timeWait, hasFin: false}}, message);
		}

		return true;
	};

	/** Gives the counters to the row that the socket had until it was closed, if there was one. */
	const didGiveToClosed = (message: DestroyMessage): boolean => {
		const row = closedEarly.take(message.event);
		if (row === undefined) {
			return false;
		}

		const {core} = table;
		const {slot} = row;
		if (core.id[slot] === row.id && table.isClosed(slot)) {
			takeCounters(slot, message);
			core.closeEvidence[slot] = laterEvidence(core.closeEvidence[slot], readCloseEvidence(views, message.start, message.end));
			table.clearRates(slot);
		}

		noteLate(row, message);
		return true;
	};

	const didMergeElsewhere = (message: DestroyMessage): boolean => didGiveToMini(message) || didGiveToClosed(message);

	const isUnconnected = (slot: number): boolean => table.core.state[slot] === State.unconnected && table.core.protocol[slot] === Protocol.tcp;

	/** Whether a row is of a socket that is held after its connection ended, and that was never seen connected. Another row may represent the connection. */
	const isLeftover = (slot: number): boolean => isUnconnected(slot) && table.core.peerPort[slot] !== 0 && table.core.closeEvidence[slot] === CloseEvidence.none;

	/** Whether a socket that was only bound when a dump contained it has connected since. */
	const hasConnected = (slot: number, {peerPort}: DestroyEvent): boolean => isUnconnected(slot) && table.core.peerPort[slot] === 0 && peerPort !== 0;

	return {
		begin() {
			closedEarly.add();
			finished = [];
		},
		endDumps: minis.begin,
		prepare: parser.prepare,
		rowOf({event, protocol}) {
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
		},
		didMerge(slot, message, canWait) {
			if (hasConnected(slot, message.event)) {
				parser.parseEndpoints(slot, message.start);
			}

			if (isLeftover(slot)) {
				if (didMergeElsewhere(message)) {
					table.core.traits[slot] |= Trait.leftover;
				} else if (canWait) {
					return false;
				}
			}

			finish(slot, message);
			return true;
		},
		didMergeElsewhere,
		addShortLived({event, start, end}) {
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
		},
		discountFins: fins.discount,
		finished: () => finished,
		onEvent(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		close: closedEarly.close,
	};
};
