/**
Reads destroy events as they arrive and stores them until a sample merges them. Reading is delayed by a few milliseconds, because a wake-up costs more than reading a
message, and even a small kernel buffer holds hundreds of messages.
*/
import {SystemCallError} from '../system/system-calls.js';
import {
	createViews,
	headerLength,
	isLittleEndian,
	type Views,
} from './framing.js';
import {openDestroySocket, type DestroySocket} from './destroy-socket.js';

/** How long messages may collect in the kernel after the first has arrived. With 20,000 closes per second, these are 200 messages. */
const collectMilliseconds = 10;

/** Larger than any message. A truncated message counts as lost. */
const messageBytes = 0x10_00;

/** Type of the messages (SOCK_DIAG_BY_FAMILY), and the length of the header and `struct inet_diag_msg`. */
const messageType = 20;
const minimumLength = headerLength + 72;

/** Bytes stored between samples: about 100,000 messages. Further messages are lost. */
const defaultCapacity = 0x2_80_00_00;
const initialBytes = 0x1_00_00;

export type DestroyFeed = {
	/** Where `replay` puts each message. Parsers read from here. */
	readonly views: Views;
	/** Reads all messages that have arrived, without waiting. */
	readonly drain: () => void;
	/**
	Passes on the stored messages in the order of their arrival.

	@param isDone Called with the bounds of a message in `views`, without its header, and its position. Returns whether the message is done; others stay stored.
	*/
	readonly replay: (isDone: (start: number, end: number, position: number) => boolean) => void;
	/** How many messages are stored. */
	readonly waiting: number;
	/** How many messages were lost so far, by the kernel or here. If the kernel does not count them, how often it lost some. */
	readonly lost: number;
	readonly close: () => void;
};

export type DestroyFeedOptions = {
	/** Opens the socket; passed in by tests. */
	readonly open?: () => DestroySocket;
	/** Called when messages were lost. Only a new sample can find the closed sockets then. */
	readonly onLoss?: () => void;
	/** Limit of bytes stored between samples. */
	readonly capacity?: number;
	/** Like `unreferencedTimer`; passed in by tests. */
	readonly later?: (callback: () => void, milliseconds: number) => () => void;
};

/**
Opens the feed and starts to listen.

@throws SystemCallError if the kernel refuses.
*/
export const openDestroyFeed = ({open = openDestroySocket, onLoss, capacity = defaultCapacity, later = unreferencedTimer}: DestroyFeedOptions = {}): DestroyFeed => {
	const socket = open();
	const views = createViews(messageBytes);
	const scratch = createViews(messageBytes);
	let stored = new Uint8Array(initialBytes);
	let used = 0;
	let waiting = 0;
	/** Messages lost by the kernel, as it counts them; how often the kernel lost some, if it does not count them; messages lost here. */
	let dropped = 0;
	let overruns = 0;
	let discarded = 0;
	let isClosed = false;
	let cancel: (() => void) | undefined;

	/** Stores the message in `scratch`. Returns false if there is no space. */
	const didStore = (length: number): boolean => {
		const size = (length + 3) & ~3;
		if (used + size > capacity) {
			return false;
		}

		if (used + size > stored.byteLength) {
			const larger = new Uint8Array(Math.min(capacity, Math.max(used + size, stored.byteLength * 2)));
			larger.set(stored.subarray(0, used));
			stored = larger;
		}

		stored.set(scratch.bytes.subarray(0, size), used);
		used += size;
		waiting++;
		return true;
	};

	/** Whether the datagram in `scratch` is one complete message of the expected type. Others are ignored. */
	const isMessage = (length: number): boolean =>
		length >= minimumLength && scratch.words[0] === length && scratch.halves[2] === messageType;

	/** Reads all datagrams that have arrived. Returns their number. */
	const readAll = (): number => {
		const lostBefore = dropped + overruns + discarded;
		let count = 0;
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

			count++;
			if (length > messageBytes || (isMessage(length) && !didStore(length))) {
				discarded++;
			}
		}

		// After an overrun, the kernel drops all messages until the buffer is empty, but reports it only once.
		if (hasOverrun) {
			dropped = socket.drops() ?? 0;
		}

		if (dropped + overruns + discarded > lostBefore) {
			// Libuv stops watching a socket after an error, and ENOBUFS is one.
			if (cancel === undefined) {
				watch.stop();
				watch.start();
			}

			onLoss?.();
		}

		return count;
	};

	const collect = (): void => {
		cancel = later(() => {
			cancel = undefined;
			if (readAll() > 0) {
				collect();
			} else {
				watch.start();
			}
		}, collectMilliseconds);
	};

	const watch = socket.watch(() => {
		if (cancel !== undefined || isClosed) {
			return;
		}

		watch.stop();
		collect();
	});
	watch.start();

	return {
		views,
		drain() {
			if (!isClosed) {
				readAll();
			}
		},
		replay(isDone) {
			const end = used;
			const lengths = new DataView(stored.buffer);
			let position = 0;
			let remaining = 0;
			let write = 0;
			for (let read = 0; read < end; position++) {
				const length = lengths.getUint32(read, isLittleEndian);
				const size = (length + 3) & ~3;
				views.bytes.set(stored.subarray(read, read + size));
				if (!isDone(headerLength, length, position)) {
					stored.copyWithin(write, read, read + size);
					write += size;
					remaining++;
				}

				read += size;
			}

			used = write;
			waiting = remaining;
			if (used === 0 && stored.byteLength > initialBytes * 16) {
				stored = new Uint8Array(initialBytes);
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
			cancel?.();
			watch.close();
			socket.close();
		},
	};
};

/** Calls back after a delay, without keeping the process alive. Returns a function that cancels the timer. */
export const unreferencedTimer = (callback: () => void, milliseconds: number): (() => void) => {
	const timer = setTimeout(callback, milliseconds);
	timer.unref();
	return () => {
		clearTimeout(timer);
	};
};
