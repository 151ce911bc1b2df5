/** The sampling interval. Each function takes the state and returns the next one. */
import {registry} from '../../preferences/preferences.js';
import type {State} from '../state/state.js';

/** Intervals that keys step through, in seconds; the setup screen offers others. */
const intervals = [0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300, registry.interval.max] as const;

/** Sets the next longer (1) or shorter (-1) interval, until conntop exits. */
export const changeInterval = (state: State, direction: -1 | 1): State => {
	const {preferences} = state;
	const next = direction === 1 ? intervals.find(seconds => seconds > preferences.interval) : intervals.findLast(seconds => seconds < preferences.interval);
	return next === undefined
		? {...state, notice: `The interval is ${preferences.interval} s: no ${direction === 1 ? 'longer' : 'shorter'} one can be chosen`}
		: {...state, preferences: {...preferences, interval: next}, notice: [`Sampled every ${next} s:`, '{longerInterval} and {shorterInterval} change it'].join(' ')};
};

/** Why the user cannot choose the interval. */
export const whyNoInterval = ({view}: State): string | undefined =>
	view?.status.source.pace === 'source' ? `${view.status.source.title} sets the pace` : undefined;

/** Whether there are groups to fold. */
export const isGrouped = ({groups}: State): boolean => groups !== undefined;
