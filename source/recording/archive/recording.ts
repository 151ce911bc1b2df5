/** A recording: all shards of a folder, or one. */
import fs from 'node:fs';
import path from 'node:path';
import {FrameError} from '../frames/bytes.js';
import {createStateReader} from '../frames/frame-list.js';
import type {Moment} from '../frames/moment.js';
import type {FrameState} from '../frames/state.js';
import {listShards} from '../store/shard-names.js';
import {
	openShard,
	ShardError,
	type RecordedLife,
	type ShardReader,
} from './shard-reader.js';

/** A frame of a recording: its position in one of the shards. */
export type Position = {readonly list: number; readonly index: number; readonly moment: Moment};

export type Recording = {
	/** Where it is, as it was named. */
	readonly path: string;
	readonly hostname: string | undefined;
	readonly kernelRelease: string | undefined;
	/** Milliseconds between samples, as the newest shard was to have. */
	readonly interval: number;
	/** All frames, in the order of their times. There is one at least. */
	readonly positions: readonly Position[];
	/** Sentences about what is lost. They grow while frames are read. */
	readonly losses: readonly string[];
	/**
	The state at a frame, which is good until the next call.

	@throws FrameError where it is damaged.
	*/
	readonly stateAt: (position: Position) => FrameState;
	/** The lives that overlap a time, each once: the row of the shard that knows most. A life without close goes on until the last frame of its run. */
	readonly lives: (from: number, to: number) => readonly RecordedLife[];
	readonly close: () => void;
};

/** Nothing can be read. The message is a sentence. */
export class RecordingError extends Error {
	override name = 'RecordingError';
}

/** The shards at a path; a sentence about each that cannot be read. */
const openAll = (place: string): {readonly shards: readonly ShardReader[]; readonly losses: readonly string[]} => {
	const files = fs.statSync(place).isDirectory() ? listShards(place).map(({file}) => file) : [place];
	const shards: ShardReader[] = [];
	const losses: string[] = [];
	for (const file of files) {
		try {
			shards.push(openShard(file));
		} catch (error) {
			// One that was removed in the meantime has expired.
			if (fs.existsSync(file)) {
				losses.push(error instanceof ShardError ? error.message : String(error));
			}
		}
	}

	return {shards, losses};
};

/**
Opens a recording.

@param place A folder that `conntop record` wrote to, or one file in it.
@throws RecordingError where there is nothing that can be read.
*/
export const openRecording = (place: string): Recording => {
	let opened: ReturnType<typeof openAll>;
	try {
		opened = openAll(place);
	} catch (error) {
		throw new RecordingError(`${place} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
	}

	const {shards} = opened;
	const losses = [...opened.losses];
	const positions = shards
		.flatMap(({moments}, list) => moments.map((moment, index) => ({list, index, moment})))
		.toSorted((a, b) => a.moment.time - b.moment.time);
	const [last] = shards.slice(-1);
	if (positions.length === 0 || last === undefined) {
		for (const shard of shards) {
			shard.close();
		}

		throw new RecordingError(losses.length > 0 ? losses.join('; ') : `${place} has no recording: \`conntop record --to ${place}\` makes one`);
	}

	const reader = createStateReader();
	const damaged = new Set<ShardReader>();
	const runEnds = new Map<number, number>();
	for (const {moment: {run, time}} of positions) {
		runEnds.set(run, Math.max(runEnds.get(run) ?? 0, time));
	}

	return {
		path: place,
		hostname: textIn(last, 'hostname'),
		kernelRelease: textIn(last, 'kernel'),
		interval: Number(last.facts.interval ?? 0),
		positions,
		losses,
		stateAt({list, index}) {
			const shard = shards[list];
			try {
				return reader.at(shard, index);
			} catch (error) {
				if (error instanceof FrameError && !damaged.has(shard)) {
					damaged.add(shard);
					losses.push(`${path.basename(shard.file)} is damaged: a frame at ${new Date(shard.moments[index]?.time ?? 0).toISOString()} cannot be read (${error.message})`);
				}

				throw error;
			}
		},
		lives(from, to) {
			const rows = new Map<string, RecordedLife>();
			for (const shard of shards) {
				try {
					for (const row of shard.lives(from, to)) {
						const key = `${row.run} ${row.socket}`;
						// A later shard has it as it went on; a close is the last word.
						if (rows.get(key)?.closed === undefined || rows.get(key)?.closed === null) {
							rows.set(key, row);
						}
					}
				} catch (error) {
					losses.push(`${path.basename(shard.file)} is damaged: its connections cannot be read (${error instanceof Error ? error.message : String(error)})`);
				}
			}

			return [...rows.values()].filter(row => row.closed !== null || isOpenAt(shards, row, from, runEnds.get(Number(row.run)) ?? 0));
		},
		close() {
			for (const shard of shards) {
				shard.close();
			}
		},
	};
};

const textIn = ({facts}: ShardReader, key: string): string | undefined => {
	const text = facts[key];
	return typeof text === 'string' && text !== '' ? text : undefined;
};

/** Whether a life without close in its row went on at a time: no other shard has its close, and its recorder still ran. */
const isOpenAt = (shards: readonly ShardReader[], {run, socket}: RecordedLife, time: number, runEnd: number): boolean =>
	runEnd >= time && shards.every(shard => (shard.closeOf(run, socket) ?? Infinity) >= time);
