/** The main thread's end of the engine: starts the worker and carries messages. */
import {Worker} from 'node:worker_threads';
import type {FromEngine, ToEngine} from '../contract/messages.js';
import type {EngineStart, ToWorker} from './worker.js';

/** How the screen talks with the engine. */
export type EngineLink = {
	readonly send: (message: ToEngine) => void;
	/** Hands on every message until the returned function is called. Messages that came before the first listener are kept for it. */
	readonly subscribe: (listener: (message: FromEngine) => void) => () => void;
};

/** The engine in its thread. */
export type EngineThread = EngineLink & {
	/** Begins to sample. What was sent before waits for it. */
	readonly start: (start: EngineStart) => void;
	/** Ends the thread, whatever it does. */
	readonly stop: () => Promise<void>;
};

/** Milliseconds that the thread has to end by itself. It listens every 8. */
const patience = 250;

/** Starts the thread, which loads what it needs until it is told what to do. */
export const startWorker = (): EngineThread => {
	// A nursery of 1 MB, from the start on: what a sample leaves behind is in columns.
	const worker = new Worker(new URL('launch-worker.js', import.meta.url), {resourceLimits: {maxYoungGenerationSizeMb: 3}});
	const post = (message: ToWorker): void => {
		worker.postMessage(message);
	};

	const ended = new Promise<void>(resolve => {
		worker.once('exit', () => {
			resolve();
		});
	});
	const listeners = new Set<(message: FromEngine) => void>();
	const waiting: FromEngine[] = [];
	const deliver = (message: FromEngine): void => {
		if (listeners.size === 0) {
			waiting.push(message);
		}

		for (const listener of listeners) {
			listener(message);
		}
	};

	worker.on('message', (message: FromEngine) => {
		deliver(message);
		if (message.type === 'view') {
			post({type: 'taken'});
		}
	});
	worker.on('error', (error: unknown) => {
		deliver({type: 'failed', message: `the engine failed: ${error instanceof Error ? error.message : String(error)}`});
	});
	return {
		start(start) {
			post({type: 'start', start});
		},
		send: post,
		subscribe(listener) {
			listeners.add(listener);
			for (const message of waiting.splice(0)) {
				listener(message);
			}

			return () => {
				listeners.delete(listener);
			};
		},
		async stop() {
			// A thread that is cut off in the midst of a system call ends the program with an abort: it is asked first.
			post({type: 'stop'});
			const impatience = setTimeout(() => {
				void worker.terminate();
			}, patience);
			await ended;
			clearTimeout(impatience);
		},
	};
};
