/** Encodes numbers and texts as bytes, and decodes them. Numbers are little-endian; variable-length numbers have 7 bits per byte, the lowest first (LEB128). */
import {Buffer} from 'node:buffer';

/** A frame is damaged or has an unknown version. The message is a clause. */
export class FrameError extends Error {
	override name = 'FrameError';
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', {ignoreBOM: true});

/** Maximum bytes of a variable-length number: 53 bits and a sign bit. */
const maxNumberBytes = 8;

/** Bytes of a new buffer, and of the largest that is kept. */
const smallBuffer = 4096;
const maxKept = 1_000_000;

/** A byte buffer that grows as needed. */
export class ByteWriter {
	#bytes = new Uint8Array(smallBuffer);
	#length = 0;

	get length(): number {
		return this.#length;
	}

	/** The written bytes, valid until the next write. */
	get written(): Uint8Array {
		return this.#bytes.subarray(0, this.#length);
	}

	/** Discards the written bytes. A large buffer is not kept: keyframes of many sockets are rare, and the frames between them small. */
	clear(): void {
		this.#length = 0;
		if (this.#bytes.length > maxKept) {
			this.#bytes = new Uint8Array(smallBuffer);
		}
	}

	/** @param value An integer from 0 to 2^53 - 1. */
	number(value: number): void {
		this.#makeRoom(maxNumberBytes);
		let rest = value;
		while (rest > 0x7F_FF_FF_FF) {
			this.#bytes[this.#length++] = (rest % 128) | 0x80;
			rest = Math.floor(rest / 128);
		}

		while (rest > 0x7F) {
			this.#bytes[this.#length++] = (rest & 0x7F) | 0x80;
			rest >>>= 7;
		}

		this.#bytes[this.#length++] = rest;
	}

	/** @param value An integer of at most 52 bits and a sign. */
	signedNumber(value: number): void {
		this.number(value < 0 ? -2 * value - 1 : 2 * value);
	}

	text(text: string): void {
		const bytes = encoder.encode(text);
		this.number(bytes.length);
		this.raw(bytes);
	}

	raw(bytes: Uint8Array): void {
		this.#makeRoom(bytes.length);
		this.#bytes.set(bytes, this.#length);
		this.#length += bytes.length;
	}

	/** Appends `length` bytes and returns them for the caller to fill. */
	reserve(length: number): Uint8Array {
		this.#makeRoom(length);
		this.#length += length;
		return this.#bytes.subarray(this.#length - length, this.#length);
	}

	#makeRoom(length: number): void {
		if (this.#length + length <= this.#bytes.length) {
			return;
		}

		const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + length));
		larger.set(this.written);
		this.#bytes = larger;
	}
}

/** Reads the output of `ByteWriter`. Each method throws FrameError if the bytes end too early. */
export class ByteReader {
	readonly #bytes: Uint8Array;
	#at = 0;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	/** Number of unread bytes. */
	get left(): number {
		return this.#bytes.length - this.#at;
	}

	number(): number {
		const bytes = this.#bytes;
		let byte = bytes[this.#at++];
		if (byte < 0x80) {
			return byte;
		}

		let value = 0;
		let factor = 1;
		for (;;) {
			if (byte === undefined || factor > Number.MAX_SAFE_INTEGER) {
				throw new FrameError('it has an unterminated number');
			}

			value += (byte & 0x7F) * factor;
			if (byte < 0x80) {
				return value;
			}

			factor *= 128;
			byte = bytes[this.#at++];
		}
	}

	signedNumber(): number {
		const value = this.number();
		return (value % 2 === 0 ? value : -(value + 1)) / 2;
	}

	text(): string {
		return decoder.decode(this.raw(this.number()));
	}

	/** Returns the next bytes without copying them. */
	raw(length: number): Uint8Array {
		if (length > this.left) {
			throw new FrameError('it ends too early');
		}

		this.#at += length;
		return this.#bytes.subarray(this.#at - length, this.#at);
	}

	/** Reads a count of items with at least `minBytes` bytes each, and checks that as many bytes follow. */
	count(minBytes = 1): number {
		const count = this.number();
		if (count * minBytes > this.left) {
			throw new FrameError('it ends too early');
		}

		return count;
	}
}

/** The bytes of a typed array, without copying them. */
export const bytesOf = (array: {readonly buffer: ArrayBufferLike; readonly byteOffset: number; readonly byteLength: number}): Uint8Array =>
	new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** Whether two arrays have the same bytes. */
export const isSameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
