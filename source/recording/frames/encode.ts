/**
Encodes frames: the table after a sample, either as a keyframe, which is complete, or as the changes since the previous frame. Frames include closed sockets,
which stay in the table at least until the next sample, so that each close is recorded with its last counters.
*/
import type {FieldContext} from '../../fields/model/field.js';
import type {OptionalColumn} from '../../table/columns/columns.js';
import {
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
import {createColumnEncoder} from './column-encoder.js';
import {createDictionary} from './dictionary.js';
import {packFrame, type FrameHead} from './envelope.js';
import {collectNames} from './names.js';
import {FrameState, type FrameMoment} from './state.js';
import {writeTexts} from './text-list.js';
import {
	keepNonZeroRates,
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
	const columnEncoder = createColumnEncoder({state, writer, dictionary});
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
		yield * columnEncoder.take(context, slots, moment.now);
		writeSlots(writer, slots);
		for (const column of state.columns) {
			yield * writePlanes(writer, column, slots);
		}

		yield * finish(context, slots);
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
		yield * columnEncoder.take(context, addedSlots, moment.now);
		writeSlots(writer, addedSlots);
		for (const column of state.columns) {
			yield * writePlanes(writer, column, addedSlots);
		}

		const seconds = (moment.now - state.now) / 1000;
		const named = [...added];
		for (const column of state.columns) {
			const changed = yield * columnEncoder.writeChanges(context, column, continues, seconds);
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

const isSameColumns = (a: readonly FrameColumn[], b: readonly FrameColumn[]): boolean => a.length === b.length && a.every(({name}, index) => name === b[index].name);
