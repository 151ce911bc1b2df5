import type {OptionalColumn} from '../columns/columns.js';

/** The columns for the health problem and for the evidence it is based on. The table fills them; no source does. */
export const healthColumns = [
	'healthProblem',
	'suspicion',
	'suspicionSamples',
	'countedLosses',
	'recentLosses',
	'countedSendLimit',
	'sendLimitShare',
	'appLimitedSamples',
	'quietMinutes',
	'blockedSeconds',
	'queuedBefore',
] as const satisfies readonly OptionalColumn[];
