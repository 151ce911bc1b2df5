/** Playback of a recording: steps from moment to moment, at the recorded pace or faster. */
import {setTimeout as delay} from 'node:timers/promises';
import type {FrameStore, StoredMoment} from '../recording/frames/frame-store.js';

/** Milliseconds between two frames on the screen. */
const pictureTime = 200;

/** Number of intervals without a sample from which on the time counts as a gap. */
const samplesOfGap = 3;

/** Milliseconds between two samples from which on the time between them counts as a gap. */
export const minGap = (moments: readonly StoredMoment[]): number => {
	const elapsed = moments.map(({moment}) => moment.elapsed ?? NaN).filter(each => !Number.isNaN(each)).toSorted((a, b) => a - b);
	return samplesOfGap * (elapsed[elapsed.length >> 1] ?? Infinity);
};

export type PlayingOptions = {
	readonly store: FrameStore;
	/** Index of the shown moment; the number of moments for the present. */
	readonly current: () => number;
	/** Shows the last moment at or before a time. */
	readonly show: (time: number) => Promise<void>;
	/** Called after the last moment. */
	readonly end: () => void;
	readonly wait?: (milliseconds: number) => Promise<void>;
	readonly now?: () => number;
};

export type Playing = {
	/** Plays at a multiple of the recorded speed; 0 stops. */
	readonly play: (speed: number) => void;
	readonly speed: () => number;
};

export const createPlaying = ({store, current, show, end, wait = async milliseconds => delay(milliseconds, undefined, {ref: false}), now = () => performance.now()}: PlayingOptions): Playing => {
	let speed = 0;
	/** Incremented at each start and stop, so that an outdated loop ends. */
	let number = 0;

	/** Plays until the end, or until the speed changes. */
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
			// Skip gaps.
			if (next.moment.time - moments[index].moment.time > minGap(moments)) {
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
