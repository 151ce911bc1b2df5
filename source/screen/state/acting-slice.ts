/** What a person is about to do to sockets or processes. */
import type {
	ActRequest,
	Outcome,
	SignalName,
	Targets,
} from '../../contract/acting.js';

/** How far a person has come. */
export type Acting = {
	readonly action: ActRequest['action'];
	/** Number of the question to the engine. */
	readonly number: number;
	/** Ids of the sockets that are meant. */
	readonly ids: readonly number[];
	/** What the engine has locked; absent until it has answered. */
	readonly targets?: Targets;
	/** Pids of the processes to signal. */
	readonly chosen: readonly number[];
	readonly signal: SignalName;
	/** What the person has confirmed. */
	readonly order?: ActRequest;
	/** What came of it. */
	readonly outcomes?: readonly Outcome[];
};

export type ActingSlice = {
	readonly acting: Acting | undefined;
	/** How many times the engine was asked which sockets are meant. */
	readonly lockRequests: number;
};

export const noActing: ActingSlice = {acting: undefined, lockRequests: 0};
