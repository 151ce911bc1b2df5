/**
Merges the kernel's news of ended sockets into the table.

What they mean is subtle. A TCP socket's end comes with its last counters, but its connection may live on in TIME-WAIT, as a small socket without counters;
whether it does, only a dump that began after the news, or an exact look-up, can tell. A socket that nobody had dumped before gets its cookie with the
news, and its shadow in TIME-WAIT gets another: those two are joined by their addresses. News may come some milliseconds late. A connection that its own
process has reset (SO_LINGER of 0), or that was refused, has lost its peer and its counters by then.
*/
import type {DestroyFeed} from '../netlink/destroy-feed.js';
import {readEnding, type Ending} from '../netlink/ending.js';
import type {Views} from '../netlink/framing.js';
import {createInetParser} from '../netlink/inet-parser.js';
import {readLastWords} from '../netlink/last-words.js';
import {absent, Life, type OptionalColumn} from '../table/columns.js';
import {Protocol} from '../table/protocols.js';
import type {SocketTable} from '../table/socket-table.js';
import {createShadows, isMini} from './mini-sockets.js';

/** Cookies of sockets that were closed before their news came: so many are remembered. */
const remembered = 4096;

export type Endings = {
	/** Merges what came before this sample. To be called before its first dump; `isWatched` tells which protocols the sample is about. */
	readonly mergeEarly: (columns: ReadonlySet<OptionalColumn>, isWatched: (protocol: number) => boolean) => void;
	/** Takes what has come in the meantime, without merging: cheap enough to be called again and again during a dump. */
	readonly drain: () => void;
	/**
	Decides about the rest, after the last dump: sockets that are in no dump and not in TIME-WAIT are unseen ones.

	@param isTcpComplete Whether the dumps contained all of TCP; if not, the decision waits for the next sample.
	*/
	readonly mergeLate: (isTcpComplete: boolean) => void;
	/** Whether no news were lost since the sample before: then a socket without news is alive, as far as the kernel sends news of its kind. */
	readonly isWhole: () => boolean;
	/** Slots of TCP sockets whose last counters this sample has merged. */
	readonly finished: () => readonly number[];
	/** News lost so far. */
	readonly lost: () => number;
	/** Hands on where the news of a socket's end stand whenever some are merged, until the returned function is called. */
	readonly onEnding: OnEnding;
	readonly close: () => void;
};

/** Takes who wants to read the news of ends as well: the slot, and where the message stands in the views. */
export type OnEnding = (listener: (slot: number, views: Views, start: number, end: number) => void) => () => void;

const protocolOf = ({ipProtocol}: Ending): number | undefined => {
	switch (ipProtocol) {
		case 6: {
			return Protocol.tcp;
		}

		case 17: {
			return Protocol.udp;
		}

		case 136: {
			return Protocol.udplite;
		}

		default: {
			return undefined;
		}
	}
};

