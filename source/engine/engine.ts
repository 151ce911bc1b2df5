import type {
	FromEngine,
	Status,
	Timing,
	ToEngine,
} from '../contract/messages.js';
import type {Query} from '../query/query.js';
import type {FrameStore} from '../recording/frames/frame-store.js';
import {createSamplingLoop} from '../sampling/loop.js';
import type {Sampler} from '../sampling/sampler.js';
import {createAlerting} from './alerting.js';
import {createActionQueue} from './action-queue.js';
import {createAnswering} from './answering.js';
import {createSystemLookups} from './lookups.js';
import {createLooking} from './looking.js';
import {createMemory} from './memory.js';
import {createReadable} from './readable.js';
import {createRecentActivity} from './recent-activity.js';
import {createHolding} from './holding.js';
import {createRecording, type RecordingOptions} from './recording.js';
import {createWriting} from './writing.js';

export type EngineOptions = {
	readonly sampler: Sampler;
	readonly timing: Timing;
	readonly query: Query;
	/** A recording whose moments are shown instead of the present. */
	readonly recording?: FrameStore;
	/** Opens the recorder that the user starts; without it, recording is not possible. */
	readonly openRecorder?: RecordingOptions['open'];
	/** Sends the engine's messages to the screen. */
	readonly post: (message: FromEngine) => void;
};

export type Engine = {
	readonly receive: (message: ToEngine) => void;
	/** Stops sampling at once. Resolves when a sample that is being recorded has been written. */
	readonly stop: () => Promise<void>;
};

