/** The action on sockets or processes that is being prepared. */
import type {
	ActRequest,
	Outcome,
	SignalName,
	Targets,
} from '../../contract/acting.js';

/** An action, from the choice of sockets to its outcomes. */
export type Acting = {
	readonly action: ActRequest['action'];
	/** Number of the request to the engine. */
	readonly number: number;
	/** Sockets selected for the action, by id. */
	readonly ids: readonly number[];
	/** Sockets and processes that the engine has locked; undefined until it answers. */
	readonly targets?: Targets;
	/** Pids of the processes to signal. */
	readonly chosen: readonly number[];
	readonly signal: SignalName;
	/** The request, once the user has confirmed it. */
	readonly order?: ActRequest;
	/** Results of the action, one per target. */
	readonly outcomes?: readonly Outcome[];
};

export type ActingSlice = {
	readonly acting: Acting | undefined;
	/** Count of requests to lock sockets; the next one gets the next number. */
	readonly lockRequests: number;
};

export const noActing: ActingSlice = {acting: undefined, lockRequests: 0};
