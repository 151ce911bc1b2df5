/** When to sample: as often as asked, stretched to the share of a core that samples may take, sooner when something calls for it, never while paused. */
import type {Status} from '../contract/messages.js';
import {createInterval} from './interval.js';

/** Share of one core that sampling and the owner search may take together. */
const processorShare = 0.2;

export type ClockOptions = {
	/** Milliseconds from the start of one sample to the start of the next, as asked for. */
	readonly interval: number;
	/** Nothing will ever change: one sample is enough. */
	readonly isStill: boolean;
	/**
	Takes a sample and does what belongs to it. It calls `took` when it knows what the sample cost.

	@returns What to do when the sample has ended: the next one does not begin before that is done. It gets a promise that resolves when the next one is due.
	*/
	readonly sample: (started: number) => Promise<(due: Promise<void>) => Promise<void> | undefined>;
	/** Called when a sample, or what followed it, has failed; another one is set unless this stops the clock. */
	readonly onFailure: (error: unknown) => void;
	/** Called when `onFailure` itself throws. The clock has stopped. */
	readonly onLost?: (error: unknown) => void;
	/** Milliseconds of a clock that never goes back; passed in by tests, like `later`. */
	readonly now?: () => number;
	/** Calls back after so many milliseconds; returns how to give it up. */
	readonly later?: (callback: () => void, milliseconds: number) => () => void;
};

export type Clock = {
	/** Takes the first sample. */
	readonly start: () => void;
	/** Samples as soon as it may: at once, or not before the end of the sample that is under way, which sets the next one itself. */
	readonly sampleNow: () => void;
	/** Something is amiss that only a sample can tell: the next one comes as soon as the share of the core allows. */
	readonly resample: () => void;
	readonly pause: (isPaused: boolean) => void;
	/** Takes another interval, in milliseconds. */
	readonly setInterval: (asked: number) => void;
	/** Takes the milliseconds that the sample under way has cost; returns how many its share leaves over. */
	readonly took: (milliseconds: number) => number;
	readonly isSampling: () => boolean;
	/** How often it samples, what a sample costs, and whether it is paused. */
	readonly read: () => Pick<Status, 'intervalAsked' | 'interval' | 'sampleTime' | 'paused'>;
	readonly stop: () => void;
};

export const createClock = ({
	interval: firstAsked, isStill, sample, onFailure, onLost, now = () => performance.now(), later = timer,
}: ClockOptions): Clock => {
	let asked = firstAsked;
	let intervalAfter = createInterval(asked, processorShare).after;
	let interval = asked;
	let sampleTime = 0;
	let isPaused = false;
	let isSampling = false;
	let isStopped = false;
	/** Something came amiss during the sample that is under way. */
	let isAmiss = false;
	/** Resolves when the next sample is due, while what follows the last one is not done. */
	let due: PromiseWithResolvers<void> | undefined;
	let isOverdue = false;
	let lastStarted = 0;
	let giveUp = (): void => undefined;

	/** Milliseconds from the start of one sample to the start of the next, where it cannot come too soon: what the share of the core allows. */
	const soonest = (): number => Math.min(interval, sampleTime / processorShare);

	const schedule = (delay: number): void => {
		giveUp();
		if (!isPaused && !isStopped && !isStill) {
			giveUp = later(run, Math.max(0, delay));
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
		schedule(lastStarted + (isAmiss ? soonest() : interval) - now());
		isAmiss = false;
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
		// A sample that is under way schedules the next one itself.
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
				onLost?.(error_);
				return;
			}

			schedule(interval);
		});
	};

	const stop = (): void => {
		isStopped = true;
		giveUp();
	};

	return {
		start: run,
		sampleNow() {
			schedule(0);
		},
		resample() {
			if (isSampling) {
				isAmiss = true;
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
