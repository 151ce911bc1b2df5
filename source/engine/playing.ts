/** Plays what was recorded: goes on from moment to moment, at the pace at which they were or faster. */
import {setTimeout as delay} from 'node:timers/promises';
import type {FrameStore, StoredMoment} from '../recording/frames/frame-store.js';

/** Milliseconds between two pictures. */
const pictureTime = 200;

/** More than so many intervals without a sample are a gap. */
const samplesOfGap = 3;

/** Milliseconds between two samples from which on nothing was recorded between them. */
export const shortestGap = (moments: readonly StoredMoment[]): number => {
	const elapsed = moments.map(({moment}) => moment.elapsed ?? NaN).filter(each => !Number.isNaN(each)).toSorted((a, b) => a - b);
	return samplesOfGap * (elapsed[elapsed.length >> 1] ?? Infinity);
};

export type PlayingOptions = {
	readonly store: FrameStore;
	/** Index of the moment that is shown; the number of moments for the present. */
	readonly current: () => number;
	/** Shows the last moment at a time or before. */
	readonly show: (time: number) => Promise<void>;
	/** Called after the last moment. */
	readonly end: () => void;
	readonly wait?: (milliseconds: number) => Promise<void>;
	readonly now?: () => number;
};

export type Playing = {
	/** Plays so many times as fast as it was; 0 stops. */
	readonly play: (speed: number) => void;
	readonly speed: () => number;
};

export const createPlaying = ({store, current, show, end, wait = async milliseconds => delay(milliseconds, undefined, {ref: false}), now = () => performance.now()}: PlayingOptions): Playing => {
	let speed = 0;
	/** Rises with each start and stop, so that a loop knows that it is no longer wanted. */
	let number = 0;

	/** Goes on until the end, or until another speed is wanted. */
	const run = async (own: number): Promise<void> => {
		let time = store.moments().at(current())?.moment.time ?? NaN;
		let since = now();
		/* eslint-disable no-await-in-loop -- One picture after the other. */
		for (;;) {
			await wait(pictureTime);
			if (own !== number) {
				return;
			}

			const moments = store.moments();
			const index = current();
			const next = moments.at(index + 1);
			const passed = now() - since;
			since += passed;
			if (index >= moments.length - 1 || next === undefined) {
				speed = 0;
				number++;
				end();
				return;
			}

			time += passed * speed;
			// Where nothing was recorded there is nothing to wait for.
			if (next.moment.time - moments[index].moment.time > shortestGap(moments)) {
				time = Math.max(time, next.moment.time);
			}

			if (time >= next.moment.time) {
				await show(time);
			}
		}
		/* eslint-enable no-await-in-loop */
	};

	return {
		play(wanted) {
			speed = wanted;
			number++;
			if (wanted > 0) {
				void run(number);
			}
		},
		speed: () => speed,
	};
};
