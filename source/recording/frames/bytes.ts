/** Numbers and texts as bytes, and back. Numbers are little-endian; those of variable length take 7 bits a byte, the lowest first (LEB128). */
import {Buffer} from 'node:buffer';

/** A frame is damaged, or of a version that this program does not know. The message is a clause. */
export class FrameError extends Error {
	override name = 'FrameError';
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', {ignoreBOM: true});

/** Bytes that a number of variable length takes at most: 53 bits, and one for the sign. */
const longestNumber = 8;

/** Bytes that grow as needed. */
export class ByteWriter {
	#bytes = new Uint8Array(4096);
	#length = 0;

	get length(): number {
		return this.#length;
	}

	/** What was written. Good until something else is written. */
	get written(): Uint8Array {
		return this.#bytes.subarray(0, this.#length);
	}

	/** Forgets what was written. */
	clear(): void {
		this.#length = 0;
	}

	/** @param value A whole number from 0 to 2^53 - 1. */
	number(value: number): void {
		this.#makeRoom(longestNumber);
		let left = value;
		while (left > 0x7F_FF_FF_FF) {
			this.#bytes[this.#length++] = (left % 128) | 0x80;
			left = Math.floor(left / 128);
		}

		while (left > 0x7F) {
			this.#bytes[this.#length++] = (left & 0x7F) | 0x80;
			left >>>= 7;
		}

		this.#bytes[this.#length++] = left;
	}

	/** @param value A whole number of at most 52 bits, and its sign. */
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

	/** Room for so many bytes, which the caller fills. */
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

/** Reads what `ByteWriter` wrote. Each method throws FrameError where the bytes end too early. */
export class ByteReader {
	readonly #bytes: Uint8Array;
	#at = 0;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	/** Bytes that are left. */
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
				throw new FrameError('a number does not end');
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

	/** So many bytes, which are no copy. */
	raw(length: number): Uint8Array {
		if (length > this.left) {
			throw new FrameError('it ends too early');
		}

		this.#at += length;
		return this.#bytes.subarray(this.#at - length, this.#at);
	}

	/** A number of things that take at least so many bytes each: a larger one than the bytes that are left cannot be. */
	count(leastBytes = 1): number {
		const count = this.number();
		if (count * leastBytes > this.left) {
			throw new FrameError('it ends too early');
		}

		return count;
	}
}

/** The bytes of a typed array, which are no copy. */
export const bytesOf = (array: {readonly buffer: ArrayBufferLike; readonly byteOffset: number; readonly byteLength: number}): Uint8Array =>
	new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** Whether both hold the same bytes. */
export const isSameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
