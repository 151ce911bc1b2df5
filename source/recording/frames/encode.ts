/**
Encodes frames: the table after a sample, either as a keyframe, which is complete, or as the changes since the previous frame. Frames include closed sockets,
which stay in the table at least until the next sample, so that each close is recorded with its last counters.
*/
import type {FieldContext} from '../../fields/model/field.js';
import type {ColumnName, NumericArray, OptionalColumn} from '../../table/columns/columns.js';
import {
	inParts,
	runParts,
	type Parts,
	type Yielder,
} from '../../parts/parts.js';
import type {SocketTable} from '../../table/socket-table.js';
import {ByteWriter} from './bytes.js';
import {
	columnTypes,
	frameColumns,
	type FrameColumn,
} from './columns.js';
import {createDictionary} from './dictionary.js';
import {differentSlots, momentOf, movedSlots} from './differences.js';
import {packFrame, type FrameHead} from './envelope.js';
import {collectNames} from './names.js';
import {copyRows} from './rows.js';
import {FrameState, type FrameMoment, type StateColumn} from './state.js';
import {writeTexts} from './text-list.js';
import {
	deriveRates,
	hasDifference,
	keepNonZeroRates,
	addRawRates,
	addRowRates,
	resetRates,
	writePlanes,
	writeSlots,
} from './values.js';

/** Columns whose numbers have names. */
const namedColumns: ReadonlySet<string> = new Set(['uid', 'namespace', 'interfaceIndex', 'cgroupId']);

/** A keyframe is written after `keyInterval` milliseconds, or when the changes since the last one take `changesPerKey` times its bytes. */
const keyInterval = 600_000;
const changesPerKey = 4;

export type EncodeOptions = {
	readonly wall: number;
	/** Whether a slot is recorded. Default: all. */
	readonly isRecorded?: (slot: number) => boolean;
	/** Optional columns to record. Default: all that the table has. */
	readonly columns?: Iterable<OptionalColumn>;
	/** Called between two parts of the work: a keyframe of 100,000 sockets takes 0.2 s. */
	readonly yieldNow?: Yielder;
};

export type Frame = FrameHead & {readonly bytes: Uint8Array};

export type FrameEncoder = {
	/** Encodes the last sample of the table, which must not change before the returned promise resolves. Frames are encoded one after the other. */
	readonly encode: (context: FieldContext, options: EncodeOptions) => Promise<Frame>;
	/** Makes the next frame a keyframe. */
	readonly restart: () => void;
};

