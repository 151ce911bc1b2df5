/** Decides when to sample: at the requested interval, stretched to limit the share of a core that samples take; sooner if needed; never while paused. */
import type {Status} from '../contract/messages.js';
import {createInterval} from './interval.js';

/** Maximum share of one core for sampling and the owner search together. */
const processorShare = 0.2;

export type ClockOptions = {
	/** Requested milliseconds from the start of one sample to the start of the next. */
	readonly interval: number;
	/** Whether the source never changes, so that one sample is enough. */
	readonly isStill: boolean;
	/**
	Takes a sample with everything that belongs to it. Calls `took` when the cost of the sample is known.

	@returns A function to call after the sample: the next one does not begin before its promise resolves. It gets a promise that resolves when the next sample
	is due.
	*/
	readonly sample: (started: number) => Promise<(due: Promise<void>) => Promise<void> | undefined>;
	/** Called when a sample, or the work after it, has failed. The next sample is still scheduled, unless this function stops the clock. */
	readonly onFailure: (error: unknown) => void;
	/** Called when `onFailure` itself throws. The clock has stopped by then. */
	readonly onFatal?: (error: unknown) => void;
	/** Milliseconds of a monotonic clock. Replaced in tests, like `later`. */
	readonly now?: () => number;
	/** Calls `callback` after some milliseconds. Returns a function that cancels it. */
	readonly later?: (callback: () => void, milliseconds: number) => () => void;
};

export type Clock = {
	/** Takes the first sample. */
	readonly start: () => void;
	/** Samples as soon as possible: at once, or, if a sample is under way, when that one has ended and scheduled the next. */
	readonly sampleNow: () => void;
	/** Requests a sample because something happened that only a sample can show. It comes as soon as the share of the core allows. */
	readonly resample: () => void;
	readonly pause: (isPaused: boolean) => void;
	/** Sets the interval, in milliseconds. */
	readonly setInterval: (asked: number) => void;
	/** Takes the milliseconds that the current sample has cost. Returns how many milliseconds of its share are left. */
	readonly took: (milliseconds: number) => number;
	readonly isSampling: () => boolean;
	/** The intervals, the cost of a sample, and whether sampling is paused. */
	readonly read: () => Pick<Status, 'intervalAsked' | 'interval' | 'sampleTime' | 'paused'>;
	readonly stop: () => void;
};

export const createClock = ({
	interval: firstAsked, isStill, sample, onFailure, onFatal, now = () => performance.now(), later = timer,
}: ClockOptions): Clock => {
	let asked = firstAsked;
	let intervalAfter = createInterval(asked, processorShare).after;
	let interval = asked;
	let sampleTime = 0;
	let isPaused = false;
	let isSampling = false;
	let isStopped = false;
	/** Whether `resample` was called during the current sample. */
	let isResampleDue = false;
	/** Resolves when the next sample is due, while the work after the last one is not done. */
	let due: PromiseWithResolvers<void> | undefined;
	let isOverdue = false;
	let lastStarted = 0;
	let cancel = (): void => undefined;

	/** Minimum milliseconds from the start of one sample to the start of the next, as far as the share of the core allows. */
	const soonest = (): number => Math.min(interval, sampleTime / processorShare);

	const schedule = (delay: number): void => {
		cancel();
		if (!isPaused && !isStopped && !isStill) {
			cancel = later(run, Math.max(0, delay));
		}
	};

	const tick = async (): Promise<void> => {
		lastStarted = now();
		isSampling = true;
		const finish = await sample(lastStarted);
		isSampling = false;
		if (isStopped) {
			return;
		}

		due = Promise.withResolvers();
		const finishing = finish(due.promise);
		schedule(lastStarted + (isResampleDue ? soonest() : interval) - now());
		isResampleDue = false;
		if (finishing !== undefined) {
			await finishing;
		}

		due = undefined;
		if (!isOverdue) {
			return;
		}

		isOverdue = false;
		schedule(0);
	};

	const run = (): void => {
		// The current sample schedules the next one itself.
		if (isSampling) {
			return;
		}

		if (due !== undefined) {
			isOverdue = true;
			due.resolve();
			return;
		}

		tick().catch((error: unknown) => {
			isSampling = false;
			due = undefined;
			isOverdue = false;
			if (isStopped) {
				return;
			}

			try {
				onFailure(error);
			} catch (error_) {
				stop();
				onFatal?.(error_);
				return;
			}

			schedule(interval);
		});
	};

	const stop = (): void => {
		isStopped = true;
		cancel();
	};

	return {
		start: run,
		sampleNow() {
			schedule(0);
		},
		resample() {
			if (isSampling) {
				isResampleDue = true;
			} else {
				schedule(lastStarted + soonest() - now());
			}
		},
		pause(paused) {
			isPaused = paused;
			schedule(0);
		},
		setInterval(wanted) {
			if (wanted === asked) {
				return;
			}

			asked = wanted;
			intervalAfter = createInterval(asked, processorShare).after;
			interval = Math.max(asked, sampleTime / processorShare);
			if (!isSampling) {
				schedule(lastStarted + interval - now());
			}
		},
		took(milliseconds) {
			sampleTime = milliseconds;
			interval = intervalAfter(milliseconds);
			return (interval * processorShare) - milliseconds;
		},
		isSampling: () => isSampling,
		read: () => ({
			intervalAsked: asked, interval, sampleTime, paused: isPaused,
		}),
		stop,
	};
};

const timer = (callback: () => void, milliseconds: number): (() => void) => {
	const timeout = setTimeout(callback, milliseconds);
	return () => {
		clearTimeout(timeout);
	};
};
