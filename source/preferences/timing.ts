import type {Timing} from '../contract/messages.js';
import type {Preferences} from './preferences.js';

const second = 1000;

/** Converts the time preferences for the engine, from seconds to milliseconds. */
export const timingOf = ({interval, freshTime, closedTime}: Preferences): Timing =>
	({interval: interval * second, freshTime: freshTime * second, closedTime: closedTime * second});

/** Whether the time preferences are equal. */
export const isSameTiming = (a: Preferences, b: Preferences): boolean =>
	a === b || (a.interval === b.interval && a.freshTime === b.freshTime && a.closedTime === b.closedTime);
