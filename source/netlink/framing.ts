/**
Netlink's envelope: messages in datagrams, attributes in messages. Layouts: `linux/netlink.h`.

Everything is in the host's byte order and aligned to four bytes, so messages are read in place through typed arrays over one receive buffer.
*/

/** Views over one receive buffer. */
export type Views = {
	readonly bytes: Uint8Array;
	readonly words: Uint32Array;
	readonly halves: Uint16Array;
};

/** A receive buffer, or a copy of recorded bytes; its length is rounded up to whole words. */
export const createViews = (source: number | Uint8Array): Views => {
	const length = typeof source === 'number' ? source : source.byteLength;
	const buffer = new ArrayBuffer(align(length));
	const views = {bytes: new Uint8Array(buffer), words: new Uint32Array(buffer), halves: new Uint16Array(buffer)};
	if (typeof source !== 'number') {
		views.bytes.set(source);
	}

	return views;
};

export const align = (length: number): number => (length + 3) & ~3;

/** Whether this machine is little-endian. Numbers of 64 bits are aligned to four bytes only, and so read as two words, in its order. */
export const isLittleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** Which of the two words of a number of 64 bits is its lower half, and which the upper. */
export const [lowWord, highWord] = isLittleEndian ? [0, 1] : [1, 0];

/** The number of 64 bits at a byte offset that is a multiple of four. Beyond 53 bits, the lowest are lost. */
export const readNumber64 = (words: Uint32Array, offset: number): number => words[(offset >> 2) + lowWord] + words[(offset >> 2) + highWord] * 0x1_00_00_00_00;

/** Length of nlmsghdr: length u32, type u16, flags u16, sequence u32, port u32. */
export const headerLength = 16;

export const MessageType = {
	noop: 1, error: 2, done: 3, getSockCompat: 18, sockDiagByFamily: 20, sockDestroy: 21,
} as const;

export const Flag = {
	request: 0x1, acknowledge: 0x4, dumpInterrupted: 0x10, dump: 0x3_00,
} as const;

/** Writes a message header at the start of `message`, whose length becomes the message's. */
export const writeHeader = (message: Uint8Array, type: number, flags: number, sequence: number): void => {
	const halves = new Uint16Array(message.buffer, message.byteOffset, headerLength / 2);
	const words = new Uint32Array(message.buffer, message.byteOffset, headerLength / 4);
	words[0] = message.byteLength;
	halves[2] = type;
	halves[3] = flags;
	words[2] = sequence;
	words[3] = 0;
};

/** What a walk over a datagram tells its reader. Offsets are bytes into the views. */
export type MessageReader = {
	/** A message with content: from `start` (behind the header) to `end`. */
	readonly message: (type: number, start: number, end: number, sequence: number) => void;
	/** NLMSG_ERROR; `errno` is positive, 0 for an acknowledgement. */
	readonly error: (errno: number, sequence: number) => void;
	/** NLMSG_DONE; its integer is an errno as well: a dump of a protocol without a handler "succeeds" with ENOENT here and nowhere else. */
	readonly done: (errno: number, sequence: number) => void;
	/** The kernel says that the tables changed under the dump (NLM_F_DUMP_INTR). */
	readonly interrupted: () => void;
};

/** The number of an error, which the kernel writes negative. */
const errnoOf = (word: number): number => Math.abs(word | 0); // eslint-disable-line unicorn/prefer-math-trunc -- This takes the word as signed.

/**
Walks the messages of a datagram. A length that cannot be ends the walk: nothing behind it can be trusted.

@param views Where the datagram was received.
@param length Bytes of it that are in the views.
@param reader
@returns The number of bytes that were whole messages: `length` when all were.
*/
export const walkMessages = (views: Views, length: number, reader: MessageReader): number => {
	const {words, halves} = views;
	let offset = 0;
	while (offset + headerLength <= length) {
		const messageLength = words[offset >> 2];
		const end = offset + messageLength;
		if (messageLength < headerLength || end > length) {
			break;
		}

		const type = halves[(offset >> 1) + 2];
		const sequence = words[(offset >> 2) + 2];
		const start = offset + headerLength;
		if ((halves[(offset >> 1) + 3] & Flag.dumpInterrupted) !== 0) {
			reader.interrupted();
		}

		if (type >= headerLength) {
			reader.message(type, start, end, sequence);
		} else if (type === MessageType.done) {
			reader.done(end - start >= 4 ? errnoOf(words[start >> 2]) : 0, sequence);
		} else if (type === MessageType.error) {
			reader.error(end - start >= 4 ? errnoOf(words[start >> 2]) : 0, sequence);
		}

		offset += align(messageLength);
	}

	return Math.min(offset, length);
};