export const createEndings = (table: SocketTable, feed: DestroyFeed, kernel = 0): Endings => {
	const parser = createInetParser(table, feed.views, kernel);
	const shadows = createShadows(table);
	const listeners = new Set<Parameters<OnEnding>[0]>();
	let prepared = -1;
	/** Cookie → slot of sockets that were closed without news. */
	const closedEarly = new Map<number, number>();
	let columns: ReadonlySet<OptionalColumn> = new Set();
	let isWatched: (protocol: number) => boolean = () => true;
	/** News that came before the dumps of this sample and belong to no row: so many, at the start of the queue. */
	let undecided = 0;
	let finished: number[] = [];
	let lostBefore = 0;
	let isWhole = true;

	const rememberClosed = (): void => {
		const {core, lingering, previousSampleAt} = table;
		for (let index = lingering.length - 1; index >= 0; index--) {
			const slot = lingering[index];
			if (core.closedAt[slot] < previousSampleAt) {
				break;
			}

			if (core.namespace[slot] === table.namespace && (core.life[slot] & Life.ended) === 0 && !isMini(table, slot)) {
				closedEarly.set(cookieKey(core.cookieLow[slot], core.cookieHigh[slot]), slot);
			}
		}

		for (const key of closedEarly.keys()) {
			if (closedEarly.size <= remembered) {
				break;
			}

			closedEarly.delete(key);
		}
	};

	const takeCounters = (slot: number, start: number, end: number): void => {
		parser.parseAttributes(slot, start, end);
		for (const listener of listeners) {
			listener(slot, feed.views, start, end);
		}
	};

	/** Gives a row its last counters. */
	const finish = (slot: number, {peerPort}: Ending, start: number, end: number): void => {
		if (peerPort !== 0 || table.core.peerPort[slot] === 0) {
			takeCounters(slot, start, end);
		}

		table.core.life[slot] |= Life.ended;
		table.core.lastWords[slot] = readLastWords(feed.views, start, end);
		// Only a TCP connection can live on.
		if (table.core.protocol[slot] !== Protocol.tcp) {
			table.close(slot);
			return;
		}

		finished.push(slot);
		if (isMini(table, slot)) {
			table.clearRates(slot);
		}
	};

	const prepare = (protocol: number): void => {
		if (prepared === protocol) {
			return;
		}

		prepared = protocol;
		parser.prepare(protocol, columns);
	};

	/** Whether these are late news of a socket that was closed already; its row gets the counters while it lingers. */
	const isLate = ({cookieLow, cookieHigh, peerPort}: Ending, start: number, end: number): boolean => {
		const key = cookieKey(cookieLow, cookieHigh);
		const slot = closedEarly.get(key);
		if (slot === undefined) {
			return false;
		}

		closedEarly.delete(key);
		const {core} = table;
		if (peerPort !== 0 && table.isClosed(slot) && core.cookieLow[slot] === cookieLow && core.cookieHigh[slot] === cookieHigh) {
			takeCounters(slot, start, end);
			core.lastWords[slot] = readLastWords(feed.views, start, end);
			table.clearRates(slot);
		}

		return true;
	};

	/** A row for a socket that came and went between two samples. */
	const addUnseen = (start: number, end: number): void => {
		const slot = parser.parse(start, end);
		const {core} = table;
		// The message says 0, or all bits set, of what a destroyed socket does not have.
		core.uid[slot] = absent.u32;
		core.recvQ[slot] = 0;
		core.sendQ[slot] = 0;
		core.timer[slot] = 0;
		core.lastWords[slot] = readLastWords(feed.views, start, end);
		if (core.peerPort[slot] === 0) {
			core.bytesSent[slot] = NaN;
			core.bytesReceived[slot] = NaN;
			core.rtt[slot] = absent.u32;
		}

		table.closeUnseen(slot);
	};

	return {
		mergeEarly(newColumns, newIsWatched) {
			columns = newColumns;
			isWatched = newIsWatched;
			feed.drain();
			isWhole = feed.lost === lostBefore;
			lostBefore = feed.lost;
			rememberClosed();
			finished = [];
			prepared = -1;
			prepare(Protocol.tcp);
			feed.replay((start, end) => {
				const ending = readEnding(feed.views, start, end);
				const protocol = ending && protocolOf(ending);
				// Sockets that were never bound have no name to be called by.
				if (ending === undefined || protocol === undefined || !isWatched(protocol) || ending.localPort === 0) {
					return true;
				}

				const slot = table.find(ending.cookieLow, ending.cookieHigh);
				if (slot === -1) {
					return false;
				}

				finish(slot, ending, start, end);
				return true;
			});
			undecided = feed.waiting;
		},
		drain: feed.drain,
		mergeLate(isTcpComplete) {
			feed.drain();
			shadows.begin();
			const isFirst = Number.isNaN(table.previousSampleAt);
			prepared = -1;
			feed.replay((start, end, position) => {
				const ending = readEnding(feed.views, start, end);
				const protocol = ending && protocolOf(ending);
				if (ending === undefined || protocol === undefined || !isWatched(protocol) || ending.localPort === 0) {
					return true;
				}

				prepare(protocol);
				const {core, now} = table;
				const slot = table.find(ending.cookieLow, ending.cookieHigh);
				if (slot !== -1) {
					// A row that this sample has counted already would lose the bytes that moved since: it gets them in the next one.
					const isCounted = protocol === Protocol.tcp && core.sampledAt[slot] === now && !Number.isNaN(core.bytesSent[slot]);
					if (!isCounted) {
						finish(slot, ending, start, end);
					}

					return !isCounted;
				}

				if (position >= undecided || (protocol === Protocol.tcp && !isTcpComplete)) {
					return false;
				}

				const shadow = protocol === Protocol.tcp ? shadows.take(ending) : -1;
				if (shadow !== -1) {
					finish(shadow, ending, start, end);
				} else if (!isFirst && !isLate(ending, start, end)) {
					addUnseen(start, end);
				}

				return true;
			});
		},
		isWhole: () => isWhole,
		finished: () => finished,
		lost: () => feed.lost,
		onEnding(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		close: feed.close,
	};
};

/** One number for a cookie; exact below 2^53, which no kernel has counted to. */
const cookieKey = (low: number, high: number): number => high * 0x1_00_00_00_00 + low;
