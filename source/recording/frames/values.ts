/** How slots and values are written in a frame, and read. Slots rise, and are written as the gaps between them. */
import type {ByteReader, ByteWriter} from './bytes.js';
import {bytesOf, FrameError} from './bytes.js';
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

/** Writes the values of some slots: the first byte of each, then the second of each, and so on, because bytes of the same weight resemble each other. */
export const writePlanes = (writer: ByteWriter, column: StateColumn, slots: ArrayLike<number>): void => {
	const bytes = bytesOf(column.array);
	const width = widthOf(column);
	const {length} = slots;
	const planes = writer.reserve(width * length);
	for (let index = 0; index < length; index++) {
		const start = slots[index] * width;
		for (let plane = 0; plane < width; plane++) {
			planes[plane * length + index] = bytes[start + plane];
		}
	}
};

/** @throws FrameError */
export const readPlanes = (reader: ByteReader, column: StateColumn, slots: ArrayLike<number>): void => {
	const bytes = bytesOf(column.array);
	const width = widthOf(column);
	const {length} = slots;
	const planes = reader.raw(width * length);
	for (let index = 0; index < length; index++) {
		const start = slots[index] * width;
		for (let plane = 0; plane < width; plane++) {
			bytes[start + plane] = planes[plane * length + index];
		}
	}
};

/** Numbers below this have an exact difference, whose sign still fits into the bits of a double. */
const largestDifference = 2 ** 51;

/** Whether the change of a value may be written as a difference. */
export const hasDifference = ({type, lanes}: StateColumn, before: number, after: number): boolean => lanes === 1 && type !== 'f32'
	&& Number.isInteger(before) && Number.isInteger(after) && Math.abs(before) < largestDifference && Math.abs(after) < largestDifference
	&& !Object.is(after, -0);

/** Columns of counters, by the column of the rate that follows from them. */
export const counterOf: ReadonlyMap<string, string> = new Map([['txRate', 'bytesSent'], ['rxRate', 'bytesReceived']]);

const rateOf: ReadonlyMap<string, string> = new Map([...counterOf].map(([rate, counter]) => [counter, rate]));

/** Before changes are written or read: what moved stands still, unless its counter says otherwise. */
export const stillRates = (state: FrameState): void => {
	for (const [rate, slots] of state.moving) {
		const array = state.column(rate);
		for (const slot of slots) {
			if (array !== undefined && state.present[slot] === 1) {
				array[slot] = 0;
			}
		}
	}
};

/**
After the differences of a column were written or read: where it is a counter, the rate that follows.

@param seconds The time between the two frames.
*/
export const deriveRates = (state: FrameState, counter: string, slots: ArrayLike<number>, differences: ArrayLike<number>, seconds: number): void => {
	const rates = state.column(rateOf.get(counter) ?? '');
	const {length} = slots;
	if (rates === undefined || !(seconds > 0)) {
		return;
	}

	for (let index = 0; index < length; index++) {
		rates[slots[index]] = differences[index] / seconds;
	}
};

/** After a frame was written or read: which slots move. */
export const noteMoving = (state: FrameState): void => {
	for (const rate of counterOf.keys()) {
		const array = state.column(rate);
		const moving: number[] = [];
		if (array !== undefined) {
			const {used, present} = state;
			for (let slot = 0; slot < used; slot++) {
				if (array[slot] !== 0 && present[slot] === 1 && !Number.isNaN(array[slot])) {
					moving.push(slot);
				}
			}
		}

		state.moving.set(rate, moving);
	}
};
