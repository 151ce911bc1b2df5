import type {FromEngine, ToEngine} from '../engine/messages.js';

/** The way to the engine, which runs in a thread of its own. */
export type EngineLink = {
	readonly send: (message: ToEngine) => void;
	/** Calls the listener with each message of the engine; gives a function that ends this. */
	readonly subscribe: (listener: (message: FromEngine) => void) => () => void;
};
