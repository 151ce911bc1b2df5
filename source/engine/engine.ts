import type {Query} from '../query/query.js';
import type {
	FromEngine,
	Status,
	Timing,
	ToEngine,
} from '../contract/messages.js';
import {createActingDesk} from './acting-desk.js';
import {createAnswering} from './answering.js';
import {createClock} from './clock.js';
import {collectGarbage} from './collect-garbage.js';
import {createReadable} from './readable.js';
import {createRest} from './rest.js';
import type {Sampler} from './sampler.js';

/** Milliseconds per sample that the search for owners may always take, however dear the samples are. */
const leastOwnerBudget = 10;

/** Milliseconds that the first rows wait for the names of their processes. */
const firstOwnerBudget = 40;

/** Memory is given back after the first samples, when all that a sample needs has been compiled, once more when V8 has let go of what only they needed, and now and then. */
const samplesBetweenReleases = 300;
const firstReleases: ReadonlySet<number> = new Set([8, 16]);

/** Milliseconds that a message may wait for a sample. */
const longestWait = 8;

export type EngineOptions = {
	readonly sampler: Sampler;
	readonly timing: Timing;
	readonly query: Query;
	/** Takes the engine's answers. */
	readonly post: (message: FromEngine) => void;
	/** Does work that cannot yield when nobody waits for anything. */
	readonly whenQuiet?: (work: () => void) => void;
};

export type Engine = {
	readonly receive: (message: ToEngine) => void;
	readonly stop: () => void;
};

/** Samples as the clock says, and answers the newest query after each sample and whenever it changes. */
export const startEngine = ({
	sampler, timing: firstTiming, query: firstQuery, post, whenQuiet = work => {
		work();
	},
}: EngineOptions): Engine => {
	const {world: {table}, source, fallback} = sampler;
	const readable = createReadable();
	let query = firstQuery;
	let sequence = 0;
	let samples = 0;
	let problems: readonly string[] = [];
	let isStopped = false;

	const answerAgain = (): void => {
		if (samples > 0 && !isStopped) {
			answer();
		}
	};

	const answering = createAnswering(sampler, answerAgain);

	const takeSample = async (started: number): Promise<() => void> => {
		const rest = createRest(longestWait);
		const {columns, protocols} = answering.needs(query);
		const {changes, problems: failures, time} = await sampler.sample(columns, protocols, {rest});
		samples++;
		problems = readable(failures, started);
		answering.count(changes, query);
		const left = clock.took(time);
		await rest();
		await sampler.findOwners(changes, samples === 1 ? firstOwnerBudget : Math.max(leastOwnerBudget, left), rest);
		await rest();
		return () => {
			answering.takeIn(changes);
			answer();
			if (firstReleases.has(samples) || samples % samplesBetweenReleases === 0) {
				whenQuiet(() => {
					collectGarbage();
					source.releaseMemory?.();
				});
			}

			desk.goOn();
		};
	};

	const clock = createClock({
		interval: firstTiming.interval,
		isStill: source.facts.pace === 'source',
		sample: takeSample,
		onFailure(error) {
			const message = error instanceof Error ? error.message : String(error);
			if (samples === 0) {
				stop();
				post({type: 'failed', message});
				return;
			}

			// What worked before may work again.
			problems = [`${message}; trying again`];
			answer();
			desk.goOn();
		},
	});

	const desk = createActingDesk({
		sampler, post, isSampling: clock.isSampling, onActed: clock.hurry,
	});

	const status = (): Status => ({
		source: source.facts,
		...(fallback !== undefined && {fallback}),
		samples,
		...clock.read(),
		hiddenOwners: sampler.hiddenOwners(),
		privilege: sampler.privilege,
		hidden: sampler.hidden?.() ?? [],
		...counted('missedByPolls', sampler.journal?.missedByPolls),
		...counted('lostNews', sampler.lostNews?.()),
		problems,
	});

	const answer = (): void => {
		post({type: 'view', view: {...answering.answer(query, clock.isSampling()), sequence, status: status()}});
	};

	/** Takes another query. Columns and tables that no sample has filled yet are not left empty until the next one. */
	const ask = (next: Query): void => {
		const before = query;
		const {protocols: protocolsBefore} = answering.needs(before);
		query = next;
		answerAgain();
		const {columns, protocols} = answering.needs(query);
		const hasOtherColumns = query.columns !== before.columns || query.inspect !== before.inspect;
		if (protocols.some(name => !protocolsBefore.includes(name)) || (hasOtherColumns && [...columns].some(column => table.optional(column) === undefined))) {
			clock.hurry();
		}
	};

	const setTiming = ({interval, freshTime, closedTime}: Timing): void => {
		const isFreshOtherwise = freshTime !== table.freshTime;
		for (const each of [table, sampler.journal?.table]) {
			if (each !== undefined) {
				each.freshTime = freshTime;
			}
		}

		table.closedTime = closedTime;
		clock.setInterval(interval);
		// It takes no sample to tell what is new.
		if (isFreshOtherwise) {
			answerAgain();
		}
	};

	const receive = (message: ToEngine): void => {
		switch (message.type) {
			case 'query': {
				({sequence} = message);
				ask(message.query);
				break;
			}

			case 'timing': {
				setTiming(message.timing);
				break;
			}

			case 'pause': {
				clock.pause(message.paused);
				answerAgain();
				break;
			}

			case 'lock': {
				desk.lock(message.number, message.ids);
				break;
			}

			case 'act': {
				desk.act(message.request);
				break;
			}

			case 'refresh': {
				clock.hurry();
				break;
			}

			case 'stop': {
				stop();
				break;
			}
		}
	};

	const stop = (): void => {
		isStopped = true;
		clock.stop();
		answering.close();
		sampler.close();
	};

	setTiming(firstTiming);
	source.onLoss?.(clock.resample);
	clock.start();
	return {receive, stop};
};

/** A count for the status, left out while it is 0 or unknown. */
const counted = <Name extends string>(name: Name, count: number | undefined): Readonly<Partial<Record<Name, number>>> =>
	(count === undefined || count === 0 ? {} : {[name]: count}) as Readonly<Partial<Record<Name, number>>>;
