/** All that is known of one socket, as the engine tells the screen. Texts are foreign: escape them before they reach a terminal. */
import type {FieldValue, Tone} from '../fields/model/field.js';
import type {Ancestor} from '../owners/process-background.js';

export type Inspected = {
	/** Number of its row. */
	readonly id: number;
	/** The fields that the socket has, in the order of the registry. */
	readonly values: readonly InspectedValue[];
	/** What is wrong with it; absent while nothing is. */
	readonly health?: InspectedHealth;
	readonly life: Life;
	readonly owners: readonly InspectedOwner[];
	/** The other end of its connection, as far as that is or was on this machine. */
	readonly farEnd?: InspectedFarEnd;
	/** One number for each sample since it was inspected first, oldest first; NaN where there is none: nobody looked, or the socket has no such number. */
	readonly history: Readonly<Record<HistoryName, readonly number[]>>;
	/** Its row is gone from the table: this is what was known last. */
	readonly isGone: boolean;
};

export type InspectedValue = {
	/** Id of the field. */
	readonly id: string;
	readonly value: FieldValue;
	readonly tone?: Tone;
};

export type InspectedHealth = {
	/** The verdict, in a word. */
	readonly verdict: string;
	/** One or two sentences with the figures that led to it. */
	readonly explanation: string;
	readonly tone?: Tone;
};

/** Times are milliseconds since 1970, of the samples that learnt of it. */
export type Life = {
	/** The states that it went through, oldest first. */
	readonly steps: readonly LifeStep[];
	/** When it was first seen. */
	readonly openedAt?: number;
	/** It was there before conntop was. */
	readonly isOlder: boolean;
	readonly closedAt?: number;
	/** How it ended, in the words of the journal, where that can be told. */
	readonly ending?: string;
	/** It came and went between two samples: nobody knows when exactly. */
	readonly isUnseen: boolean;
	/** The moment of the last sample. */
	readonly now: number;
};

export type LifeStep = {
	readonly state: string;
	readonly since: number;
	/** It was in the state when conntop first saw it. */
	readonly isLeast?: true;
};

/** A process that holds an end, with what is known of it. */
export type InspectedOwner = {
	readonly pid: number;
	readonly name: string;
	/** Its descriptors of the socket, where they are known. */
	readonly descriptors: readonly number[];
	readonly commandLine?: string;
	/** Name or number of the effective user. */
	readonly user?: string;
	/** Parent, its parent, and so on. */
	readonly ancestors: readonly Ancestor[];
	readonly unit?: string;
	readonly container?: string;
	readonly pod?: string;
};

export type InspectedFarEnd = {
	/** Number of its row; absent when it has none any more. */
	readonly id?: number;
	readonly isItself: boolean;
	readonly state?: string;
	readonly cookie?: string;
	readonly owners: readonly InspectedOwner[];
};

/** Ids of the fields whose history is kept. */
export const historyNames = ['rxRate', 'txRate', 'rtt', 'cwnd', 'recvQ', 'sendQ'] as const;

export type HistoryName = typeof historyNames[number];
