/**
The shards of one recorder in their folder. Two bounds hold at all times: no sample is older than `keep`, and all files together have no more than `maxSize` bytes.
A shard is cut after a tenth of either, so that expiry removes whole files.
*/
import path from 'node:path';
import {
	createShard,
	removeShard,
	shardBytes,
	type ShardFacts,
	type ShardSample,
	type ShardWriter,
} from './shard.js';
import {listShards, shardName} from './shard-names.js';
import {ResultCode, resultCodeOf} from './sqlite.js';
import {lockFolder} from './writer-lock.js';

export type ShardsOptions = {
	/** It exists, and belongs to this user. */
	readonly folder: string;
	/** Milliseconds. */
	readonly keep: number;
	readonly maxSize: number;
	readonly run: number;
	readonly facts: ShardFacts;
	/** Takes a sentence about something that went wrong, or right again. */
	readonly say: (sentence: string) => void;
};

/** Of each bound, what one shard may have. */
const part = 0.1;

/** Of the bytes that a shard may have, those from which on it is cut: the next sample must fit. */
const cutAt = 0.7;

/** Beside the finished shards there are the one that is written and SQLite's journal of it, which is no larger. */
const finishedPart = 1 - 2 * part;

export type Shards = {
	/** Whether the next sample begins a shard, so that it must stand alone. */
	readonly isCutDue: (wall: number) => boolean;
	/**
	Writes a sample.

	@param wall Its time, in milliseconds since 1970.
	@param make Makes it: for a new shard, one that stands alone. It is asked again where the sample did not fit.
	@returns Whether it is written.
	*/
	readonly write: (wall: number, make: (isFirst: boolean) => ShardSample) => boolean;
	/** Bytes of all shards. */
	readonly bytes: () => number;
	readonly close: () => void;
};

/** @throws FolderInUseError */
export const createShards = ({folder, keep, maxSize, run, facts, say}: ShardsOptions): Shards => {
	const unlock = lockFolder(folder);
	const mostBytes = Math.floor(maxSize * part);
	let current: ShardWriter | undefined;
	let isFailing = false;

	const finished = () => listShards(folder).filter(({file}) => file !== current?.file);

	/** Removes what is too old, and the oldest of what is too much. */
	const expire = (wall: number): void => {
		const shards = finished().map(shard => ({...shard, bytes: shardBytes(shard.file)}));
		let sum = shards.reduce((total, {bytes}) => total + bytes, 0);
		for (const {file, begins, bytes} of shards) {
			if (begins < wall - keep || sum > maxSize * finishedPart) {
				removeShard(file);
				sum -= bytes;
			}
		}
	};

	const isCutDue = (wall: number): boolean => current === undefined || wall - current.begins >= keep * part || wall < current.begins
		|| current.bytes() >= mostBytes * cutAt;

	const finish = (): void => {
		current?.close();
		current = undefined;
	};

	/** Adds a sample to the shard that is written, or to a new one. */
	const add = (wall: number, make: (isFirst: boolean) => ShardSample): void => {
		if (isCutDue(wall)) {
			finish();
		}

		expire(wall);
		const isFirst = current === undefined;
		current ??= createShard(path.join(folder, shardName(wall, run)), wall, mostBytes, facts);
		try {
			current.add(make(isFirst));
		} catch (error) {
			const isEmpty = isFirst;
			const {file} = current;
			const isOverfull = current.bytes() > mostBytes * 0.5;
			finish();
			if (isEmpty) {
				removeShard(file);
			}

			// A shard that has become full is cut; the sample goes to the next one.
			if (!isEmpty && isOverfull && resultCodeOf(error) === ResultCode.full) {
				add(wall, make);
				return;
			}

			throw error;
		}
	};

	/** What to say about a sample that could not be written, once there is nothing left to remove. */
	const explain = (error: unknown): string => {
		const reason = error instanceof Error ? error.message : String(error);
		return resultCodeOf(error) === ResultCode.full
			? `samples are lost: ${folder} has no room for one, or --max-size ${maxSize} is too small for so many sockets (a sample may take a tenth of it)`
			: `samples are lost: ${folder} cannot be written: ${reason}`;
	};

	return {
		isCutDue,
		write(wall, make) {
			for (;;) {
				try {
					add(wall, make);
				} catch (error) {
					const oldest = finished().at(0);
					if (resultCodeOf(error) === ResultCode.full && oldest !== undefined) {
						removeShard(oldest.file);
						say(`the disk is full: the oldest shard, ${path.basename(oldest.file)}, was removed`);
						continue;
					}

					if (!isFailing) {
						say(explain(error));
					}

					isFailing = true;
					return false;
				}

				if (isFailing) {
					say(`samples are written again into ${folder}`);
				}

				isFailing = false;
				return true;
			}
		},
		bytes: () => listShards(folder).reduce((sum, {file}) => sum + shardBytes(file), 0),
		close() {
			finish();
			unlock();
		},
	};
};
