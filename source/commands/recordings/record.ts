/** `conntop record`: records the sockets of this machine into a folder until interrupted. */
import {randomInt} from 'node:crypto';
import process from 'node:process';
import {tuneAfterStart} from '../../engine/tune-after-start.js';
import {matcherOf} from '../../query/match/matcher.js';
import type {Query} from '../../query/query.js';
import {neededColumns} from '../../query/window/needed-columns.js';
import {lifeColumns} from '../../recording/store/lives.js';
import {createRecorder, type Selection} from '../../recording/store/recorder.js';
import type {ShardFacts} from '../../recording/store/shard.js';
import {createShards} from '../../recording/store/shards.js';
import {FolderInUseError} from '../../recording/store/writer-lock.js';
import {createSamplingLoop} from '../../sampling/loop.js';
import {createSampler, type Sampler} from '../../sampling/sampler.js';
import {healthColumns} from '../../table/health/columns.js';
import {formatDuration} from '../../text/duration.js';
import {formatBytesWithUnit} from '../../text/units.js';
import type {Settings} from '../options.js';
import {complain, createReporter, write} from '../output.js';
import {queryOf} from '../settings-query.js';
import {UsageError} from '../usage-error.js';
import {openRecordingFolder, RecordingFolderError} from './open-folder.js';

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

const runLimit = 2 ** 32;

/** Which sockets match the query; empty if all do. */
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

const factsOf = ({source: {facts}}: Sampler, settings: RecordSettings, run: number): ShardFacts => ({
	conntop: settings.version,
	hostname: facts.hostname ?? '',
	kernel: facts.kernelRelease ?? '',
	source: facts.title,
	interval: settings.interval,
	filter: settings.filter,
	run,
});

/**
Records until the process is interrupted or terminated.

@throws UsageError for input from a file, SourceError if sockets cannot be read or the recording cannot be written.
*/
export const record = async (settings: RecordSettings): Promise<void> => {
	if (settings.choice.kind !== 'local') {
		throw new UsageError('record records the sockets of this machine and takes no --input');
	}

	const folder = openRecordingFolder(settings.to);
	const sampler = await createSampler(settings.choice, undefined, {journalLength});
	if (sampler.fallback !== undefined) {
		complain(sampler.fallback);
	}

	const {context, journal, journalContext} = sampler;
	if (journal === undefined || journalContext === undefined) {
		throw new RecordingFolderError('this source has no journal and cannot be recorded');
	}

	const run = randomInt(1, runLimit);
	const shards = openShards(folder, settings, factsOf(sampler, settings, run), run);
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

const openShards = (folder: string, {keep, maxSize}: RecordSettings, facts: ShardFacts, run: number) => {
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