/** Starts sampling, and answers the newest query after each sample and whenever it changes. */
export const startEngine = ({
	sampler, timing: firstTiming, query: firstQuery, recording, openRecorder, post,
}: EngineOptions): Engine => {
	const {context: {table}, source, fallback} = sampler;
	const readable = createReadable();
	const recent = createRecentActivity(table, sampler.context.owners);
	let query = firstQuery;
	let sequence = 0;
	let problems: readonly string[] = [];
	let isStopped = false;

	const answerAgain = (): void => {
		if (loop.samples() > 0 && !isStopped) {
			answer();
		}
	};

	const answering = createAnswering(sampler, answerAgain);
	const alerting = createAlerting(sampler.context, createSystemLookups());
	const memory = recording === undefined ? createMemory(sampler) : undefined;
	const recorder = openRecorder && createRecording({
		sampler,
		open: openRecorder,
		say(notice) {
			post({type: 'notice', notice});
		},
		onTurn: answerAgain,
	});
	const looking = createLooking({
		store: recording ?? {moments: () => memory?.moments() ?? []},
		facts: {
			title: source.facts.title,
			hostname: source.facts.hostname,
			kernelRelease: source.facts.kernelRelease,
			...(source.facts.file !== undefined && {file: source.facts.file}),
		},
		hasPresent: recording === undefined,
		markedNow: answering.marked,
		query: () => query,
		post,
		answerAgain,
	});

	const loop = createSamplingLoop({
		sampler,
		interval: firstTiming.interval,
		needs() {
			const [shown, watched] = [answering.needs(query), alerting.needs()];
			return {columns: new Set([...shown.columns, ...watched.columns, ...recorder?.needs().columns ?? []]), protocols: [...new Set([...shown.protocols, ...watched.protocols])]};
		},
		async onSample(sampled) {
			const {changes, problems: found, started} = sampled;
			problems = readable(found, started);
			answering.count(changes, query);
			answering.addSample(changes);
			recent.add(changes.shortLived, sampler.droppedEventCount?.() ?? 0, source.time.now());
			const alerted = alerting.take(changes);
			if (alerted !== undefined) {
				post({type: 'alerted', alerted});
			}

			if (!looking.isBack()) {
				answer();
			}

			actions.resume();
			holding.resume();
			await recorder?.take(sampled);
			await memory?.take(sampled);
		},
		onFailure(problem) {
			problems = [problem];
			answer();
			actions.resume();
			holding.resume();
		},
		until: async () => holding.until(),
	});

	const actions = createActionQueue({
		sampler, post, isSampling: loop.isSampling, socketsIn: ids => answering.socketsIn(ids, query), onActed: loop.sampleNow,
	});

	const holding = createHolding(loop.isSampling);
	const write = createWriting({
		hold(work) {
			// A past moment has a table of its own.
			(looking.isBack() ? looking.hold : holding.hold)(work);
		},
		linesOf: asked => looking.linesOf(asked) ?? answering.linesOf(asked),
		post(written) {
			post({type: 'written', written});
		},
	});

	/** Reports the error if the loop stops by itself. */
	const watchLoop = async (): Promise<void> => {
		try {
			await loop.ended;
		} catch (error) {
			void stop();
			post({type: 'failed', message: error instanceof Error ? error.message : String(error)});
		}
	};

	const recentPart = (): Pick<Status, 'recent'> => {
		const found = recent.read(source.time.now());
		return found === undefined ? {} : {recent: found};
	};

	const recordingPart = (): Pick<Status, 'recording'> => {
		const found = recorder?.status();
		return found === undefined ? {} : {recording: found};
	};

	const status = (): Status => ({
		source: (looking.sampler() ?? sampler).source.facts,
		...(fallback !== undefined && {fallback}),
		samples: loop.samples(),
		...loop.status(),
		...recordingPart(),
		hiddenOwners: sampler.hiddenOwners(),
		privilege: sampler.privilege,
		hidden: sampler.hidden?.() ?? [],
		...recentPart(),
		problems,
	});

	const answer = (): void => {
		const answered = looking.answer(query) ?? answering.answer(query, loop.isSampling());
		post({type: 'view', view: {...answered, sequence, status: status()}});
	};

	/** Sets the query. Samples at once if it needs columns or tables that no sample has filled. */
	const setQuery = (next: Query): void => {
		const before = query;
		const {protocols: protocolsBefore} = answering.needs(before);
		query = next;
		answerAgain();
		const {columns, protocols} = answering.needs(query);
		if (looking.isBack()) {
			looking.adapt(query);
			return;
		}

		const hasOtherColumns = query.columns !== before.columns || query.inspect !== before.inspect;
		if (protocols.some(name => !protocolsBefore.includes(name)) || (hasOtherColumns && [...columns].some(column => table.optional(column) === undefined))) {
			loop.sampleNow();
		}
	};

	const setTiming = ({interval, freshTime, closedTime, journal}: Timing): void => {
		const hasOtherFreshTime = freshTime !== table.freshTime;
		for (const each of [table, sampler.journal?.table]) {
			if (each !== undefined) {
				each.freshTime = freshTime;
			}
		}

		table.closedTime = closedTime;
		sampler.journal?.keep(journal);
		loop.setInterval(interval);
		// Rows can be marked as new without a sample.
		if (hasOtherFreshTime) {
			answerAgain();
		}
	};

	const receive = (message: ToEngine): void => {
		switch (message.type) {
			case 'query': {
				({sequence} = message);
				setQuery(message.query);
				break;
			}

			case 'timing': {
				setTiming(message.timing);
				break;
			}

			case 'pause': {
				loop.pause(message.paused);
				answerAgain();
				break;
			}

			case 'lock': {
				actions.lock(message.number, message.ids);
				break;
			}

			case 'act': {
				actions.act(message.request);
				break;
			}

			case 'moment': {
				looking.request(message.request);
				break;
			}

			case 'record': {
				recorder?.turn(message.isOn);
				break;
			}

			case 'write': {
				write(message.request, query);
				break;
			}

			case 'alert': {
				alerting.arm(message.request);
				break;
			}

			case 'refresh': {
				loop.sampleNow();
				break;
			}

			case 'stop': {
				void stop();
				break;
			}
		}
	};

	const stop = async (): Promise<void> => {
		isStopped = true;
		loop.stop();
		looking.close();
		answering.close();
		await recorder?.close();
	};

	setTiming(firstTiming);
	loop.start();
	void watchLoop();
	return {receive, stop};
};
