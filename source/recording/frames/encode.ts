/**
Encodes frames: the table after a sample, either as a keyframe, which is complete, or as the changes since the previous frame. Frames include closed sockets,
which stay in the table at least until the next sample, so that each close is recorded with its last counters.
*/
import type {FieldContext} from '../../fields/model/field.js';
import type {ColumnName, NumericArray, OptionalColumn} from '../../table/columns/columns.js';
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
};

export type Frame = FrameHead & {readonly bytes: Uint8Array};

export type FrameEncoder = {
	/** Encodes the last sample of the table. */
	readonly encode: (context: FieldContext, options: EncodeOptions) => Frame;
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

	/** Appends the texts and names that the written rows refer to, and packs the frame. */
	const finish = (kind: FrameHead['kind'], moment: FrameMoment, context: FieldContext, named: ArrayLike<number>): Frame => {
		writeTexts(writer, dictionary.takeNew());
		writePairs(collectNames(context, named, state));
		keepNonZeroRates(state);
		state.number++;
		state.now = moment.now;
		state.wall = moment.wall;
		const head = {
			kind, number: state.number, session, ...moment,
		};
		return {...head, bytes: packFrame(head, writer.written)};
	};

	const encodeKey = (context: FieldContext, slots: Uint32Array, moment: FrameMoment, columns: readonly FrameColumn[]): Frame => {
		const {table} = context;
		state.reset(columns);
		dictionary.reset();
		state.grow(table.used);
		resetRates(state);
		writer.clear();
		writeColumns();
		take(context, slots, moment.now);
		writeSlots(writer, slots);
		for (const column of state.columns) {
			writePlanes(writer, column, slots);
		}

		return finish('key', moment, context, slots);
	};

	/** Copies rows of the table into the state. */
	const take = (context: FieldContext, slots: Uint32Array, now: number): void => {
		for (const slot of slots) {
			state.present[slot] = 1;
			state.used = Math.max(state.used, slot + 1);
		}

		for (const column of state.columns) {
			const from = context.table.column(column.name as ColumnName);
			if (from !== undefined) {
				takeColumn(context, column, {from, slots, now});
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
		} else if (lanes === 1) {
			for (let index = 0; index < length; index++) {
				array[slots[index]] = from[slots[index]];
			}
		} else {
			for (const slot of slots) {
				array.set(from.subarray(slot * lanes, (slot + 1) * lanes), slot * lanes);
			}
		}
	};

	/** Returns the slots of a column whose values differ from the state; `continues` has 1 for each slot to compare. */
	const changedSlots = (context: FieldContext, column: StateColumn, from: NumericArray, continues: Uint8Array): Uint32Array => {
		const {array, lanes, type, name} = column;
		if (type === 'moment') {
			return movedSlots(column, from, continues, context.table.now);
		}

		if (type !== 'text') {
			return differentSlots(array, from, lanes, continues);
		}

		const shadow = dictionary.shadow(name, state.present.length);
		return differentSlots(shadow, from, 1, continues).filter(slot => {
			shadow[slot] = from[slot];
			return dictionary.numberOf(context, name, from[slot]) !== array[slot];
		});
	};

	/** @returns The slots whose values have changed. */
	const writeChanges = (context: FieldContext, column: StateColumn, continues: Uint8Array, seconds: number): Uint32Array => {
		const {table} = context;
		const from = table.column(column.name as ColumnName);
		const changed = from === undefined ? new Uint32Array(0) : changedSlots(context, column, from, continues);
		if (from === undefined || changed.length === 0) {
			writeSlots(writer, []);
			writeSlots(writer, []);
			return changed;
		}

		const before = column.lanes === 1 ? Float64Array.from(changed, slot => column.array[slot]) : new Float64Array(changed.length);
		takeColumn(context, column, {from, slots: changed, now: table.now});
		const differing: number[] = [];
		const differences: number[] = [];
		const raw: number[] = [];
		for (const [index, slot] of changed.entries()) {
			if (hasDifference(column, before[index], column.array[slot])) {
				differing.push(slot);
				differences.push(column.array[slot] - before[index]);
			} else {
				raw.push(slot);
			}
		}

		writeSlots(writer, differing);
		for (const difference of differences) {
			writer.signedNumber(difference);
		}

		deriveRates(state, column.name, differing, differences, seconds);
		writeSlots(writer, raw);
		writePlanes(writer, column, raw);
		addRawRates(state, column.name, raw);
		return changed;
	};

	const encodeChanges = (context: FieldContext, slots: Uint32Array, moment: FrameMoment): Frame => {
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

		writer.clear();
		writeSlots(writer, removed);
		resetRates(state);
		const addedSlots = Uint32Array.from(added);
		take(context, addedSlots, moment.now);
		writeSlots(writer, addedSlots);
		for (const column of state.columns) {
			writePlanes(writer, column, addedSlots);
		}

		const seconds = (moment.now - state.now) / 1000;
		const named = [...added];
		for (const column of state.columns) {
			const changed = writeChanges(context, column, continues, seconds);
			if (namedColumns.has(column.name)) {
				named.push(...changed);
			}
		}

		return finish('changes', moment, context, named);
	};

	return {
		encode(context, {wall, isRecorded, columns = context.table.optionalNames}) {
			const {table} = context;
			const moment = {now: table.now, wall};
			const slots = recordedSlots(table, isRecorded);
			const wanted = frameColumns(columns);
			if (
				isKeyNext || moment.now < state.now || moment.now - keyAt >= keyInterval || changeBytes > changesPerKey * keyBytes || !isSameColumns(wanted, state.columns)
			) {
				const frame = encodeKey(context, slots, moment, wanted);
				isKeyNext = false;
				keyAt = moment.now;
				keyBytes = frame.bytes.length;
				changeBytes = 0;
				return frame;
			}

			const frame = encodeChanges(context, slots, moment);
			changeBytes += frame.bytes.length;
			return frame;
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

const isSameColumns = (a: readonly FrameColumn[], b: readonly FrameColumn[]): boolean => a.length === b.length && a.every(({name}, index) => name === b[index].name);
