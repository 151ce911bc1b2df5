/** Connects the screen with the engine, which runs in the same thread. */
import type {EngineLink} from '../contract/engine-link.js';
import type {FromEngine, Timing, ToEngine} from '../contract/messages.js';
import type {Query} from '../query/query.js';
import type {StoredMoment} from '../recording/frames/frame-store.js';
import type {RecordingChoice, SourceChoice} from '../sampling/open-source.js';
import {createSampler, type Sampler} from '../sampling/sampler.js';
import {startEngine, type Engine} from './engine.js';
import {createQuiet} from './quiet.js';
import {openUserRecorder} from './recording.js';

/** What the engine is started with. */
export type EngineStart = {
	readonly choice: SourceChoice;
	readonly timing: Timing;
	readonly query: Query;
	/** Version of this program, for recordings. */
	readonly version: string;
};

/** The link, with the functions to start and stop the engine behind it. */
export type LinkedEngine = EngineLink & {
	/** Opens the source and starts sampling. Messages sent earlier wait for it. A failure is reported as a message. */
	readonly start: (start: EngineStart) => void;
	/** Runs work that cannot yield when the user is not waiting for an answer. */
	readonly whenQuiet: (work: () => void) => void;
	/** Stops the engine, with everything that it has started. Resolves when a sample that is being recorded has been written. */
	readonly stop: () => Promise<void>;
};

/**
Creates the link. Messages are passed by reference, in both directions, in a microtask, never within `send`: the sender, a reducer or the end of a sample, has
finished its own work by then. So a key is answered before the next part of a sample. Of several views that were not delivered yet, only the newest is kept.

@param openSampler Opens the source; replaced in tests.
*/
export const createLinkedEngine = (openSampler: (choice: SourceChoice) => Promise<Sampler> = createSampler): LinkedEngine => {
	let engine: Engine | undefined;
	let isStopped = false;
	const listeners = new Set<(message: FromEngine) => void>();
	const quiet = createQuiet();

	const deliver = createQueue<FromEngine>(message => {
		for (const listener of listeners) {
			listener(message);
		}
	});

	const post = (message: FromEngine): void => {
		if (message.type === 'view') {
			deliver.drop(({type}) => type === 'view');
		}

		deliver.push(message);
	};

	/** Stops the engine and reports why. */
	const fail = (message: string): void => {
		void stop();
		post({type: 'failed', message});
	};

	const receive = createQueue<ToEngine>(message => {
		try {
			engine?.receive(message);
		} catch (error) {
			fail(`the engine failed: ${messageOf(error)}`);
		}
	});

	const stop = async (): Promise<void> => {
		isStopped = true;
		await engine?.stop();
	};

	const open = async ({choice, timing, query, version}: EngineStart): Promise<void> => {
		const sampler = await openSampler(choice);
		if (isStopped) {
			sampler.close();
			return;
		}

		const recording = choice.kind === 'recording' ? await openStore(choice) : undefined;
		engine = startEngine({
			sampler, timing, query, post, ...(recording && {recording: recording.store}), ...(choice.kind === 'local' && {openRecorder: openUserRecorder(version, () => timing.interval)}),
		});
		recording?.begin(engine.receive);
		receive.open();
	};

	return {
		start(start) {
			open(start).catch((error: unknown) => {
				fail(messageOf(error));
			});
		},
		send(message) {
			quiet.disturb();
			receive.push(message);
		},
		subscribe(listener) {
			listeners.add(listener);
			deliver.open();
			return () => {
				listeners.delete(listener);
			};
		},
		whenQuiet: quiet.when,
		stop,
	};
};

/** The moments of a recording, and a function that shows the requested one. */
const openStore = async ({path, at}: RecordingChoice) => {
	const {openNamedRecording} = await import('../sampling/recorded-moment.js');
	const recording = openNamedRecording(path);
	const moments = recording.positions.map((position): StoredMoment => ({moment: position.moment, state: () => recording.stateAt(position)}));
	return {
		store: {moments: () => moments},
		begin(receive: Engine['receive']): void {
			receive({type: 'moment', request: at === undefined ? {kind: 'now'} : {kind: 'at', time: at}});
		},
	};
};

const messageOf = (error: unknown): string => error instanceof Error ? error.message : String(error);

type Queue<Message> = {
	readonly push: (message: Message) => void;
	/** Removes messages that were not delivered yet. */
	readonly drop: (isDropped: (message: Message) => boolean) => void;
	/** Starts delivering. */
	readonly open: () => void;
};

/** Delivers messages in order, one per microtask. */
const createQueue = <Message>(take: (message: Message) => void): Queue<Message> => {
	let waiting: Message[] = [];
	let isOpen = false;
	let isScheduled = false;

	const schedule = (): void => {
		if (isScheduled || !isOpen || waiting.length === 0) {
			return;
		}

		isScheduled = true;
		queueMicrotask(() => {
			isScheduled = false;
			const message = waiting.shift();
			// The next message gets a microtask of its own, even if this one throws.
			schedule();
			if (message !== undefined) {
				take(message);
			}
		});
	};

	return {
		push(message) {
			waiting.push(message);
			schedule();
		},
		drop(isDropped) {
			waiting = waiting.filter(message => !isDropped(message));
		},
		open() {
			isOpen = true;
			schedule();
		},
	};
};
