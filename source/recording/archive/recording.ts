/** A recording: all shards of a folder, or a single shard. */
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

/** The position of a frame: index of its shard, and index within the shard. */
export type Position = {readonly list: number; readonly index: number; readonly moment: Moment};

export type Recording = {
	/** Path as given by the user. */
	readonly path: string;
	readonly hostname: string | undefined;
	readonly kernelRelease: string | undefined;
	/** Configured milliseconds between samples, from the newest shard. */
	readonly interval: number;
	/** All frames in chronological order; at least one. */
	readonly positions: readonly Position[];
	/** Sentences about unreadable parts. Reading frames may add more. */
	readonly losses: readonly string[];
	/**
	Returns the state at a frame, valid until the next call.

	@throws FrameError if the frame is damaged.
	*/
	readonly stateAt: (position: Position) => FrameState;
	/** The lives that overlap a time span. If several shards have a life, returns the most complete row. A life without close lasts until the last frame of its run. */
	readonly lives: (from: number, to: number) => readonly RecordedLife[];
	readonly close: () => void;
};

/** A recording cannot be read. The message is a sentence. */
export class RecordingError extends Error {
	override name = 'RecordingError';
}

/** Opens the shards at a path. Returns a sentence about each that cannot be read. */
const openAll = (location: string): {readonly shards: readonly ShardReader[]; readonly losses: readonly string[]} => {
	const files = fs.statSync(location).isDirectory() ? listShards(location).map(({file}) => file) : [location];
	const shards: ShardReader[] = [];
	const losses: string[] = [];
	for (const file of files) {
		try {
			shards.push(openShard(file));
		} catch (error) {
			// A shard that no longer exists has expired.
			if (fs.existsSync(file)) {
				losses.push(error instanceof ShardError ? error.message : String(error));
			}
		}
	}

	return {shards, losses};
};

/**
Opens a recording.

@param location A folder that `conntop record` wrote to, or one file in it.
@throws RecordingError if nothing can be read.
*/
export const openRecording = (location: string): Recording => {
	let opened: ReturnType<typeof openAll>;
	try {
		opened = openAll(location);
	} catch (error) {
		throw new RecordingError(`${location} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
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

		throw new RecordingError(losses.length > 0 ? losses.join('; ') : `${location} has no recording: \`conntop record --to ${location}\` makes one`);
	}

	const reader = createStateReader();
	const damaged = new Set<ShardReader>();
	const runEnds = new Map<number, number>();
	for (const {moment: {run, time}} of positions) {
		runEnds.set(run, Math.max(runEnds.get(run) ?? 0, time));
	}

	return {
		path: location,
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
						const key = `${String(row.run)} ${String(row.socket)}`;
						// A row of a later shard is newer, but a row with a close is final.
						if (rows.get(key)?.closed === undefined || rows.get(key)?.closed === null) {
							rows.set(key, row);
						}
					}
				} catch (error) {
					losses.push(`${path.basename(shard.file)} is damaged: its connections cannot be read (${error instanceof Error ? error.message : String(error)})`);
				}
			}

			return rows.values().filter(row => row.closed !== null || isOpenAt(shards, row, from, runEnds.get(Number(row.run)) ?? 0)).toArray();
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

/** Whether a life without close in its row was still open at a time: no shard has an earlier close, and the recorder was still running. */
const isOpenAt = (shards: readonly ShardReader[], {run, socket}: RecordedLife, time: number, runEnd: number): boolean =>
	runEnd >= time && shards.every(shard => (shard.closeOf(run, socket) ?? Infinity) >= time);
