/** The armed alert and its matches. */
import type {AlertRequest} from '../../contract/alert.js';

export type ArmedAlert = {
	readonly request: AlertRequest;
	/** Short description. May contain foreign text. */
	readonly about: string;
};

/** Matches that the user has not seen yet. */
export type Called = {
	/** Count of notifications. */
	readonly number: number;
	/** Number of sockets since the last key. */
	readonly count: number;
	/** Number of these since the terminal lost the focus: the count in its title. */
	readonly unseen: number;
	/** Row ids of the newest ones. */
	readonly ids: ReadonlySet<number>;
	/** Text of the last notification. May contain foreign text. */
	readonly sentence: string;
};

export type AlertSlice = {
	/** Undefined while no alert is armed. */
	readonly alert: ArmedAlert | undefined;
	/** Count of armed alerts; the next one gets the next number. */
	readonly alertRequests: number;
	readonly called: Called;
	/** Whether the terminal has the focus; undefined if it does not report that. */
	readonly isFocused: boolean | undefined;
};

export const noAlert: AlertSlice = {
	alert: undefined,
	alertRequests: 0,
	called: {
		number: 0, count: 0, unseen: 0, ids: new Set(), sentence: '',
	},
	isFocused: undefined,
};
