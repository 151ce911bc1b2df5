/** Encodes columns: copies values of the table into the state of the frames, and writes those that differ from it. */
import type {FieldContext} from '../../fields/model/field.js';
import {inParts, itemsPerPart, type Parts} from '../../parts/parts.js';
import type {ColumnName, NumericArray} from '../../table/columns/columns.js';
import type {ByteWriter} from './bytes.js';
import {directionOf} from './columns.js';
import type {Dictionary} from './dictionary.js';
import {differentSlots, momentOf, movedSlots} from './differences.js';
import {copyRows} from './rows.js';
import type {FrameState, StateColumn} from './state.js';
import {
	addRawRates,
	addRowRates,
	deriveRates,
	hasDifference,
	writePlanes,
	writeSlots,
} from './values.js';

export type ColumnEncoder = {
	/** Copies rows of the table into the state. */
	readonly take: (context: FieldContext, slots: Uint32Array, now: number) => Parts;
	/**
	Writes the changes of a column since the frame before, and copies them into the state.

	@param continues By slot: 1 if the slot holds the same socket as in the frame before.
	@param seconds Time between the two frames.
	@returns The slots whose values have changed.
	*/
	readonly writeChanges: (context: FieldContext, column: StateColumn, continues: Uint8Array, seconds: number) => Parts<Uint32Array>;
};

export const createColumnEncoder = (
	{state, writer, dictionary}: {readonly state: FrameState; readonly writer: ByteWriter; readonly dictionary: Dictionary},
): ColumnEncoder => {
	const take = function * (context: FieldContext, slots: Uint32Array, now: number): Parts {
		for (const slot of slots) {
			state.present[slot] = 1;
			state.used = Math.max(state.used, slot + 1);
		}

		for (const column of state.columns) {
			const from = context.table.column(column.name as ColumnName);
			if (from !== undefined) {
				yield * inParts(slots.length, (start, end) => {
					takeColumn(context, column, {from, slots: slots.subarray(start, end), now});
				});
			}
		}

		addRowRates(state, slots);
	};

	const takeColumn = (context: FieldContext, column: StateColumn, {from, slots, now}: {from: NumericArray; slots: Uint32Array; now: number}): void => {
		const {array, lanes, type, name} = column;
		const {length} = slots;
		if (type === 'text') {
			const shadow = dictionary.shadow(name, state.present.length);
			for (let index = 0; index < length; index++) {
				const slot = slots[index];
				shadow[slot] = from[slot];
				array[slot] = dictionary.numberOf(context, name, from[slot]);
			}
		} else if (type === 'moment') {
			const direction = directionOf(name);
			for (let index = 0; index < length; index++) {
				array[slots[index]] = momentOf(direction, from[slots[index]], now);
			}
		} else {
			copyRows(array, from, lanes, slots);
		}
	};

	// Returns the slots of a column whose values differ from the state; `continues` has 1 for each slot to compare.
	const changedSlots = function * (context: FieldContext, column: StateColumn, from: NumericArray, continues: Uint8Array): Parts<Uint32Array> {
		const {array, lanes, type, name} = column;
		if (type === 'moment') {
			return movedSlots(column, from, continues, context.table.now);
		}

		if (type !== 'text') {
			return differentSlots(array, from, lanes, continues);
		}

		const shadow = dictionary.shadow(name, state.present.length);
		const renumbered = differentSlots(shadow, from, 1, continues);
		let count = 0;
		yield * inParts(renumbered.length, (start, end) => {
			for (let index = start; index < end; index++) {
				const slot = renumbered[index];
				shadow[slot] = from[slot];
				if (dictionary.numberOf(context, name, from[slot]) !== array[slot]) {
					renumbered[count++] = slot;
				}
			}
		});
		return renumbered.subarray(0, count);
	};

	const writeChanges = function * (context: FieldContext, column: StateColumn, continues: Uint8Array, seconds: number): Parts<Uint32Array> {
		const {table} = context;
		const from = table.column(column.name as ColumnName);
		const changed = from === undefined ? new Uint32Array(0) : yield * changedSlots(context, column, from, continues);
		if (from === undefined || changed.length === 0) {
			writeSlots(writer, []);
			writeSlots(writer, []);
			return changed;
		}

		const {differing, differences, raw} = createChanges(changed.length);
		const before = new Float64Array(Math.min(changed.length, itemsPerPart));
		let [differingCount, rawCount] = [0, 0];
		yield * inParts(changed.length, (start, end) => {
			const slots = changed.subarray(start, end);
			const {array} = column;
			const {length} = slots;
			for (let index = 0; index < length; index++) {
				before[index] = array[slots[index] * column.lanes];
			}

			takeColumn(context, column, {from, slots, now: table.now});
			for (let index = 0; index < length; index++) {
				const slot = slots[index];
				const after = array[slot * column.lanes];
				if (hasDifference(column, before[index], after)) {
					differences[differingCount] = after - before[index];
					differing[differingCount++] = slot;
				} else {
					raw[rawCount++] = slot;
				}
			}
		});
		yield * writeDifferences(column.name, differing.subarray(0, differingCount), differences, seconds);
		const rawSlots = raw.subarray(0, rawCount);
		writeSlots(writer, rawSlots);
		yield * writePlanes(writer, column, rawSlots);
		addRawRates(state, column.name, rawSlots);
		return changed;
	};

	const writeDifferences = function * (name: string, slots: Uint32Array, differences: Float64Array, seconds: number): Parts {
		writeSlots(writer, slots);
		yield * inParts(slots.length, (start, end) => {
			for (let index = start; index < end; index++) {
				writer.signedNumber(differences[index]);
			}
		});
		deriveRates(state, name, slots, differences, seconds);
	};

	return {take, writeChanges};
};

/** Room for the changes of a column: slots with differences, the differences, and the slots whose values are written. */
const createChanges = (length: number) => ({differing: new Uint32Array(length), differences: new Float64Array(length), raw: new Uint32Array(length)});
