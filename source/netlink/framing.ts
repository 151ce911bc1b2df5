/**
Netlink framing: messages in datagrams, attributes in messages. Layouts: `linux/netlink.h`.

All data is in host byte order and aligned to four bytes, so messages are read in place through typed arrays over one receive buffer.
*/

/** Views over one receive buffer. */
export type Views = {
	readonly bytes: Uint8Array;
	readonly words: Uint32Array;
	readonly halves: Uint16Array;
};

/** Creates an empty receive buffer of the given length, or one with a copy of the given bytes. The length is rounded up to whole words. */
export const createViews = (source: number | Uint8Array): Views => {
	const length = typeof source === 'number' ? source : source.byteLength;
	const buffer = new ArrayBuffer(align(length));
	const views = {bytes: new Uint8Array(buffer), words: new Uint32Array(buffer), halves: new Uint16Array(buffer)};
	if (typeof source !== 'number') {
		views.bytes.set(source);
	}

	return views;
};

/** Rounds a length up to a multiple of four. */
export const align = (length: number): number => (length + 3) & ~3;

/** Whether this machine is little-endian. 64-bit numbers are aligned to four bytes only, so they are read as two words, in machine order. */
export const isLittleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** The indexes of the lower and the upper word of a 64-bit number. */
export const [lowWord, highWord] = isLittleEndian ? [0, 1] : [1, 0];

/** Reads the 64-bit number at a byte offset, which must be a multiple of four. Above 2^53, the lowest bits are lost. */
export const readNumber64 = (words: Uint32Array, offset: number): number => words[(offset >> 2) + lowWord] + words[(offset >> 2) + highWord] * 0x1_00_00_00_00;

/** Length of nlmsghdr: length u32, type u16, flags u16, sequence u32, port u32. */
export const headerLength = 16;

export const MessageType = {
	noop: 1, error: 2, done: 3, getSockCompat: 18, sockDiagByFamily: 20, sockDestroy: 21,
} as const;

export const Flag = {
	request: 0x1, acknowledge: 0x4, dumpInterrupted: 0x10, dump: 0x3_00,
} as const;

/** Writes a message header at the start of `message`. The length in it is that of `message`. */
export const writeHeader = (message: Uint8Array, type: number, flags: number, sequence: number): void => {
	const halves = new Uint16Array(message.buffer, message.byteOffset, headerLength / 2);
	const words = new Uint32Array(message.buffer, message.byteOffset, headerLength / 4);
	words[0] = message.byteLength;
	halves[2] = type;
	halves[3] = flags;
	words[2] = sequence;
	words[3] = 0;
};

/** Callbacks of `walkMessages`. Offsets are bytes in the views. */
export type MessageReader = {
	/** A message with a payload, from `start` (after the header) to `end`. */
	readonly message: (type: number, start: number, end: number, sequence: number) => void;
	/** NLMSG_ERROR. `errno` is positive, 0 for an acknowledgement. */
	readonly error: (errno: number, sequence: number) => void;
	/** NLMSG_DONE. Its integer is an errno, too: only here does the dump of a protocol without a handler report ENOENT. */
	readonly done: (errno: number, sequence: number) => void;
	/** The tables changed during the dump (NLM_F_DUMP_INTR). */
	readonly interrupted: () => void;
};

/** Converts the negative error of the kernel to an errno. */
const errnoOf = (word: number): number => Math.abs(word | 0); // eslint-disable-line unicorn/prefer-math-trunc -- This converts the word to a signed number.

/**
Walks the messages of a datagram. Stops at an invalid length, because nothing after it can be trusted.

@param length Bytes of the datagram in the views.
@returns The number of bytes in complete messages: `length` if all are complete.
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
