/** A recorder of what a sampler reads, with its folder: for `record`, and beside `serve`. */
import {randomInt} from 'node:crypto';
import {matcherOf} from '../../query/match/matcher.js';
import type {Query} from '../../query/query.js';
import {lifeColumns} from '../../recording/store/lives.js';
import {createRecorder, type Selection} from '../../recording/store/recorder.js';
import type {ShardFacts} from '../../recording/store/shard.js';
import {createShards} from '../../recording/store/shards.js';
import {FolderInUseError} from '../../recording/store/writer-lock.js';
import type {JournalingSampler, Sampler} from '../../sampling/sampler.js';
import type {OptionalColumn} from '../../table/columns/columns.js';
import {healthColumns} from '../../table/health/columns.js';
import type {Changes} from '../../table/socket-table.js';
import {formatDuration} from '../../text/duration.js';
import {formatBytesWithUnit} from '../../text/units.js';
import type {Settings} from '../options.js';
import {complain} from '../output.js';
import {openRecordingFolder, RecordingFolderError} from './open-folder.js';

export type RecorderSettings = Pick<Settings, 'interval' | 'filter' | 'lookups'> & {
	/** The folder that a person named. */
	readonly to: string | undefined;
	/** Milliseconds. */
	readonly keep: number;
	/** Bytes. */
	readonly maxSize: number;
	/** Version of this program. */
	readonly version: string;
};

export type OpenedRecorder = {
	/** One line that says where it records to, and how much. */
	readonly sentence: string;
	/** Records a sample, owners and journal included. */
	readonly take: (changes: Changes) => void;
	readonly close: () => void;
};

/** Optional columns that samples must fill for a recording. */
export const recordedColumns: readonly OptionalColumn[] = [...lifeColumns, ...healthColumns];

const largestRun = 2 ** 32;

/** Which sockets the query wants; nothing where it wants all that are read. */
const selectionOf = (query: Query, {context, journalContext}: Sampler, {lookups}: RecorderSettings): Selection => {
	const {families, states} = query.classes;
	if (query.filter === '' && families.length === 0 && states.length === 0) {
		return {};
	}

	return {
		isRecorded: matcherOf(query, context, lookups),
		...(journalContext && {isEntryRecorded: matcherOf(query, journalContext, lookups)}),
	};
};

const factsOf = ({source: {facts}}: Sampler, settings: RecorderSettings, run: number): ShardFacts => ({
	conntop: settings.version,
	hostname: facts.hostname ?? '',
	kernel: facts.kernelRelease ?? '',
	source: facts.title,
	interval: settings.interval,
	filter: settings.filter,
	run,
});

/**
Opens the folder, and a recorder that writes to it.

@throws RecordingFolderError
*/
export const openRecorder = (sampler: JournalingSampler, query: Query, settings: RecorderSettings): OpenedRecorder => {
	const folder = openRecordingFolder(settings.to);
	const {context, journal, journalContext, source: {time}} = sampler;
	const run = randomInt(1, largestRun);
	const shards = openShards(folder, settings, factsOf(sampler, settings, run), run);
	const recorder = createRecorder({
		context, journal, journalContext, shards, run,
	});
	let droppedBefore = 0;
	return {
		sentence: `Recording into ${folder}: at most ${formatDuration(settings.keep)} and ${formatBytesWithUnit(settings.maxSize)}\n`,
		take(changes) {
			const dropped = sampler.droppedEventCount?.() ?? 0;
			// The moment of the sample: owners have been searched since.
			recorder.take(changes, time.wall() - (time.now() - context.table.now), dropped - droppedBefore, selectionOf(query, sampler, settings));
			droppedBefore = dropped;
		},
		close: recorder.close,
	};
};

const openShards = (folder: string, {keep, maxSize}: RecorderSettings, facts: ShardFacts, run: number) => {
	try {
		return createShards({
			folder, keep, maxSize, run, facts, report: complain,
		});
	} catch (error) {
		if (error instanceof FolderInUseError) {
			throw new RecordingFolderError(error.message);
		}

		throw new RecordingFolderError(`cannot record into ${folder}: ${error instanceof Error ? error.message : String(error)}`);
	}
};
