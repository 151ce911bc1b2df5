/** Everything that is known about one socket, as the engine reports it to the screen. Texts are untrusted: escape them before they reach a terminal. */
import type {FieldValue, Tone} from '../fields/model/field.js';
import type {Ancestor} from '../owners/process-background.js';

export type Inspected = {
	/** Id of its row. */
	readonly id: number;
	/** The fields that the socket has, in the order of the registry. */
	readonly values: readonly InspectedValue[];
	/** Its health problem; absent if there is none. */
	readonly health?: InspectedHealth;
	readonly life: Life;
	readonly owners: readonly InspectedOwner[];
	/** The other end of its connection, if it is or was on this machine. */
	readonly otherEnd?: InspectedOtherEnd;
	/** One number per sample since the socket was first inspected, oldest first; NaN if the socket was not read in that sample, or has no such value. */
	readonly history: Readonly<Record<HistoryName, readonly number[]>>;
	/** Whether its row is gone from the table: the values are the last known ones. */
	readonly isGone: boolean;
};

export type InspectedValue = {
	/** Id of the field. */
	readonly id: string;
	readonly value: FieldValue;
	readonly tone?: Tone;
};

export type InspectedHealth = {
	/** The name of the health problem. */
	readonly healthProblem: string;
	/** One or two sentences with the numbers that led to it. */
	readonly explanation: string;
	readonly tone?: Tone;
};

/** Times are milliseconds since 1970, taken from the samples that saw the change. */
export type Life = {
	/** The states that the socket was in, oldest first. */
	readonly steps: readonly LifeStep[];
	/** When it was first seen. */
	readonly openedAt?: number;
	/** Whether the socket existed before conntop started. */
	readonly isOlder: boolean;
	readonly closedAt?: number;
	/** The close reason, in the words of the journal, if known. */
	readonly closeReason?: string;
	/** Whether the socket opened and closed between two samples: the exact times are not known. */
	readonly isShortLived: boolean;
	/** The time of the last sample. */
	readonly now: number;
};

export type LifeStep = {
	readonly state: string;
	readonly since: number;
	/** Present if the socket was in this state when conntop first saw it, so `since` is the latest possible time. */
	readonly isLeast?: true;
};

/** A process that owns one end, with its details. */
export type InspectedOwner = {
	readonly pid: number;
	readonly name: string;
	/** Its descriptors of the socket, if known. */
	readonly descriptors: readonly number[];
	readonly commandLine?: string;
	/** Name or number of the effective user. */
	readonly user?: string;
	/** The parent, the parent's parent, and so on. */
	readonly ancestors: readonly Ancestor[];
	readonly unit?: string;
	readonly container?: string;
	readonly pod?: string;
};

export type InspectedOtherEnd = {
	/** Id of its row; absent if it has none any more. */
	readonly id?: number;
	readonly isItself: boolean;
	readonly state?: string;
	readonly cookie?: string;
	readonly owners: readonly InspectedOwner[];
};

/** Ids of the fields whose history is kept. */
export const historyNames = ['rxRate', 'txRate', 'rtt', 'cwnd', 'recvQ', 'sendQ'] as const;

export type HistoryName = typeof historyNames[number];
