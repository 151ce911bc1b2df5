/** The engine's thread: messages in, views out. Sampling 100,000 sockets takes a tenth of a second, and no key may wait for it. */
import {parentPort, workerData} from 'node:worker_threads';
import type {Query} from '../query/query.js';
import type {SourceChoice} from '../sources/open.js';
import {startEngine} from './engine.js';
import type {FromEngine, ToEngine} from './messages.js';
import {createSampler} from './sampler.js';

/** What the thread is started with. */
export type WorkerStart = {
	readonly choice: SourceChoice;
	/** Milliseconds. */
	readonly interval: number;
	readonly query: Query;
};

if (parentPort === null) {
	throw new Error('The engine runs in a worker thread.');
}

const port = parentPort;
const {choice, interval, query} = workerData as WorkerStart;
const post = (message: FromEngine): void => {
	port.postMessage(message);
};

try {
	const sampler = await createSampler(choice);
	const engine = startEngine({
		sampler, interval, query, post,
	});
	port.on('message', (message: ToEngine) => {
		engine.receive(message);
		if (message.type === 'stop') {
			port.close();
		}
	});
} catch (error) {
	post({type: 'failed', message: error instanceof Error ? error.message : String(error)});
	port.close();
}
