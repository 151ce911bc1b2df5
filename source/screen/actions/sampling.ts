/** How often the sockets are sampled. Each function takes the state and gives the next one. */
import {registry} from '../../preferences/preferences.js';
import type {State} from '../state/state.js';

/** Seconds. Keys go from one to the next; others are chosen in the setup. */
const intervals = [0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300, registry.interval.most] as const;

/** The next longer (1) or shorter (-1) interval, as long as the program runs. */
export const changeInterval = (state: State, direction: -1 | 1): State => {
	const {preferences} = state;
	const next = direction === 1 ? intervals.find(seconds => seconds > preferences.interval) : intervals.findLast(seconds => seconds < preferences.interval);
	return next === undefined
		? {...state, notice: `The interval is ${preferences.interval} s: no ${direction === 1 ? 'longer' : 'shorter'} one can be chosen`}
		: {...state, preferences: {...preferences, interval: next}, notice: [`Sampled every ${next} s:`, '{longerInterval} and {shorterInterval} change it'].join(' ')};
};

/** Why the interval is not for the person to choose. */
export const whyNoInterval = ({view}: State): string | undefined =>
	view?.status.source.pace === 'source' ? `${view.status.source.title} sets the pace` : undefined;

/** Whether there are groups to fold. */
export const isGrouped = ({groups}: State): boolean => groups !== undefined;
