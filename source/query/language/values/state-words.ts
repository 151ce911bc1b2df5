import {State} from '../../../table/columns/states.js';

/** Returns a set of states, given by number, as bits. */
export const maskOf = (states: readonly number[]): number => {
	let mask = 0;
	for (const state of states) {
		mask |= 1 << state;
	}

	return mask;
};

const all = 0xFF_FF_FF_FF >>> 0;
const closedOrListening = maskOf([State.unconnected, State.listen]);
const bucket = maskOf([State.synReceived, State.newSynReceived, State.timeWait]);

/**
The words for states, each with the states that it means as a set of bits (1 << state). They are those of `ss`: `sstate_namel` and `scan_state` in misc/ss.c of
iproute2, where SYN-RECV also counts as connected and synchronized. Words for the states of SCTP associations are added.
*/
export const stateWords = {
	established: maskOf([State.established]),
	'syn-sent': maskOf([State.synSent]),
	'syn-recv': maskOf([State.synReceived, State.newSynReceived]),
	'fin-wait-1': maskOf([State.finWait1]),
	'fin-wait-2': maskOf([State.finWait2]),
	'time-wait': maskOf([State.timeWait]),
	unconnected: maskOf([State.unconnected]),
	'close-wait': maskOf([State.closeWait]),
	'last-ack': maskOf([State.lastAck]),
	/** TCP sockets that are bound but neither listen nor connect. In the table their state is UNCONN, which TCP sockets have for no other reason. */
	'bound-inactive': 0,
	listening: maskOf([State.listen]),
	closing: maskOf([State.closing]),
	'cookie-wait': maskOf([State.cookieWait]),
	'cookie-echoed': maskOf([State.cookieEchoed]),
	'shutdown-pending': maskOf([State.shutdownPending]),
	'shutdown-sent': maskOf([State.shutdownSent]),
	'shutdown-received': maskOf([State.shutdownReceived]),
	'ack-sent': maskOf([State.shutdownAckSent]),
	all,
	connected: (all & ~closedOrListening) >>> 0,
	synchronized: (all & ~(closedOrListening | maskOf([State.synSent]))) >>> 0,
	bucket,
	big: (all & ~bucket) >>> 0,
} as const satisfies Record<string, number>;

export type StateWord = keyof typeof stateWords;

const words = Object.keys(stateWords) as readonly StateWord[];

/** Other spellings: what `ss` and `netstat` print, and what `ss` also accepts. Without hyphens. */
const aliases: Readonly<Record<string, StateWord>> = {
	estab: 'established',
	synrcv: 'syn-recv',
	synreceived: 'syn-recv',
	unconn: 'unconnected',
	close: 'unconnected',
	closed: 'unconnected',
	listen: 'listening',
};

const simplify = (text: string): string => text.toLowerCase().replaceAll(/[\-_]/gv, '');

const spellings: ReadonlyMap<string, StateWord> = new Map([...words.map(word => [simplify(word), word] as const), ...Object.entries(aliases)]);

/** Finds the word that a text means, in any case, with or without hyphens; undefined for none. */
export const findStateWord = (text: string): StateWord | undefined => spellings.get(simplify(text));

/** Words that a message may suggest. */
export const stateSpellings: readonly string[] = words;

/** Returns each word once, in the order of `stateWords`. */
export const sortStateWords = (chosen: readonly StateWord[]): readonly StateWord[] => words.filter(word => chosen.includes(word));

/** Returns the states that words mean, as a set of bits. */
export const stateMask = (chosen: readonly StateWord[]): number => {
	let mask = 0;
	for (const word of chosen) {
		mask |= stateWords[word];
	}

	return mask >>> 0;
};
