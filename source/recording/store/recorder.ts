/** Records samples: a frame of each, and the lives of its sockets. */
import type {FieldContext} from '../../fields/model/field.js';
import {Life} from '../../table/columns/columns.js';
import {Protocol} from '../../table/columns/protocols.js';
import {State} from '../../table/columns/states.js';
import {Event} from '../../table/journal-table.js';
import type {Journal} from '../../table/journal.js';
import type {Yielder} from '../../parts/parts.js';
import type {Changes} from '../../table/changes.js';
import {createFrameEncoder} from '../frames/encode.js';
import {createSampleCounts} from '../frames/sample-counts.js';
import {readLife, type LifeRow} from './lives.js';
import type {Shards} from './shards.js';

/** Maximum number of open sockets whose lives are repeated at the start of each shard, so that it can be read alone. The others are only in its first frame. */
const maxRepeated = 20_000;

/** Maximum number of lives that wait to be written after a failure. Each failure halves them, because they may be what does not fit. The newest are kept. */
const maxWaiting = 20_000;

export type RecorderOptions = {
	readonly context: FieldContext;
	readonly journal: Journal;
	readonly journalContext: FieldContext;
	readonly shards: Shards;
	readonly run: number;
};

/** Which sockets are recorded, by slots of the table and of the journal. Default: all. */
export type Selection = {readonly isRecorded?: (slot: number) => boolean; readonly isEntryRecorded?: (slot: number) => boolean};

/** A sample to record. */
export type RecordedSample = {
	readonly changes: Changes;
	/** Destroy events that the kernel dropped since the previous sample. */
	readonly droppedEvents: number;
	/** Called between two parts of the work. */
	readonly yieldNow?: Yielder;
};

export type Recorder = {
	/**
	Records the table after a sample. To be called after the owner search and after the journal was updated. The table must not change before the returned promise
	resolves.

	@param wall Milliseconds since 1970.
	@returns Whether the sample was written.
	*/
	readonly take: (sample: RecordedSample, wall: number, selection?: Selection) => Promise<boolean>;
	/** Closes the recording, when a sample that is being recorded has been written. */
	readonly close: () => Promise<void>;
};

export const createRecorder = ({context, journal, journalContext, shards, run}: RecorderOptions): Recorder => {
	const {table} = context;
	const encoder = createFrameEncoder(run);
	const count = createSampleCounts(table, journal);
	/** Slots and ids of open sockets whose owner was unknown when their lives were written. */
	let withoutOwner: Array<readonly [slot: number, id: number]> = [];
	/** Lives that could not be written yet. */
	let waiting: readonly LifeRow[] = [];
	let previous = NaN;
	let isWritten = true;
	let taking: Promise<boolean> | undefined;

	/** Whether the connection of a TCP socket has closed although the socket still exists. The journal already has its close. */
	const isOver = (slot: number): boolean => {
		const {protocol, state, peerPort} = table.core;
		return protocol[slot] === Protocol.tcp && (state[slot] === State.timeWait || (state[slot] === State.unconnected && peerPort[slot] !== 0));
	};

	const livingSlots = ({isRecorded}: Selection): number[] => {
		const slots: number[] = [];
		for (let slot = 0; slot < table.used && slots.length < maxRepeated; slot++) {
			if ((table.core.life[slot] & (Life.used | Life.closed)) === Life.used && !isOver(slot) && isRecorded?.(slot) !== false) {
				slots.push(slot);
			}
		}

		return slots;
	};

	/** Slots of journal entries that got their last counters with this sample, after they had been recorded. */
	const completedEntries = ({counted, late}: Changes): number[] => {
		const {core} = table;
		const ids = [...late.map(({id}) => id), ...counted.filter(slot => core.closedAt[slot] < table.now).map(slot => core.id[slot])];
		if (ids.length === 0) {
			return [];
		}

		const closes = journal.table.closes();
		return ids.map(id => closes.get(id)).filter(entry => entry !== undefined).map(entry => journal.table.slotOf(entry));
	};

	/** The lives to write for a sample. */
	const changedLives = (changes: Changes, selection: Selection, wallAt: (moment: number) => number): LifeRow[] => {
		const {table: entries} = journal;
		const rows = new Map<number, LifeRow>();
		const note = (row: LifeRow): void => {
			rows.set(row.socket, row);
		};

		for (const [slot, id] of withoutOwner) {
			if (table.core.id[slot] === id && table.core.owners[slot] !== 0 && !table.isClosed(slot)) {
				note(readLife(context, slot, id, wallAt));
			}
		}

		withoutOwner = withoutOwner.filter(([slot, id]) => table.core.id[slot] === id && table.core.owners[slot] === 0 && !table.isClosed(slot));
		// Entries do not wait for late counters: `completedEntries` returns them again.
		for (const slot of [...completedEntries(changes), ...journal.takeCompleted({owners: true, counters: false}).slots]) {
			if (selection.isEntryRecorded?.(slot) !== false && (entries.event[slot] !== Event.changed || !rows.has(entries.socket[slot]))) {
				note(readLife(journalContext, slot, entries.socket[slot], wallAt));
			}
		}

		return rows.values().toArray();
	};

	const noteOwnerless = (slots: readonly number[]): void => {
		for (const slot of slots) {
			if (table.core.owners[slot] === 0) {
				withoutOwner.push([slot, table.core.id[slot]]);
			}
		}
	};

	const wasRecorded = async ({changes, droppedEvents, yieldNow}: RecordedSample, wall: number, selection: Selection): Promise<boolean> => {
		const wallAt = (moment: number): number => wall - (table.now - moment);
		const counts = count(changes, droppedEvents, selection.isRecorded);
		const changed = [...waiting, ...changedLives(changes, selection, wallAt)];
		const elapsed = Number.isNaN(previous) ? undefined : table.now - previous;
		if (!isWritten) {
			encoder.restart();
		}

		const {isRecorded} = selection;
		const encode = async () => encoder.encode(context, {wall, ...(isRecorded && {isRecorded}), ...(yieldNow && {yieldNow})});
		isWritten = await shards.write(wall, async isFirst => {
			if (!isFirst) {
				return {
					frame: await encode(), elapsed, counts, lives: changed,
				};
			}

			encoder.restart();
			const living = livingSlots(selection);
			noteOwnerless(living);
			const lives = [...living.map(slot => readLife(context, slot, table.core.id[slot], wallAt)), ...changed];
			return {
				frame: await encode(), elapsed, counts, lives,
			};
		});
		waiting = isWritten ? [] : changed.slice(Math.ceil(Math.max(changed.length / 2, changed.length - maxWaiting)));
		previous = table.now;
		return isWritten;
	};

	return {
		async take(sample, wall, selection = {}) {
			taking = wasRecorded(sample, wall, selection);
			return taking;
		},
		async close() {
			await Promise.allSettled([taking]);
			shards.close();
		},
	};
};
