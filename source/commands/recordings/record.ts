/** `conntop record`: writes what the sockets do into a folder, until interrupted. */
import process from 'node:process';
import {tuneAfterStart} from '../../engine/tune-after-start.js';
import {matcherOf} from '../../query/match/matcher.js';
import type {Query} from '../../query/query.js';
import {neededColumns} from '../../query/window/needed-columns.js';
import {lifeColumns} from '../../recording/store/lives.js';
import {createRecorder, type Selection} from '../../recording/store/recorder.js';
import {openRecordingFolder, RecordingFolderError} from '../../recording/store/open-folder.js';
import {openShards} from '../../recording/store/open-shards.js';
import {createSamplingLoop} from '../../sampling/loop.js';
import {createSampler, type Sampler} from '../../sampling/sampler.js';
import {healthColumns} from '../../table/health/columns.js';
import {formatDuration} from '../../text/duration.js';
import {formatBytesWithUnit} from '../../text/units.js';
import type {Settings} from '../options.js';
import {complain, createReporter, write} from '../output.js';
import {queryOf} from '../settings-query.js';
import {UsageError} from '../usage-error.js';

export type RecordSettings = Settings & {
	/** Folder named by the user; undefined for the default. */
	readonly to: string | undefined;
	/** Milliseconds. */
	readonly keep: number;
	/** Bytes. */
	readonly maxSize: number;
	/** Version of this program. */
	readonly version: string;
};

/** Number of journal entries. An entry is recorded after the next sample, and a busy machine has thousands between two samples. */
const journalLength = 50_000;

/** Which sockets the query wants; nothing where it wants all that are read. */
const selectionOf = (query: Query, {context, journalContext}: Sampler, settings: Settings): Selection => {
	const {families, states} = query.classes;
	if (query.filter === '' && families.length === 0 && states.length === 0) {
		return {};
	}

	return {
		isRecorded: matcherOf(query, context, settings.lookups),
		...(journalContext && {isEntryRecorded: matcherOf(query, journalContext, settings.lookups)}),
	};
};

/** Says what a person can do where nothing can be recorded. */
const withHint = <Result>(open: () => Result): Result => {
	try {
		return open();
	} catch (error) {
		throw error instanceof RecordingFolderError ? new RecordingFolderError(`${error.message}; --to names another folder`) : error;
	}
};

/**
Records until the process is interrupted or terminated.

@throws UsageError for input from a file, SourceError if sockets cannot be read or the recording cannot be written.
*/
export const record = async (settings: RecordSettings): Promise<void> => {
	if (settings.choice.kind !== 'local') {
		throw new UsageError('record records the sockets of this machine and takes no --input');
	}

	const folder = withHint(() => openRecordingFolder(settings.to));
	const sampler = await createSampler(settings.choice, undefined, {journalLength});
	if (sampler.fallback !== undefined) {
		complain(sampler.fallback);
	}

	const {context, journal, journalContext} = sampler;
	if (journal === undefined || journalContext === undefined) {
		throw new RecordingFolderError('this source has no journal and cannot be recorded');
	}

	const {keep, maxSize} = settings;
	const {shards, run} = withHint(() => openShards({
		folder, keep, maxSize, report: complain,
	}, sampler.source, settings));
	const recorder = createRecorder({
		context, journal, journalContext, shards, run,
	});
	const query = queryOf(settings, [...settings.columns ?? [], ...settings.details].map(({id}) => id));
	const columns = new Set([...neededColumns(query, settings.lookups), ...lifeColumns, ...healthColumns]);
	const report = createReporter();
	let droppedBefore = 0;

	tuneAfterStart();
	const loop = createSamplingLoop({
		sampler,
		interval: settings.interval,
		needs: () => ({columns, protocols: query.classes.protocols}),
		onSample({changes, problems}): undefined {
			report([...problems, ...sampler.hidden?.() ?? []]);
			const dropped = sampler.droppedEventCount?.() ?? 0;
			// The time of the sample. The owner search has taken time since then.
			const {time} = sampler.source;
			recorder.take(changes, time.wall() - (time.now() - context.table.now), dropped - droppedBefore, selectionOf(query, sampler, settings));
			droppedBefore = dropped;
		},
		onFailure(problem) {
			report([problem]);
		},
	});
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.once(signal, loop.stop);
	}

	await write(`Recording into ${folder}: at most ${formatDuration(settings.keep)} and ${formatBytesWithUnit(settings.maxSize)}\n`);
	loop.start();
	try {
		await loop.ended;
	} finally {
		recorder.close();
	}
};
