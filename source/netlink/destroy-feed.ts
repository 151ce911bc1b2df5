/**
Takes the kernel's news of ended sockets as they come and keeps them until a sample merges them. They are read a few milliseconds after they come, not
one by one: a wake-up costs more than a message, and the kernel's buffer holds hundreds even where it is small.
*/
import {SystemCallError} from '../system/system-calls.js';
import {
	createViews,
	headerLength,
	isLittleEndian,
	type Views,
} from './framing.js';
import {openDestroySocket, type DestroySocket} from './destroy-socket.js';

/** How long messages may gather in the kernel, once some have come. 20,000 ends a second are 200 messages then. */
const gatherMilliseconds = 10;

/** Longer than any message; one that is cut is lost. */
const messageBytes = 0x10_00;

/** Type of the messages (SOCK_DIAG_BY_FAMILY), and length of header and `struct inet_diag_msg`. */
const messageType = 20;
const leastLength = headerLength + 72;

/** Kept between samples: about 100,000 messages. What comes beyond is lost. */
const defaultCapacity = 0x2_80_00_00;
const initialBytes = 0x1_00_00;

export type DestroyFeed = {
	/** Where `replay` puts each message: parsers read from here. */
	readonly views: Views;
	/** Takes all that has come, without waiting. */
	readonly drain: () => void;
	/**
	Hands over the messages that are kept, in the order in which they came.

	@param isSettled Gets the bounds of a message behind its header, in `views`, and its position; says whether it is done with. Others stay, in order.
	*/
	readonly replay: (isSettled: (start: number, end: number, position: number) => boolean) => void;
	/** Messages that are kept. */
	readonly waiting: number;
	/** Messages lost so far, by the kernel for want of room or here. Where the kernel does not count, the times it lost some. */
	readonly lost: number;
	readonly close: () => void;
};

export type DestroyFeedOptions = {
	/** Opens the socket; passed in by tests. */
	readonly open?: () => DestroySocket;
	/** Called when messages were lost: only a new sample can tell what ended. */
	readonly onLoss?: () => void;
	/** Bytes that are kept between samples. */
	readonly capacity?: number;
	/** Calls back after so many milliseconds, without keeping the process alive; returns how to give it up. Passed in by tests. */
	readonly later?: (callback: () => void, milliseconds: number) => () => void;
};

/**
Opens the feed and begins to listen.

@throws SystemCallError where the kernel refuses.
*/
export const openDestroyFeed = ({open = openDestroySocket, onLoss, capacity = defaultCapacity, later = unreferencedTimer}: DestroyFeedOptions = {}): DestroyFeed => {
	const socket = open();
	const views = createViews(messageBytes);
	const scratch = createViews(messageBytes);
	let kept = new Uint8Array(initialBytes);
	let used = 0;
	let waiting = 0;
	/** Lost by the kernel, as it counts or as often as it said so; and here. */
	let dropped = 0;
	let overruns = 0;
	let discarded = 0;
	let isClosed = false;
	let giveUp: (() => void) | undefined;

	const isKept = (length: number): boolean => {
		const size = (length + 3) & ~3;
		if (used + size > capacity) {
			return false;
		}

		if (used + size > kept.byteLength) {
			const larger = new Uint8Array(Math.min(capacity, Math.max(used + size, kept.byteLength * 2)));
			larger.set(kept.subarray(0, used));
			kept = larger;
		}

		kept.set(scratch.bytes.subarray(0, size), used);
		used += size;
		waiting++;
		return true;
	};

	/** Whether the datagram in `scratch` is one whole message of the kind that is expected; others are ignored. */
	const isMessage = (length: number): boolean =>
		length >= leastLength && scratch.words[0] === length && scratch.halves[2] === messageType;

	/** Takes all that has come; returns how many datagrams that were. */
	const takeAll = (): number => {
		const lostBefore = dropped + overruns + discarded;
		let taken = 0;
		let hasOverrun = false;
		for (;;) {
			let length: number;
			try {
				length = socket.receive(scratch.bytes);
			} catch (error) {
				if (!(error instanceof SystemCallError) || error.code !== 'ENOBUFS') {
					throw error;
				}

				hasOverrun = true;
				overruns += socket.drops() === undefined ? 1 : 0;
				continue;
			}

			if (length < 0) {
				break;
			}

			taken++;
			if (length > messageBytes || (isMessage(length) && !isKept(length))) {
				discarded++;
			}
		}

		// Once there is no room, the kernel drops all that comes until the last message is taken, and says so but once.
		if (hasOverrun) {
			dropped = socket.drops() ?? 0;
		}

		if (dropped + overruns + discarded > lostBefore) {
			// Libuv gives up watching a socket that has an error, and this was one.
			if (giveUp === undefined) {
				watch.stop();
				watch.start();
			}

			onLoss?.();
		}

		return taken;
	};

	const gather = (): void => {
		giveUp = later(() => {
			giveUp = undefined;
			if (takeAll() > 0) {
				gather();
			} else {
				watch.start();
			}
		}, gatherMilliseconds);
	};

	const watch = socket.watch(() => {
		if (giveUp !== undefined || isClosed) {
			return;
		}

		watch.stop();
		gather();
	});
	watch.start();

	return {
		views,
		drain() {
			if (!isClosed) {
				takeAll();
			}
		},
		replay(isSettled) {
			const end = used;
			const lengths = new DataView(kept.buffer);
			let position = 0;
			let remaining = 0;
			let write = 0;
			for (let read = 0; read < end; position++) {
				const length = lengths.getUint32(read, isLittleEndian);
				const size = (length + 3) & ~3;
				views.bytes.set(kept.subarray(read, read + size));
				if (!isSettled(headerLength, length, position)) {
					kept.copyWithin(write, read, read + size);
					write += size;
					remaining++;
				}

				read += size;
			}

			used = write;
			waiting = remaining;
			if (used === 0 && kept.byteLength > initialBytes * 16) {
				kept = new Uint8Array(initialBytes);
			}
		},
		get waiting() {
			return waiting;
		},
		get lost() {
			return dropped + overruns + discarded;
		},
		close() {
			if (isClosed) {
				return;
			}

			isClosed = true;
			giveUp?.();
			watch.close();
			socket.close();
		},
	};
};

/** Calls back after so many milliseconds, without keeping the process alive; returns how to give it up. */
export const unreferencedTimer = (callback: () => void, milliseconds: number): (() => void) => {
	const timer = setTimeout(callback, milliseconds);
	timer.unref();
	return () => {
		clearTimeout(timer);
	};
};
