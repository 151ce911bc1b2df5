import type {Timing} from '../contract/messages.js';
import type {Preferences} from './preferences.js';

const second = 1000;

/** The times that a person has chosen, as the engine takes them. */
export const timingOf = ({interval, freshTime, closedTime}: Preferences): Timing =>
	({interval: interval * second, freshTime: freshTime * second, closedTime: closedTime * second});

/** Whether two choices of times are the same. */
export const isSameTiming = (a: Preferences, b: Preferences): boolean =>
	a === b || (a.interval === b.interval && a.freshTime === b.freshTime && a.closedTime === b.closedTime);
