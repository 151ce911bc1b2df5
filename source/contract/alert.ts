/** Messages between screen and engine about new sockets that a person wants to be called for. */
import type {Query} from '../query/query.js';

/** Which sockets to call for: those that the toggles, the port and the filter let through. */
export type AlertRequest = Pick<Query, 'filter' | 'port' | 'classes'> & {
	/** Of this request; a new number arms the alert again. */
	readonly number: number;
};

/** Sockets that match since the last sample. Each is reported once while the alert is armed. */
export type Alerted = {
	/** Of the request. */
	readonly number: number;
	/** How many. */
	readonly count: number;
	/** Row ids of the newest, at most `mostAlerted`. */
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

/** Rows that a message names at most; all are counted. */
export const mostAlerted = 500;
