/** Copies rows of a column. */
import type {NumericArray} from '../../table/columns/columns.js';
import {wordsOf} from './columns.js';

/** Elements from which on a run of rows is copied at once: for fewer, creating the two views of it takes longer. */
const shortRun = 64;

/** Copies the rows in some slots, in ascending order, from one array to another of the same type. A row has `lanes` elements. */
export const copyRows = (to: NumericArray, from: NumericArray, lanes: number, slots: ArrayLike<number>): void => {
	const [into, out] = [wordsOf(to), wordsOf(from)];
	const width = lanes * to.BYTES_PER_ELEMENT / into.BYTES_PER_ELEMENT;
	const {length} = slots;
	for (let index = 0; index < length;) {
		const first = slots[index];
		index++;
		while (index < length && slots[index] === slots[index - 1] + 1) {
			index++;
		}

		const start = first * width;
		const end = (slots[index - 1] + 1) * width;
		if (end - start >= shortRun) {
			into.set(out.subarray(start, end), start);
		} else {
			for (let at = start; at < end; at++) {
				into[at] = out[at];
			}
		}
	}
};
