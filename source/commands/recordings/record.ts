/** `conntop record`: records the sockets of this machine into a folder until interrupted. */
import process from 'node:process';
import {tuneAfterStart} from '../../engine/tune-after-start.js';
import {neededColumns} from '../../query/window/needed-columns.js';
import {createSamplingLoop} from '../../sampling/loop.js';
import {createSampler} from '../../sampling/sampler.js';
import type {Settings} from '../options.js';
import {complain, createReporter, write} from '../output.js';
import {queryOf} from '../settings-query.js';
import {UsageError} from '../usage-error.js';
import {openRecorder, recordedColumns, type RecorderSettings} from './open-recorder.js';

export type RecordSettings = Settings & RecorderSettings;

/** Number of journal entries. An entry is recorded after the next sample, and a busy machine has thousands between two samples. */
const journalLength = 50_000;

/**
Records until the process is interrupted or terminated.

@throws UsageError for input from a file, SourceError if sockets cannot be read or the recording cannot be written.
*/
export const record = async (settings: RecordSettings): Promise<void> => {
	if (settings.choice.kind !== 'local') {
		throw new UsageError('record records the sockets of this machine and takes no --input');
	}

	const sampler = await createSampler(settings.choice, undefined, {journalLength});
	if (sampler.fallback !== undefined) {
		complain(sampler.fallback);
	}

	const query = queryOf(settings, [...settings.columns ?? [], ...settings.details].map(({id}) => id));
	const recorder = openRecorder(sampler, query, settings);
	const columns = new Set([...neededColumns(query, settings.lookups), ...recordedColumns]);
	const report = createReporter();

	tuneAfterStart();
	const loop = createSamplingLoop({
		sampler,
		interval: settings.interval,
		needs: () => ({columns, protocols: query.classes.protocols}),
		async onSample(sampled) {
			report([...sampled.problems, ...sampler.hidden?.() ?? []]);
			await recorder.take(sampled);
		},
		onFailure(problem) {
			report([problem]);
		},
	});
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.once(signal, loop.stop);
	}

	await write(recorder.sentence);
	loop.start();
	try {
		await loop.ended;
	} finally {
		await recorder.close();
	}
};
