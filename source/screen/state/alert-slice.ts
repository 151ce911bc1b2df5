/** The alert that is armed, and what it has called for. */
import type {AlertRequest} from '../../contract/alert.js';

export type ArmedAlert = {
	readonly request: AlertRequest;
	/** What it is about, in a few words. May contain foreign text. */
	readonly about: string;
};

/** New sockets that the person has not seen yet. */
export type Called = {
	/** How many times the person was called; rises with each call. */
	readonly number: number;
	/** Sockets since the last key. */
	readonly count: number;
	/** Of these, those since the terminal was looked at: the count in its title. */
	readonly unseen: number;
	/** Row ids of the newest of them. */
	readonly ids: ReadonlySet<number>;
	/** The sentence of the last call. May contain foreign text. */
	readonly sentence: string;
};

export type AlertSlice = {
	/** Undefined while none is armed. */
	readonly alert: ArmedAlert | undefined;
	/** How many times one was armed. */
	readonly alertRequests: number;
	readonly called: Called;
	/** Whether the terminal is looked at, as far as it reports that. */
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
