/** Opens the shards of a recorder with the facts about the recording. */
import {randomInt} from 'node:crypto';
import type {Source} from '../../sources/source.js';
import {RecordingFolderError} from './open-folder.js';
import {createShards, type Shards, type ShardsOptions} from './shards.js';
import {FolderInUseError} from './writer-lock.js';

const runLimit = 2 ** 32;

/** Facts that a recorder writes about itself. */
export type RecorderFacts = {
	/** Version of this program. */
	readonly version: string;
	/** Milliseconds. */
	readonly interval: number;
	readonly filter: string;
};

/** @throws RecordingFolderError if the folder cannot be written. */
export const openShards = (
	options: Omit<ShardsOptions, 'facts' | 'run'>, {facts}: Pick<Source, 'facts'>, {version, interval, filter}: RecorderFacts,
): {readonly shards: Shards; readonly run: number} => {
	const run = randomInt(1, runLimit);
	const {folder} = options;
	try {
		const shards = createShards({
			...options,
			run,
			facts: {
				conntop: version, hostname: facts.hostname ?? '', kernel: facts.kernelRelease ?? '', source: facts.title, interval, filter, run,
			},
		});
		return {shards, run};
	} catch (error) {
		if (error instanceof FolderInUseError) {
			throw new RecordingFolderError(error.message);
		}

		throw new RecordingFolderError(`cannot record into ${folder}: ${error instanceof Error ? error.message : String(error)}`);
	}
};
