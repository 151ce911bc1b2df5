/** Finds the slots of a column that differ from the frame before. */
import type {NumericArray} from '../../table/columns/columns.js';
import {bytesOf, isSameBytes} from './bytes.js';
import {
	directionOf,
	momentTolerance,
	wordsOf,
	type Words,
} from './columns.js';
import type {StateColumn} from './state.js';

/**
Converts a relative time to a moment. NaN if it is absent, or 0 because the timer is off.

@param direction Of the column: forward (1) or back (-1).
*/
export const momentOf = (direction: number, value: number, now: number): number =>
	value === 0xFF_FF_FF_FF || (value === 0 && direction === 1) ? NaN : Math.round(now + direction * value);

/** Number of slots whose bytes are compared at once, and skipped if they are equal. Comparing fewer takes no longer one by one. */
const blockLength = 4096;

/** Returns the slots whose bits differ between two arrays. They are compared as integers, so that the loops see three kinds of typed arrays. */
export const differentSlots = (before: NumericArray, after: NumericArray, lanes: number, continues: Uint8Array): Uint32Array => {
	const [bytesBefore, bytesAfter] = [bytesOf(before), bytesOf(after)];
	const [wordsBefore, wordsAfter] = [wordsOf(before), wordsOf(after)];
	const bytesPerSlot = lanes * before.BYTES_PER_ELEMENT;
	const width = bytesPerSlot / wordsBefore.BYTES_PER_ELEMENT;
	const changed: number[] = [];
	const isSame = (first: number, end: number): boolean =>
		isSameBytes(bytesBefore.subarray(first * bytesPerSlot, end * bytesPerSlot), bytesAfter.subarray(first * bytesPerSlot, end * bytesPerSlot));

	for (let first = 0; first < continues.length; first += blockLength) {
		const end = Math.min(first + blockLength, continues.length);
		if (!isSame(first, end)) {
			collectDifferent(wordsBefore, wordsAfter, width, {
				continues, first, end, changed,
			});
		}
	}

	return new Uint32Array(changed);
};

type Range = {readonly continues: Uint8Array; readonly first: number; readonly end: number; readonly changed: number[]};

const collectDifferent = (before: Words, after: Words, width: number, {continues, first, end, changed}: Range): void => {
	for (let slot = first; slot < end; slot++) {
		if (continues[slot] === 0) {
			continue;
		}

		if (isDifferent(before, after, slot * width, (slot + 1) * width)) {
			changed.push(slot);
		}
	}
};

const isDifferent = (before: Words, after: Words, first: number, end: number): boolean => {
	for (let at = first; at < end; at++) {
		if (before[at] !== after[at]) {
			return true;
		}
	}

	return false;
};

/** Returns the slots whose relative time refers to a different moment than before. */
export const movedSlots = ({name, array}: StateColumn, from: NumericArray, continues: Uint8Array, now: number): Uint32Array => {
	const changed: number[] = [];
	const {length} = continues;
	const direction = directionOf(name);
	for (let slot = 0; slot < length; slot++) {
		if (continues[slot] === 1) {
			const moment = momentOf(direction, from[slot], now);
			const before = array[slot];
			// NaN means no moment, which differs from every number.
			if (!(Math.abs(moment - before) <= momentTolerance) && !(Number.isNaN(moment) && Number.isNaN(before))) {
				changed.push(slot);
			}
		}
	}

	return new Uint32Array(changed);
};
