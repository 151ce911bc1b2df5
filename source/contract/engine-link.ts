import type {FromEngine, ToEngine} from './messages.js';

/** How the screen talks with the engine. */
export type EngineLink = {
	readonly send: (message: ToEngine) => void;
	/** Hands on every message until the returned function is called. Messages that came before the first listener are kept for it. */
	readonly subscribe: (listener: (message: FromEngine) => void) => () => void;
};
