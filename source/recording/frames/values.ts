/** How slots and values are written in a frame, and read. Slots rise, and are written as the gaps between them. */
import {
	bytesOf,
	FrameError,
	type ByteReader,
	type ByteWriter,
} from './bytes.js';
import type {FrameState, StateColumn} from './state.js';

/** More sockets than any machine has: a larger number is a damaged one. */
const mostSlots = 10_000_000;

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
		if (slot >= mostSlots) {
			throw new FrameError(`it has a slot ${slot}`);
		}

		slots[index] = slot;
		next = slot + 1;
	}

	return slots;
};

/** Bytes of a socket in a column. */
const widthOf = ({array, lanes}: StateColumn): number => array.BYTES_PER_ELEMENT * lanes;

/** How the bytes of one weight are written: each, or one where all are the same. Most columns are 0 or absent in most sockets. */
const Plane = {each: 0, same: 1} as const;

/** Writes the values of some slots: the first byte of each, then the second of each, and so on, because bytes of the same weight resemble each other. */
export const writePlanes = (writer: ByteWriter, column: StateColumn, slots: ArrayLike<number>): void => {
	const {length} = slots;
	if (length === 0) {
		return;
	}

	const bytes = bytesOf(column.array);
	const width = widthOf(column);
	for (let at = 0; at < width; at++) {
		const first = bytes[slots[0] * width + at];
		let same = 1;
		while (same < length && bytes[slots[same] * width + at] === first) {
			same++;
		}

		if (same === length) {
			writer.number(Plane.same);
			writer.number(first);
			continue;
		}

		writer.number(Plane.each);
		const plane = writer.reserve(length);
		for (let index = 0; index < length; index++) {
			plane[index] = bytes[slots[index] * width + at];
		}
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
			throw new FrameError(`its bytes are written in the unknown way ${kind}`);
		}
	}
};

/** Numbers below this have an exact difference, whose sign still fits into the bits of a double. */
const largestDifference = 2 ** 51;

/** Whether the change of a value may be written as a difference. */
export const hasDifference = ({type, lanes}: StateColumn, before: number, after: number): boolean => lanes === 1 && type !== 'f32'
	&& Number.isSafeInteger(before) && Number.isSafeInteger(after) && Math.abs(before) < largestDifference && Math.abs(after) < largestDifference
	&& !Object.is(after, -0);

/** Columns of counters, by the column of the rate that follows from them. */
export const counterOf: ReadonlyMap<string, string> = new Map([['txRate', 'bytesSent'], ['rxRate', 'bytesReceived']]);

const rateOf: ReadonlyMap<string, string> = new Map([...counterOf].map(([rate, counter]) => [counter, rate]));

/** Resets the rates before a frame is written or read: a rate is 0 unless its counter has changed since. */
export const resetRates = (state: FrameState): void => {
	for (const [rate, slots] of state.moving) {
		const array = state.column(rate);
		for (const slot of slots) {
			if (array !== undefined && state.present[slot] === 1) {
				array[slot] = 0;
			}
		}
	}

	state.moving = new Map(counterOf.keys().map(rate => [rate, []]));
};

/** Notes slots that may move: their rates have been set. */
const noteSet = (state: FrameState, rate: string, slots: ArrayLike<number>): void => {
	const moving = state.moving.get(rate);
	const {length} = slots;
	for (let index = 0; index < length; index++) {
		moving?.push(slots[index]);
	}
};

/** After rows were written or read as a whole: their rates are set. */
export const noteRows = (state: FrameState, slots: ArrayLike<number>): void => {
	for (const rate of counterOf.keys()) {
		noteSet(state, rate, slots);
	}
};

/** After the raw values of a column were written or read: where it is a rate, it is set. */
export const noteRaw = (state: FrameState, name: string, slots: ArrayLike<number>): void => {
	if (counterOf.has(name)) {
		noteSet(state, name, slots);
	}
};

/**
After the differences of a column were written or read: where it is a counter, the rate that follows.

@param seconds The time between the two frames.
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

	noteSet(state, rate, slots);
};

/** After a frame was written or read: of the slots whose rates were set, those that move. */
export const noteMoving = (state: FrameState): void => {
	for (const [rate, slots] of state.moving) {
		const array = state.column(rate);
		state.moving.set(rate, array === undefined ? [] : slots.filter(slot => array[slot] !== 0 && !Number.isNaN(array[slot])));
	}
};
