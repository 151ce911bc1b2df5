import type {OptionalColumn} from '../columns/columns.js';

/** The columns that a verdict stands in, and those that it comes from: no source tells them, the table makes them. */
export const healthColumns = [
	'verdict',
	'suspicion',
	'suspicionLooks',
	'countedLosses',
	'recentLosses',
	'countedSendLimit',
	'sendLimitShare',
	'appLimitedLooks',
	'quietMinutes',
	'blockedSeconds',
	'queuedBefore',
] as const satisfies readonly OptionalColumn[];
