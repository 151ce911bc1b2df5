/** Records the samples of the live view like `conntop record`: into the default folder, with the default bounds. */
import {setTimeout as delay} from 'node:timers/promises';
import type {Status} from '../contract/messages.js';
import type {RecordedSample, Recorder} from '../recording/store/recorder.js';
import type {Needs} from '../sampling/loop.js';
import type {Sampler} from '../sampling/sampler.js';
import type {OptionalColumn} from '../table/columns/columns.js';

export type RecordingStatus = NonNullable<Status['recording']>;

export type Recording = {
	/** Starts or stops recording. Reports why if recording is not possible. */
	readonly turn: (isOn: boolean) => void;
	/** What a sample must read for the recording. */
	readonly needs: () => Pick<Needs, 'columns'>;
	/** Records the table after a sample. The table must not change before the returned promise resolves. */
	readonly take: (sampled: RecordedSample) => Promise<void>;
	/** Undefined while not recording. */
	readonly status: () => RecordingStatus | undefined;
	/** Stops recording. Resolves when a sample that is being recorded has been written, or when that takes too long. */
	readonly close: () => Promise<void>;
};

/** A recorder, and what it needs. */
export type OpenedRecorder = {
	readonly recorder: Recorder;
	readonly folder: string;
	readonly columns: ReadonlySet<OptionalColumn>;
};

export type RecordingOptions = {
	readonly sampler: Sampler;
	/** Opens the recorder; `say` is called with a sentence about each failure and recovery. */
	readonly open: (sampler: Sampler, say: (sentence: string) => void) => Promise<OpenedRecorder>;
	/** Shows a sentence to the user. */
	readonly say: (sentence: string) => void;
	/** Called when recording has started or stopped, or has begun or ceased to fail. */
	readonly onTurn: () => void;
	/** Milliseconds that `close` waits for the last sample: leaving must not wait for a disk that hangs. Replaced in tests. */
	readonly closeTime?: number;
};

export const createRecording = ({sampler, open, say, onTurn, closeTime = 1000}: RecordingOptions): Recording => {
	let opened: OpenedRecorder | undefined;
	let isWanted = false;
	let isOpening = false;
	let isWritten = true;

	let closing: Promise<void> | undefined;

	const stop = (): void => {
		closing = opened?.recorder.close() ?? closing;
		opened = undefined;
	};

	const start = async (): Promise<void> => {
		if (isOpening || opened !== undefined) {
			return;
		}

		isOpening = true;
		try {
			await closing;
			opened = await open(sampler, say);
			isWritten = true;
			// Sockets that closed earlier are not part of the recording.
			sampler.journal?.takeCompleted();
		} catch (error) {
			isWanted = false;
			say(error instanceof Error ? error.message : String(error));
		}

		isOpening = false;
		if (!isWanted) {
			stop();
		}

		onTurn();
	};

	return {
		turn(isOn) {
			isWanted = isOn;
			if (isOn) {
				void start();
			} else {
				stop();
				onTurn();
			}
		},
		needs: () => ({columns: opened?.columns ?? new Set()}),
		async take(sampled) {
			if (opened === undefined) {
				return;
			}

			const wasWritten = isWritten;
			isWritten = await opened.recorder.take(sampled, sampler.sampleTime());
			if (isWritten !== wasWritten) {
				onTurn();
			}
		},
		status: () => opened && {folder: opened.folder, isWritten},
		async close() {
			isWanted = false;
			stop();
			if (closing !== undefined) {
				await Promise.race([closing, delay(closeTime)]);
			}
		},
	};
};

/** Opens the recorder that the user starts in the live view. Its code is loaded on demand. */
export const openUserRecorder = (version: string, interval: () => number) => async (sampler: Sampler, say: (sentence: string) => void): Promise<OpenedRecorder> => {
	const [{openRecordingFolder}, {openShards}, {defaultBounds}, {createRecorder}, {lifeColumns}, {healthColumns}, {parseDuration}, {parseSize}] = await Promise.all([
		import('../recording/store/open-folder.js'),
		import('../recording/store/open-shards.js'),
		import('../recording/store/default-bounds.js'),
		import('../recording/store/recorder.js'),
		import('../recording/store/lives.js'),
		import('../table/health/columns.js'),
		import('../text/duration.js'),
		import('../text/units.js'),
	]);
	const {context, journal, journalContext, source} = sampler;
	if (journal === undefined || journalContext === undefined) {
		throw new Error('This source has no journal and cannot be recorded');
	}

	const folder = openRecordingFolder();
	const {shards, run} = openShards({
		folder, keep: parseDuration(defaultBounds.keep) ?? 0, maxSize: parseSize(defaultBounds.maxSize) ?? 0, report: say,
	}, source, {version, interval: interval(), filter: ''});
	return {
		folder,
		columns: new Set([...lifeColumns, ...healthColumns]),
		recorder: createRecorder({
			context, journal, journalContext, shards, run,
		}),
	};
};
