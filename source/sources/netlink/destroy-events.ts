/**
Merges the kernel's destroy events into the table, each at the moment of a sample at which it can be decided: before the dumps, after them, or in the next sample.
*/
import type {DestroyFeed} from '../../netlink/destroy-feed.js';
import {readDestroyEvent} from '../../netlink/destroy-event.js';
import type {OptionalColumn} from '../../table/columns/columns.js';
import {Protocol} from '../../table/columns/protocols.js';
import type {SocketTable} from '../../table/socket-table.js';
import {createDestroyedSockets, type DestroyMessage, type OnDestroyEvent} from './destroyed-sockets.js';

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

const protocolNumbers: ReadonlyMap<number, number> = new Map([[6, Protocol.tcp], [17, Protocol.udp], [136, Protocol.udplite]]);

export const createDestroyEvents = (table: SocketTable, feed: DestroyFeed, {kernel = 0, namespace = 0} = {}): DestroyEvents => {
	const {views} = feed;
	const sockets = createDestroyedSockets(table, views, {kernel, namespace});
	let prepared = -1;
	let columns: ReadonlySet<OptionalColumn> = new Set();
	let isWatched: (protocol: number) => boolean = () => true;
	/** Number of events at the start of the queue that came before the dumps of this sample, and that only these can decide. */
	let undecided = 0;
	let lostBefore = 0;
	let isWhole = true;

	const prepare = (protocol: number): void => {
		if (prepared === protocol) {
			return;
		}

		prepared = protocol;
		sockets.prepare(protocol, columns);
	};

	/** Parses an event, if its protocol is watched. Sockets that were never bound have no address to show. */
	const read = (start: number, end: number): DestroyMessage | undefined => {
		const event = readDestroyEvent(views, start, end);
		const protocol = event && protocolNumbers.get(event.ipProtocol);
		if (event === undefined || protocol === undefined || !isWatched(protocol) || event.localPort === 0) {
			return undefined;
		}

		return {
			event, protocol, start, end,
		};
	};

	/** Passes on the stored messages, each of them prepared for. `isDone` returns whether the message is done; others stay stored. */
	const replay = (isDone: (message: DestroyMessage, position: number) => boolean): void => {
		prepared = -1;
		feed.replay((start, end, position) => {
			const message = read(start, end);
			if (message === undefined) {
				return true;
			}

			prepare(message.protocol);
			return isDone(message, position);
		});
	};

	/** Whether the current sample has counted the bytes of a row already. */
	const isCounted = (slot: number): boolean => {
		const {core, now} = table;
		return core.protocol[slot] === Protocol.tcp && core.sampledAt[slot] === now && !Number.isNaN(core.bytesSent[slot]);
	};

	return {
		mergeBeforeDump(newColumns, newIsWatched) {
			columns = newColumns;
			isWatched = newIsWatched;
			feed.drain();
			isWhole = feed.lost === lostBefore;
			lostBefore = feed.lost;
			sockets.begin();
			replay(message => {
				const slot = sockets.rowOf(message);
				return slot !== -1 && sockets.didMerge(slot, message, true);
			});
			undecided = feed.waiting;
		},
		drain: feed.drain,
		mergeAfterDump(isTcpComplete) {
			feed.drain();
			sockets.endDumps();
			const isFirst = Number.isNaN(table.previousSampleAt);
			replay((message, position) => {
				const canWait = position >= undecided;
				const slot = sockets.rowOf(message);
				if (slot !== -1) {
					// Setting the counters again now would lose the bytes that moved since this sample counted them: the row gets them in the next sample.
					return !isCounted(slot) && sockets.didMerge(slot, message, canWait);
				}

				if (canWait || (message.protocol === Protocol.tcp && !isTcpComplete)) {
					return false;
				}

				// What closed before the first sample is of no interest.
				if (!sockets.didMergeElsewhere(message) && !isFirst) {
					sockets.addShortLived(message);
				}

				return true;
			});
		},
		discountFins: sockets.discountFins,
		isWhole: () => isWhole,
		finished: sockets.finished,
		lost: () => feed.lost,
		onEvent: sockets.onEvent,
		close() {
			sockets.close();
			feed.close();
		},
	};
};
