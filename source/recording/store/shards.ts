/**
The shards of one recorder in their folder. Two bounds always hold: no sample is older than `keep`, and all files together have at most `maxSize` bytes. A shard
is finished after a tenth of either, so that expiry can remove whole files.
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
	/** An existing folder of this user. */
	readonly folder: string;
	/** Milliseconds. */
	readonly keep: number;
	readonly maxSize: number;
	readonly run: number;
	readonly facts: ShardFacts;
	/** Reports a failure or a recovery, as a sentence. */
	readonly report: (sentence: string) => void;
};

/** Share of each bound that one shard may take. */
const shardShare = 0.1;

/** Share of a shard's bytes after which it is finished, so that the next sample always fits. */
const finishAt = 0.7;

/** Share of the size for finished shards. The rest is for the current shard and SQLite's journal of it, which is at most as large. */
const finishedShare = 1 - 2 * shardShare;

export type Shards = {
	/** Whether the next sample starts a new shard, and so must be a keyframe. */
	readonly isCutDue: (wall: number) => boolean;
	/**
	Writes a sample.

	@param wall Time of the sample, in milliseconds since 1970.
	@param make Creates the sample, with a keyframe if it is the first of a shard. Called again if the sample did not fit.
	@returns Whether the sample was written.
	*/
	readonly write: (wall: number, make: (isFirst: boolean) => Promise<ShardSample>) => Promise<boolean>;
	/** Bytes of all shards. */
	readonly bytes: () => number;
	readonly close: () => void;
};

/** @throws FolderInUseError */
export const createShards = ({folder, keep, maxSize, run, facts, report}: ShardsOptions): Shards => {
	const unlock = lockFolder(folder);
	const maxBytes = Math.floor(maxSize * shardShare);
	let current: ShardWriter | undefined;
	let isFailing = false;
	/** When the oldest finished shard is too old, in milliseconds since 1970. */
	let nextExpiry = Infinity;

	const finished = () => listShards(folder).filter(({file}) => file !== current?.file);

	/** Removes shards that are too old, and the oldest ones while the size is too large. To be called when a shard begins, or at `nextExpiry`. */
	const expire = (wall: number): void => {
		nextExpiry = Infinity;
		const shards = finished().map(shard => ({...shard, bytes: shardBytes(shard.file)}));
		let sum = shards.reduce((total, {bytes}) => total + bytes, 0);
		for (const {file, begins, bytes} of shards) {
			if (begins < wall - keep || sum > maxSize * finishedShare) {
				removeShard(file);
				sum -= bytes;
			} else {
				nextExpiry = Math.min(nextExpiry, begins + keep);
			}
		}
	};

	const isCutDue = (wall: number): boolean => current === undefined || wall - current.begins >= keep * shardShare || wall < current.begins
		|| current.bytes() >= maxBytes * finishAt;

	const finish = (): void => {
		current?.close();
		current = undefined;
	};

	/** Adds a sample to the current shard, or to a new one. */
	const add = async (wall: number, make: (isFirst: boolean) => Promise<ShardSample>): Promise<void> => {
		if (isCutDue(wall)) {
			finish();
		}

		const isFirst = current === undefined;
		if (isFirst || wall > nextExpiry) {
			expire(wall);
		}

		const sample = await make(isFirst);
		current ??= createShard(path.join(folder, shardName(wall, run)), wall, maxBytes, facts);
		try {
			current.add(sample);
		} catch (error) {
			const isEmpty = isFirst;
			const {file} = current;
			const isOverfull = current.bytes() > maxBytes * 0.5;
			finish();
			if (isEmpty) {
				removeShard(file);
			}

			// The shard is full: finish it and write the sample to the next one.
			if (!isEmpty && isOverfull && resultCodeOf(error) === ResultCode.full) {
				await add(wall, make);
				return;
			}

			throw error;
		}
	};

	/** The message about a sample that could not be written when no shard is left to remove. */
	const explain = (error: unknown): string => {
		const reason = error instanceof Error ? error.message : String(error);
		return resultCodeOf(error) === ResultCode.full
			? `samples are lost: ${folder} has no room for one, or --max-size ${maxSize} is too small for so many sockets (a sample may take a tenth of it)`
			: `samples are lost: ${folder} cannot be written: ${reason}`;
	};

	return {
		isCutDue,
		async write(wall, make) {
			for (;;) {
				try {
					await add(wall, make); // eslint-disable-line no-await-in-loop -- Each attempt has more room than the one before.
				} catch (error) {
					const oldest = finished().at(0);
					if (resultCodeOf(error) === ResultCode.full && oldest !== undefined) {
						removeShard(oldest.file);
						report(`the disk is full: the oldest shard, ${path.basename(oldest.file)}, was removed`);
						continue;
					}

					if (!isFailing) {
						report(explain(error));
					}

					isFailing = true;
					return false;
				}

				if (isFailing) {
					report(`samples are written again into ${folder}`);
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
