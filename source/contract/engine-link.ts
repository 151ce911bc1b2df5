import type {FromEngine, ToEngine} from './messages.js';

/** The connection between screen and engine. */
export type EngineLink = {
	readonly send: (message: ToEngine) => void;
	/** Passes every message to the listener until the returned function is called. Messages that arrive before the first listener are kept for it. */
	readonly subscribe: (listener: (message: FromEngine) => void) => () => void;
};
