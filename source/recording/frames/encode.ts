/**
Writes frames: what a sample left in the table, as a keyframe that stands alone or as what changed since the frame before. All rows are in it, those of closed
sockets included, which stay in the table until the next sample at least: so each close is in a frame, with its last counters.
*/
import type {FieldContext} from '../../fields/model/field.js';
import type {Owner} from '../../owners/owner.js';
import type {ColumnName, NumericArray, OptionalColumn} from '../../table/columns/columns.js';
import type {SocketTable} from '../../table/socket-table.js';
import {ByteWriter} from './bytes.js';
import {
	columnTypes,
	frameColumns,
	type FrameColumn,
} from './columns.js';
import {differentSlots, momentOf, movedSlots} from './differences.js';
import {packFrame, type FrameHead} from './envelope.js';
import {collectNames} from './names.js';
import {ownersText} from './owner-texts.js';
import {FrameState, type FrameMoment, type StateColumn} from './state.js';
import {writeTexts} from './text-list.js';
import {
	deriveRates,
	hasDifference,
	noteMoving,
	noteRaw,
	noteRows,
	resetRates,
	writePlanes,
	writeSlots,
} from './values.js';

/** Columns with numbers that have names. */
const namedColumns: ReadonlySet<string> = new Set(['uid', 'namespace', 'interfaceIndex', 'cgroupId']);

/** A keyframe is written after so many milliseconds of the recorder's clock, and when the changes since the last one have so many times its bytes. */
const keyInterval = 600_000;
const changesPerKey = 4;

export type EncodeOptions = {
	readonly wall: number;
	/** Which slots are recorded; all by default. */
	readonly isRecorded?: (slot: number) => boolean;
	/** Optional columns that are recorded; by default all that the table has. */
	readonly columns?: Iterable<OptionalColumn>;
};

export type Frame = FrameHead & {readonly bytes: Uint8Array};

export type FrameEncoder = {
	/** The frame of the last sample in the table. */
	readonly encode: (context: FieldContext, options: EncodeOptions) => Frame;
	/** Makes the next frame a keyframe. */
	readonly restart: () => void;
};

/** @param session A number that tells this run of a recorder from others. */
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

	/** Adds what the rows in the writer refer to, and packs all. */
	const finish = (kind: FrameHead['kind'], moment: FrameMoment, context: FieldContext, named: ArrayLike<number>): Frame => {
		writeTexts(writer, dictionary.takeNew());
		writePairs(collectNames(context, named, state));
		noteMoving(state);
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

	/** Takes rows into the state as they are. */
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

		noteRows(state, slots);
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

	/** Slots of a column whose values are not those of the state; `continues` has 1 for each slot that is compared. */
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

	/** @returns The slots that have another value now. */
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
		noteRaw(state, column.name, raw);
		return changed;
	};

	const encodeChanges = (context: FieldContext, slots: Uint32Array, moment: FrameMoment): Frame => {
		const {table} = context;
		state.grow(table.used);
		const ids = state.column('id') ?? new Uint32Array(0);
		const {id} = table.core;
		const continues = new Uint8Array(table.used);
		const listed = new Uint8Array(Math.max(state.used, table.used));
		const born: number[] = [];
		const {length} = slots;
		for (let index = 0; index < length; index++) {
			const slot = slots[index];
			listed[slot] = 1;
			if (state.present[slot] === 1 && ids[slot] === id[slot]) {
				continues[slot] = 1;
			} else {
				born.push(slot);
			}
		}

		const gone: number[] = [];
		for (let slot = 0; slot < state.used; slot++) {
			if (state.present[slot] === 1 && listed[slot] === 0) {
				gone.push(slot);
				state.present[slot] = 0;
			}
		}

		writer.clear();
		writeSlots(writer, gone);
		resetRates(state);
		const bornSlots = Uint32Array.from(born);
		take(context, bornSlots, moment.now);
		writeSlots(writer, bornSlots);
		for (const column of state.columns) {
			writePlanes(writer, column, bornSlots);
		}

		const seconds = (moment.now - state.now) / 1000;
		const named = [...born];
		for (const column of state.columns) {
			const changed = writeChanges(context, column, continues, seconds);
			if (namedColumns.has(column.name)) {
				named.push(...changed);
			}
		}

		return finish('changes', moment, context, named);
	};

	return {
		encode(context, {wall, isRecorded, columns = context.table.wanted}) {
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

/** The texts of frames, and which number of the table each of its numbers was. */
const createDictionary = () => {
	const numbers = new Map<string, number>();
	/** By column and slot, the number in the table: while it stays, so does the text. */
	const shadows = new Map<string, Uint32Array>();
	/** The last text that was found for a number of a list of owners. A list that is forgotten gives its number to another, which is another object. */
	const ownerTexts = new Map<number, {readonly list: readonly Owner[]; readonly text: string}>();
	let added: string[] = [];

	const textOf = ({table, owners}: FieldContext, name: string, number: number): string => {
		if (name !== 'owners') {
			return table.texts.of(number);
		}

		const list = owners.of(number);
		const cached = ownerTexts.get(number);
		if (cached?.list === list) {
			return cached.text;
		}

		const text = ownersText(list);
		ownerTexts.set(number, {list, text});
		return text;
	};

	return {
		reset(): void {
			numbers.clear();
			shadows.clear();
			ownerTexts.clear();
			added = [];
		},
		shadow(name: string, length: number): Uint32Array {
			let shadow = shadows.get(name);
			if (shadow === undefined || shadow.length < length) {
				const larger = new Uint32Array(length);
				larger.set(shadow ?? []);
				shadow = larger;
				shadows.set(name, shadow);
			}

			return shadow;
		},
		numberOf(context: FieldContext, name: string, number: number): number {
			if (number === 0) {
				return 0;
			}

			const text = textOf(context, name, number);
			if (text === '') {
				return 0;
			}

			let own = numbers.get(text);
			if (own === undefined) {
				own = numbers.size + 1;
				numbers.set(text, own);
				added.push(text);
			}

			return own;
		},
		/** The texts that are new since the last call. */
		takeNew(): readonly string[] {
			const texts = added;
			added = [];
			return texts;
		},
	};
};
