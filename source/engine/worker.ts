/** The engine's thread: messages in, views out. Sampling 100,000 sockets takes a tenth of a second, and no key may wait for it. */
import {parentPort} from 'node:worker_threads';
import type {Query} from '../query/query.js';
import type {SourceChoice} from '../sources/open.js';
import {startEngine, type Engine} from './engine.js';
import {createFlow} from './flow.js';
import type {FromEngine, Timing, ToEngine} from '../contract/messages.js';
import {createSampler} from './sampler.js';

/** What the engine is started with. */
export type EngineStart = {
	readonly choice: SourceChoice;
	readonly timing: Timing;
	readonly query: Query;
};

/** What the thread is told. */
export type ToWorker =
	| ToEngine
	| {readonly type: 'start'; readonly start: EngineStart}
	/** A view has been taken. */
	| {readonly type: 'taken'};

if (parentPort === null) {
	throw new Error('The engine runs in a worker thread.');
}

const port = parentPort;
let engine: Engine | undefined;
/** What came before the engine could take it. */
const waiting: ToEngine[] = [];

const {post, taken} = createFlow((message: FromEngine): void => {
	port.postMessage(message);
});

const start = async ({choice, timing, query}: EngineStart): Promise<void> => {
	try {
		const sampler = await createSampler(choice);
		engine = startEngine({
			sampler, timing, query, post,
		});
		for (const message of waiting) {
			tell(engine, message);
		}
	} catch (error) {
		post({type: 'failed', message: error instanceof Error ? error.message : String(error)});
		port.close();
	}
};

const tell = (running: Engine, message: ToEngine): void => {
	running.receive(message);
	if (message.type === 'stop') {
		port.close();
	}
};

port.on('message', (message: ToWorker) => {
	if (message.type === 'start') {
		void start(message.start);
	} else if (message.type === 'taken') {
		taken();
	} else if (engine === undefined) {
		waiting.push(message);
		if (message.type === 'stop') {
			port.close();
		}
	} else {
		tell(engine, message);
	}
});
