/** Encoding of slots and values in frames. Slots are in ascending order and written as the gaps between them. */
import type {Parts} from '../../parts/parts.js';
import {
	bytesOf,
	FrameError,
	type ByteReader,
	type ByteWriter,
} from './bytes.js';
import type {FrameState, StateColumn} from './state.js';

/** Limit of slots, above that of any machine; a larger number means damage. */
const maxSlots = 10_000_000;

export const writeSlots = (writer: ByteWriter, slots: ArrayLike<number>): void => {
	const {length} = slots;
	writer.number(length);
	let next = 0;
	for (let index = 0; index < length; index++) {
		writer.number(slots[index] - next);
		next = slots[index] + 1;
	}
};

/** @throws FrameError */
export const readSlots = (reader: ByteReader): Uint32Array => {
	const slots = new Uint32Array(reader.count());
	let next = 0;
	for (let index = 0; index < slots.length; index++) {
		const slot = next + reader.number();
		if (slot >= maxSlots) {
			throw new FrameError(`it has an invalid slot ${slot}`);
		}

		slots[index] = slot;
		next = slot + 1;
	}

	return slots;
};

/** Bytes per socket in a column. */
const widthOf = ({array, lanes}: StateColumn): number => array.BYTES_PER_ELEMENT * lanes;

/** Encoding of a plane (the bytes of one significance): each byte, or one byte if all are the same. Most columns are 0 or absent in most sockets. */
const Plane = {each: 0, same: 1} as const;

const writePlane = (writer: ByteWriter, bytes: Uint8Array, slots: ArrayLike<number>, {at, width}: {readonly at: number; readonly width: number}): void => {
	const {length} = slots;
	const first = bytes[slots[0] * width + at];
	let same = 1;
	while (same < length && bytes[slots[same] * width + at] === first) {
		same++;
	}

	if (same === length) {
		writer.number(Plane.same);
		writer.number(first);
		return;
	}

	writer.number(Plane.each);
	const plane = writer.reserve(length);
	for (let index = 0; index < length; index++) {
		plane[index] = bytes[slots[index] * width + at];
	}
};

/** Writes the values of some slots as planes: the first byte of each value, then the second, and so on, because bytes of the same significance compress well together. */
export const writePlanes = function * (writer: ByteWriter, column: StateColumn, slots: ArrayLike<number>): Parts {
	const {length} = slots;
	if (length === 0) {
		return;
	}

	const bytes = bytesOf(column.array);
	const width = widthOf(column);
	for (let at = 0; at < width; at++) {
		writePlane(writer, bytes, slots, {at, width});
		yield;
	}
};

/** @throws FrameError */
export const readPlanes = (reader: ByteReader, column: StateColumn, slots: ArrayLike<number>): void => {
	const {length} = slots;
	if (length === 0) {
		return;
	}

	const bytes = bytesOf(column.array);
	const width = widthOf(column);
	for (let at = 0; at < width; at++) {
		const kind = reader.number();
		if (kind === Plane.same) {
			const value = reader.number();
			for (let index = 0; index < length; index++) {
				bytes[slots[index] * width + at] = value;
			}
		} else if (kind === Plane.each) {
			const plane = reader.raw(length);
			for (let index = 0; index < length; index++) {
				bytes[slots[index] * width + at] = plane[index];
			}
		} else {
			throw new FrameError(`it has bytes in unknown encoding ${kind}`);
		}
	}
};

/** The difference of numbers below this limit is exact and fits into a signed number. */
const differenceLimit = 2 ** 51;

/** Whether the change of a value can be written as a difference. */
export const hasDifference = ({type, lanes}: StateColumn, before: number, after: number): boolean => lanes === 1 && type !== 'f32'
	&& Number.isSafeInteger(before) && Number.isSafeInteger(after) && Math.abs(before) < differenceLimit && Math.abs(after) < differenceLimit
	&& !Object.is(after, -0);

/** Counter columns by the rate column derived from them. */
export const counterOf: ReadonlyMap<string, string> = new Map([['txRate', 'bytesSent'], ['rxRate', 'bytesReceived']]);

const rateOf: ReadonlyMap<string, string> = new Map([...counterOf].map(([rate, counter]) => [counter, rate]));

/** Resets the rates before a frame is encoded or decoded: a rate is 0 unless its counter has changed. */
export const resetRates = (state: FrameState): void => {
	for (const [rate, slots] of state.nonZeroRates) {
		const array = state.column(rate);
		for (const slot of slots) {
			if (array !== undefined && state.present[slot] === 1) {
				array[slot] = 0;
			}
		}
	}

	state.nonZeroRates = new Map(counterOf.keys().map(rate => [rate, []]));
};

/** Records slots whose rates have been set. */
const addRates = (state: FrameState, rate: string, slots: ArrayLike<number>): void => {
	const nonZeroRates = state.nonZeroRates.get(rate);
	const {length} = slots;
	for (let index = 0; index < length; index++) {
		nonZeroRates?.push(slots[index]);
	}
};

/** To be called after complete rows were encoded or decoded: records their rates. */
export const addRowRates = (state: FrameState, slots: ArrayLike<number>): void => {
	for (const rate of counterOf.keys()) {
		addRates(state, rate, slots);
	}
};

/** To be called after values of a column were encoded or decoded: records them if the column is a rate. */
export const addRawRates = (state: FrameState, name: string, slots: ArrayLike<number>): void => {
	if (counterOf.has(name)) {
		addRates(state, name, slots);
	}
};

/**
To be called after differences of a column were encoded or decoded: derives the rates if the column is a counter.

@param seconds Time between the two frames.
*/
export const deriveRates = (state: FrameState, counter: string, slots: ArrayLike<number>, differences: ArrayLike<number>, seconds: number): void => {
	const rate = rateOf.get(counter) ?? '';
	const rates = state.column(rate);
	if (rates === undefined || !(seconds > 0)) {
		return;
	}

	const {length} = slots;
	for (let index = 0; index < length; index++) {
		rates[slots[index]] = differences[index] / seconds;
	}

	addRates(state, rate, slots);
};

/** To be called after a frame was encoded or decoded: keeps the slots whose rates are not 0. */
export const keepNonZeroRates = (state: FrameState): void => {
	for (const [rate, slots] of state.nonZeroRates) {
		const array = state.column(rate);
		state.nonZeroRates.set(rate, array === undefined ? [] : slots.filter(slot => array[slot] !== 0 && !Number.isNaN(array[slot])));
	}
};
