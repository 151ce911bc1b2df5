import type {Timing} from '../contract/messages.js';
import type {Preferences} from './preferences.js';

const second = 1000;
const hour = 3600 * second;

/** The preferences that it is made of. */
const ids = ['interval', 'freshTime', 'closedTime', 'journalEntries', 'journalHours'] as const satisfies ReadonlyArray<keyof Preferences>;

/** Converts the time preferences for the engine, from seconds and hours to milliseconds. */
export const timingOf = ({interval, freshTime, closedTime, journalEntries, journalHours}: Preferences): Timing => ({
	interval: interval * second,
	freshTime: freshTime * second,
	closedTime: closedTime * second,
	journal: {entries: journalEntries, age: journalHours === 0 ? Infinity : journalHours * hour},
});

/** Whether the time preferences are equal. */
export const isSameTiming = (a: Preferences, b: Preferences): boolean =>
	a === b || ids.every(id => a[id] === b[id]);
