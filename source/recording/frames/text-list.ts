/** The texts of frames by number. They are decoded only when read: a frame of 100,000 sockets has as many, of which few are shown. */
import {Buffer} from 'node:buffer';
import {inParts, type Parts} from '../../parts/parts.js';
import type {ByteReader, ByteWriter} from './bytes.js';

const decoder = new TextDecoder('utf-8', {ignoreBOM: true});

/** Texts that were read together. */
type Chunk = {readonly first: number; readonly bytes: Uint8Array; readonly ends: Uint32Array};

/**
Writes texts in the format of `TextList.read`.

@yields Between two parts.
*/
export const writeTexts = function * (writer: ByteWriter, texts: readonly string[]): Parts {
	const {length} = texts;
	writer.number(length);
	yield * inParts(length, (from, to) => {
		for (let index = from; index < to; index++) {
			writer.number(Buffer.byteLength(texts[index]));
		}
	});
	yield * inParts(length, (from, to) => {
		writer.raw(Buffer.from(texts.slice(from, to).join('')));
	});
};

export class TextList {
	/** Count of texts with the empty text, which has number 0. */
	length = 1;
	readonly #chunks: Chunk[] = [];

	/** Reads texts and assigns the next numbers to them. */
	read(reader: ByteReader): void {
		const ends = new Uint32Array(reader.count());
		if (ends.length === 0) {
			return;
		}

		let length = 0;
		for (let index = 0; index < ends.length; index++) {
			length += reader.number();
			ends[index] = length;
		}

		const bytes = new Uint8Array(reader.raw(length));
		this.#chunks.push({first: this.length, bytes, ends});
		this.length += ends.length;
	}

	/** The text with a number; empty for an unknown number. */
	of(number: number): string {
		if (number < 1 || number >= this.length) {
			return '';
		}

		// Find the last chunk whose first number is not above `number`.
		let [low, high] = [0, this.#chunks.length - 1];
		while (low < high) {
			const middle = Math.ceil((low + high) / 2);
			if (this.#chunks[middle].first <= number) {
				low = middle;
			} else {
				high = middle - 1;
			}
		}

		const {first, bytes, ends} = this.#chunks[low];
		const index = number - first;
		return decoder.decode(bytes.subarray(index === 0 ? 0 : ends[index - 1], ends[index]));
	}
}