/** @param session Identifies this run of a recorder. */
export const createFrameEncoder = (session: number): FrameEncoder => {
	const state = new FrameState();
	state.session = session;
	const writer = new ByteWriter();
	const dictionary = createDictionary();
	let isKeyNext = true;
	let keyAt = NaN;
	let keyBytes = 0;
	let changeBytes = 0;

	const writeColumns = (): void => {
		writer.number(state.columns.length);
		for (const {name, type, lanes} of state.columns) {
			writer.text(name);
			writer.number(columnTypes.indexOf(type));
			writer.number(lanes);
		}
	};

	const writePairs = (pairs: ReadonlyArray<readonly [string, string]>): void => {
		writer.number(pairs.length);
		for (const [key, name] of pairs) {
			writer.text(key);
			writer.text(name);
		}
	};

	// Appends the texts and names that the written rows refer to.
	const finish = function * (context: FieldContext, named: ArrayLike<number>): Parts {
		yield * writeTexts(writer, dictionary.takeNew());
		writePairs(collectNames(context, named, state));
		keepNonZeroRates(state);
	};

	const encodeKey = function * (context: FieldContext, slots: Uint32Array, moment: FrameMoment, columns: readonly FrameColumn[]): Parts {
		const {table} = context;
		state.reset(columns);
		dictionary.reset();
		state.grow(table.used);
		resetRates(state);
		writeColumns();
		yield * take(context, slots, moment.now);
		writeSlots(writer, slots);
		for (const column of state.columns) {
			yield * writePlanes(writer, column, slots);
		}

		yield * finish(context, slots);
	};

	// Copies rows of the table into the state.
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
			for (let index = 0; index < length; index++) {
				array[slots[index]] = momentOf(name, from[slots[index]], now);
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

	// Returns the slots whose values have changed.
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
		let [differingCount, rawCount] = [0, 0];
		yield * inParts(changed.length, (start, end) => {
			const slots = changed.subarray(start, end);
			const before = column.lanes === 1 ? Float64Array.from(slots, slot => column.array[slot]) : new Float64Array(slots.length);
			takeColumn(context, column, {from, slots, now: table.now});
			for (const [index, slot] of slots.entries()) {
				const after = column.array[slot];
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

	const encodeChanges = function * (context: FieldContext, slots: Uint32Array, moment: FrameMoment): Parts {
		const {table} = context;
		state.grow(table.used);
		const ids = state.column('id') ?? new Uint32Array(0);
		const {id} = table.core;
		const continues = new Uint8Array(table.used);
		const listed = new Uint8Array(Math.max(state.used, table.used));
		const added: number[] = [];
		const {length} = slots;
		for (let index = 0; index < length; index++) {
			const slot = slots[index];
			listed[slot] = 1;
			if (state.present[slot] === 1 && ids[slot] === id[slot]) {
				continues[slot] = 1;
			} else {
				added.push(slot);
			}
		}

		const removed: number[] = [];
		for (let slot = 0; slot < state.used; slot++) {
			if (state.present[slot] === 1 && listed[slot] === 0) {
				removed.push(slot);
				state.present[slot] = 0;
			}
		}

		writeSlots(writer, removed);
		resetRates(state);
		const addedSlots = Uint32Array.from(added);
		yield * take(context, addedSlots, moment.now);
		writeSlots(writer, addedSlots);
		for (const column of state.columns) {
			yield * writePlanes(writer, column, addedSlots);
		}

		const seconds = (moment.now - state.now) / 1000;
		const named = [...added];
		for (const column of state.columns) {
			const changed = yield * writeChanges(context, column, continues, seconds);
			if (namedColumns.has(column.name)) {
				for (const slot of changed) {
					named.push(slot);
				}
			}

			yield;
		}

		yield * finish(context, named);
	};

	return {
		async encode(context, {wall, isRecorded, columns = context.table.optionalNames, yieldNow}) {
			const {table} = context;
			const moment = {now: table.now, wall};
			const slots = recordedSlots(table, isRecorded);
			const wanted = frameColumns(columns);
			const isKey = isKeyNext || moment.now < state.now || moment.now - keyAt >= keyInterval || changeBytes > changesPerKey * keyBytes
				|| !isSameColumns(wanted, state.columns);
			// If anything fails, the state is incomplete, and the next frame must not refer to it.
			isKeyNext = true;
			writer.clear();
			await runParts(isKey ? encodeKey(context, slots, moment, wanted) : encodeChanges(context, slots, moment), yieldNow);
			state.number++;
			state.now = moment.now;
			state.wall = moment.wall;
			const head = {
				kind: isKey ? 'key' : 'changes', number: state.number, session, ...moment,
			} as const;
			const bytes = await packFrame(head, writer.written);
			writer.clear();
			isKeyNext = false;
			if (isKey) {
				keyAt = moment.now;
				keyBytes = bytes.length;
				changeBytes = 0;
			} else {
				changeBytes += bytes.length;
			}

			return {...head, bytes};
		},
		restart() {
			isKeyNext = true;
		},
	};
};

const recordedSlots = (table: SocketTable, isRecorded: (slot: number) => boolean = () => true): Uint32Array => {
	const slots = new Uint32Array(table.used);
	let length = 0;
	const {life} = table.core;
	for (let slot = 0; slot < table.used; slot++) {
		if (life[slot] !== 0 && isRecorded(slot)) {
			slots[length++] = slot;
		}
	}

	return slots.subarray(0, length);
};

/** Room for the changes of a column: slots with differences, the differences, and the slots whose values are written. */
const createChanges = (length: number) => ({differing: new Uint32Array(length), differences: new Float64Array(length), raw: new Uint32Array(length)});

const isSameColumns = (a: readonly FrameColumn[], b: readonly FrameColumn[]): boolean => a.length === b.length && a.every(({name}, index) => name === b[index].name);
