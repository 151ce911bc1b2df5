/**
The one loop that samples, for the live view and for everything else that follows the changes of sockets. It decides how often to sample, what share of a core
that may take and how long to search for owners, and samples again when the kernel dropped destroy events.
*/
import type {Status} from '../contract/messages.js';
import type {OptionalColumn} from '../table/columns/columns.js';
import type {ProtocolName} from '../table/columns/protocols.js';
import type {Changes} from '../table/changes.js';
import type {Yielder} from '../parts/parts.js';
import {createYielder, maxSlice} from '../parts/yielder.js';
import {createClock} from './clock.js';
import type {Sampler} from './sampler.js';

/**
The owner search may always take this share of the interval, however expensive the samples are: the owners of a million sockets are then found in some minutes.
And it may always take this many milliseconds.
*/
const minimumOwnerShare = 0.03;
const minimumOwnerBudget = 10;

/** Milliseconds that the first sample waits for the names of processes. */
const firstOwnerBudget = 40;

/** What a sample must read. */
export type Needs = {readonly columns: ReadonlySet<OptionalColumn>; readonly protocols: readonly ProtocolName[]};

/** A completed sample, owners and journal included. Its slots are valid until `onSample` is done. */
export type Sampled = {
	/** Number of the sample, from 1. */
	readonly number: number;
	readonly changes: Changes;
	/** Sentences about what went wrong; empty if nothing did. */
	readonly problems: readonly string[];
	/** Whether some or all sockets could not be read. */
	readonly isFailed?: boolean;
	/** Destroy events that the kernel has dropped since the previous sample. */
	readonly droppedEvents: number;
	/** When it began, in milliseconds of this program's clock. */
	readonly started: number;
	/** Resolves when the next sample is due. */
	readonly due: Promise<void>;
	/** To be called between two parts of long work on the sample. */
	readonly yieldNow: Yielder;
};

export type LoopOptions = {
	readonly sampler: Sampler;
	/** Milliseconds from the start of one sample to the start of the next. */
	readonly interval: number;
	/** Called before each sample. */
	readonly needs: () => Needs;
	/** Takes each sample. The next one does not begin before the returned promise resolves. */
	readonly onSample: (sampled: Sampled) => Promise<void> | undefined;
	/** Called with a sentence about a sample that failed after others had succeeded; the loop continues. */
	readonly onFailure: (problem: string) => void;
	/** Other work that must be finished before the table changes again. Undefined if there is none. */
	readonly until?: Yielder;
};

export type SamplingLoop = {
	/** Takes the first sample. */
	readonly start: () => void;
	/** Samples as soon as possible. */
	readonly sampleNow: () => void;
	readonly pause: (isPaused: boolean) => void;
	/** Sets the interval, in milliseconds. */
	readonly setInterval: (asked: number) => void;
	/** Whether a sample is under way. */
	readonly isSampling: () => boolean;
	/** Number of samples so far. */
	readonly samples: () => number;
	readonly status: () => Pick<Status, 'intervalAsked' | 'interval' | 'sampleTime' | 'paused'>;
	/** Stops the loop and closes the source. */
	readonly stop: () => void;
	/**
	Resolves when the loop was stopped. Rejects if the first sample fails, and with what `onSample` or `onFailure` throws; the loop has then stopped by itself.
	*/
	readonly ended: Promise<void>;
};

export const createSamplingLoop = ({sampler, interval, needs, onSample, onFailure, until}: LoopOptions): SamplingLoop => {
	const {promise: ended, resolve, reject} = Promise.withResolvers<void>();
	let samples = 0;
	let isClosed = false;

	const close = (): void => {
		if (isClosed) {
			return;
		}

		isClosed = true;
		sampler.close();
	};

	const sample = async (started: number) => {
		await until?.();
		const yieldNow = createYielder(maxSlice, until);
		const {columns, protocols} = needs();
		const {changes, problems, time, droppedEvents, isFailed} = await sampler.sample(columns, protocols, {yieldNow});
		samples++;
		const number = samples;
		const left = clock.took(time);
		await yieldNow();
		const ownerBudget = Math.max(minimumOwnerBudget, minimumOwnerShare * clock.read().interval, left);
		await sampler.findOwners(changes, number === 1 ? firstOwnerBudget : ownerBudget, yieldNow);
		await yieldNow();
		return (due: Promise<void>): Promise<void> | undefined => onSample({
			number, changes, problems, droppedEvents, started, due, yieldNow, ...(isFailed && {isFailed}),
		});
	};

	const clock = createClock({
		interval,
		isStill: sampler.source.facts.pace === 'source',
		sample,
		onFailure(error) {
			if (samples === 0) {
				throw error;
			}

			// The failure may be temporary: earlier samples worked.
			onFailure(`${error instanceof Error ? error.message : String(error)}; trying again`);
		},
		onFatal(error) {
			close();
			reject(error);
		},
	});

	sampler.source.onLoss?.(clock.resample);
	return {
		start: clock.start,
		sampleNow: clock.sampleNow,
		pause: clock.pause,
		setInterval: clock.setInterval,
		isSampling: clock.isSampling,
		samples: () => samples,
		status: clock.read,
		stop() {
			clock.stop();
			close();
			resolve();
		},
		ended,
	};
};
