/** A recorder of what a sampler reads, with its folder: for `record`, and beside `serve`. */
import {matcherOf} from '../../query/match/matcher.js';
import type {Query} from '../../query/query.js';
import {lifeColumns} from '../../recording/store/lives.js';
import {createRecorder, type RecordedSample, type Selection} from '../../recording/store/recorder.js';
import {openRecordingFolder, RecordingFolderError} from '../../recording/store/open-folder.js';
import {openShards} from '../../recording/store/open-shards.js';
import type {JournalingSampler, Sampler} from '../../sampling/sampler.js';
import type {OptionalColumn} from '../../table/columns/columns.js';
import {healthColumns} from '../../table/health/columns.js';
import {formatDuration} from '../../text/duration.js';
import {formatBytesWithUnit} from '../../text/units.js';
import type {Settings} from '../options.js';
import {complain} from '../output.js';

export type RecorderSettings = Pick<Settings, 'interval' | 'filter' | 'lookups'> & {
	/** Folder that the user named. */
	readonly to: string | undefined;
	/** Milliseconds. */
	readonly keep: number;
	/** Bytes. */
	readonly maxSize: number;
	/** Version of this program. */
	readonly version: string;
};

export type OpenedRecorder = {
	/** Line that names the folder and the bounds. */
	readonly sentence: string;
	/** Records a sample, owners and journal included. The table must not change before the returned promise resolves. */
	readonly take: (sample: RecordedSample) => Promise<void>;
	/** Closes the recording, when a sample that is being recorded has been written. */
	readonly close: () => Promise<void>;
};

/** Optional columns that samples must fill for a recording. */
export const recordedColumns: readonly OptionalColumn[] = [...lifeColumns, ...healthColumns];

/** Which sockets match the query; empty if all do. */
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

/** Says what the user can do if nothing can be recorded. */
const withHint = <Result>(open: () => Result): Result => {
	try {
		return open();
	} catch (error) {
		throw error instanceof RecordingFolderError ? new RecordingFolderError(`${error.message}; --to names another folder`) : error;
	}
};

/**
Opens the folder, and a recorder that writes to it.

@throws RecordingFolderError
*/
export const openRecorder = (sampler: JournalingSampler, query: Query, settings: RecorderSettings): OpenedRecorder => {
	const {context, journal, journalContext, source} = sampler;
	const {keep, maxSize} = settings;
	const folder = withHint(() => openRecordingFolder(settings.to));
	const {shards, run} = withHint(() => openShards({
		folder, keep, maxSize, report: complain,
	}, source, settings));
	const recorder = createRecorder({
		context, journal, journalContext, shards, run,
	});
	return {
		sentence: `Recording into ${folder}: at most ${formatDuration(keep)} and ${formatBytesWithUnit(maxSize)}\n`,
		async take(sample) {
			await recorder.take(sample, sampler.sampleTime(), selectionOf(query, sampler, settings));
		},
		close: recorder.close,
	};
};
