/**
The one loop that samples: for the live view, and for whatever follows the changes of sockets. It knows how often to sample, what share of a core that may take, how long
to search for owners, and that destroy events which the kernel dropped call for another sample.
*/
import type {Status} from '../contract/messages.js';
import type {OptionalColumn} from '../table/columns/columns.js';
import type {ProtocolName} from '../table/columns/protocols.js';
import type {Changes} from '../table/socket-table.js';
import {createClock} from './clock.js';
import type {Sampler} from './sampler.js';
import {createYielder, longestSlice, type Yielder} from './yielder.js';

/** Milliseconds per sample that the owner search may always take, however expensive the samples are. */
const leastOwnerBudget = 10;

/** Milliseconds that the first sample waits for the names of processes. */
const firstOwnerBudget = 40;

/** What a sample must read. */
export type Needs = {readonly columns: ReadonlySet<OptionalColumn>; readonly protocols: readonly ProtocolName[]};

/** A sample that has ended, owners and journal included. Its slots are good until `onSample` is done. */
export type Sampled = {
	/** Its number, from 1. */
	readonly number: number;
	readonly changes: Changes;
	/** Sentences about what went wrong; empty when nothing did. */
	readonly problems: readonly string[];
	/** When it began, in milliseconds of the clock of this program. */
	readonly started: number;
	/** Resolves when the next sample is due. */
	readonly due: Promise<void>;
};

export type LoopOptions = {
	readonly sampler: Sampler;
	/** Milliseconds from the start of one sample to the start of the next. */
	readonly interval: number;
	/** Asked before each sample. */
	readonly needs: () => Needs;
	/** Takes each sample. The next one does not begin before a promise that it returns has resolved. */
	readonly onSample: (sampled: Sampled) => Promise<void> | undefined;
	/** Takes a sentence about a sample that failed after others had worked; the loop goes on. */
	readonly onFailure: (problem: string) => void;
	/** What must have ended before the table changes again; undefined for nothing. */
	readonly until?: Yielder;
};

export type SamplingLoop = {
	/** Takes the first sample. */
	readonly start: () => void;
	/** Samples as soon as it may. */
	readonly sampleNow: () => void;
	readonly pause: (isPaused: boolean) => void;
	/** Takes another interval, in milliseconds. */
	readonly setInterval: (asked: number) => void;
	/** Whether the table is in the midst of a sample. */
	readonly isSampling: () => boolean;
	/** Samples so far. */
	readonly samples: () => number;
	readonly status: () => Pick<Status, 'intervalAsked' | 'interval' | 'sampleTime' | 'paused'>;
	/** Ends the loop and closes the source. */
	readonly stop: () => void;
	/** Resolves when the loop was stopped. Rejects when the first sample fails, and with what `onSample` or `onFailure` throws: then it has stopped by itself. */
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
		const yieldNow = createYielder(longestSlice, until);
		const {columns, protocols} = needs();
		const {changes, problems, time} = await sampler.sample(columns, protocols, {yieldNow});
		samples++;
		const number = samples;
		const left = clock.took(time);
		await yieldNow();
		await sampler.findOwners(changes, number === 1 ? firstOwnerBudget : Math.max(leastOwnerBudget, left), yieldNow);
		await yieldNow();
		return (due: Promise<void>): Promise<void> | undefined => onSample({
			number, changes, problems, started, due,
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

			// What worked before may work again.
			onFailure(`${error instanceof Error ? error.message : String(error)}; trying again`);
		},
		onLost(error) {
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
