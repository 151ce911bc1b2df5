/** Messages between screen and engine about the alert for new sockets. */
import type {Query} from '../query/query.js';

/** Which new sockets match: those that pass toggles, port and filter. */
export type AlertRequest = Pick<Query, 'filter' | 'port' | 'classes'> & {
	/** Number of the request; a new number arms the alert again. */
	readonly number: number;
};

/** New matches since the last sample. Each socket is reported once while the alert is armed. */
export type Alerted = {
	/** Number of the request. */
	readonly number: number;
	/** Number of new matches. */
	readonly count: number;
	/** Row ids of the newest, at most `maxAlerted`. */
	readonly ids: readonly number[];
	/** The newest. Untrusted text. */
	readonly newest: {
		readonly protocol: string;
		readonly local: string;
		readonly peer: string;
		/** The first owner, for example `nginx/812`; absent if it is not known. */
		readonly process?: string;
	};
};

/** Maximum number of row ids in a message; all matches are counted. */
export const maxAlerted = 500;
