/** Looking back: finds the requested moment, and answers queries about it. */
import type {
	FromEngine,
	MomentRequest,
	ShownMoment,
	View,
} from '../contract/messages.js';
import type {Query} from '../query/query.js';
import {FrameError} from '../recording/frames/bytes.js';
import type {FrameStore, StoredMoment} from '../recording/frames/frame-store.js';
import type {ReplayFacts} from '../recording/replay/replay-source.js';
import type {Sampler} from '../sampling/sampler.js';
import type {Marked} from './marking.js';
import {createPast, type Past} from './past.js';
import {createPlaying, minGap} from './playing.js';
import type {AllLines} from './writing.js';

/** Number of parts of the timeline; the screen scales it to its width. */
const timelineLength = 120;

/** A request for one moment. */
type OneMoment = Exclude<MomentRequest, {readonly kind: 'play'}>;

export type LookingOptions = {
	readonly store: FrameStore;
	readonly facts: ReplayFacts;
	/** Whether the present can be shown; false for a recording. */
	readonly hasPresent: boolean;
	/** The mark of the present. */
	readonly markedNow: () => Marked | undefined;
	readonly query: () => Query;
	readonly post: (message: FromEngine) => void;
	/** Sends a new answer to the query. */
	readonly answerAgain: () => void;
	/** Waits between two pictures of what is played; replaced in tests, like `now`. */
	readonly wait?: (milliseconds: number) => Promise<void>;
	/** Milliseconds of a monotonic clock. */
	readonly now?: () => number;
};

export type Looking = {
	readonly request: (request: MomentRequest) => void;
	/** Whether a moment in the past is shown. */
	readonly isBack: () => boolean;
	/** Answers a query about the shown moment; undefined while the present is shown. */
	readonly answer: (query: Query) => Omit<View, 'sequence' | 'status'> | undefined;
	/** Adapts what is shown to another query. */
	readonly adapt: (query: Query) => void;
	/** All lines of a query's list; undefined while the present is shown. */
	readonly linesOf: (query: Query) => AllLines | undefined;
	/** Does something while the same moment stays shown. */
	readonly hold: (work: () => Promise<void>) => void;
	readonly sampler: () => Sampler | undefined;
	readonly close: () => void;
};

export const createLooking = ({store, facts, hasPresent, markedNow, query, post, answerAgain, wait, now}: LookingOptions): Looking => {
	let past: Past | undefined;
	let shown: StoredMoment | undefined;
	let work = Promise.resolve();

	const indexOf = (moments: readonly StoredMoment[]): number => shown === undefined
		? moments.length
		: moments.findIndex(({moment}) => moment.run === shown?.moment.run && moment.number === shown.moment.number);

	const backToPresent = (): void => {
		past?.close();
		past = undefined;
		shown = undefined;
		answerAgain();
	};

	const show = async (request: OneMoment): Promise<void> => {
		const moments = store.moments();
		const target = targetOf(moments, indexOf(moments), request);
		if (typeof target === 'string') {
			post({type: 'notice', notice: target});
			return;
		}

		if (target >= moments.length && hasPresent) {
			backToPresent();
			return;
		}

		const index = Math.min(target, moments.length - 1);
		past ??= createPast({facts, markedNow, onChange: answerAgain});
		try {
			await past.show(moments, index, query());
			shown = moments[index];
			answerAgain();
		} catch (error) {
			if (!(error instanceof FrameError)) {
				throw error;
			}

			post({type: 'notice', notice: `The sample of ${new Date(moments[index].moment.time).toISOString()} cannot be read: ${error.message}`});
		}
	};

	/** Runs functions one after the other. */
	const inTurn = (body: () => Promise<void>): void => {
		work = work.then(body).catch((error: unknown) => {
			post({type: 'failed', message: error instanceof Error ? error.message : String(error)});
		});
	};

	const playing = createPlaying({
		store,
		current: () => indexOf(store.moments()),
		async show(time) {
			inTurn(async () => show({kind: 'at', time}));
			await work;
		},
		end() {
			inTurn(async () => {
				if (hasPresent) {
					backToPresent();
				} else {
					answerAgain();
				}
			});
		},
		...(wait && {wait}),
		...(now && {now}),
	});

	/** Why nothing can be played; undefined where it can. */
	const whyNotPlaying = (): string | undefined => {
		if (shown === undefined) {
			return 'This is the present: {sampleBack} and {openMoment} go back, then {play} plays';
		}

		return indexOf(store.moments()) === store.moments().length - 1 ? 'Nothing was recorded after this moment: {sampleBack} and {openMoment} go back' : undefined;
	};

	const play = (speed: number): void => {
		const reason = speed === 0 ? undefined : whyNotPlaying();
		if (reason !== undefined) {
			post({type: 'notice', notice: reason});
			return;
		}

		playing.play(speed);
		answerAgain();
	};

	return {
		request(request) {
			if (request.kind === 'play') {
				inTurn(async () => {
					play(request.speed);
				});
				return;
			}

			playing.play(0);
			inTurn(async () => show(request));
		},
		isBack: () => shown !== undefined,
		answer(asked) {
			return shown === undefined || past === undefined ? undefined : {...past.answer(asked), moment: {...describe(store.moments(), shown), hasPresent, ...(playing.speed() > 0 && {speed: playing.speed()})}};
		},
		adapt(asked) {
			inTurn(async () => {
				if (shown === undefined || past === undefined) {
					return;
				}

				await past.adapt(store.moments(), asked);
				answerAgain();
			});
		},
		linesOf: asked => shown === undefined ? undefined : past?.linesOf(asked),
		hold: inTurn,
		sampler: () => past?.sampler(),
		close() {
			playing.play(0);
			past?.close();
		},
	};
};

/** Index of the moment that a request means, the number of moments for the present; or why there is none. */
const targetOf = (moments: readonly StoredMoment[], current: number, request: OneMoment): number | string => {
	if (moments.length === 0) {
		return 'There is nothing to look back to yet';
	}

	const first = moments[0].moment.time;
	switch (request.kind) {
		case 'now': {
			return moments.length;
		}

		case 'sample': {
			return current + request.by < 0 ? beginsText(first) : current + request.by;
		}

		case 'time': {
			const from = moments[Math.min(current, moments.length - 1)].moment.time;
			const target = from + request.by;
			if (request.by < 0) {
				return current === 0 ? beginsText(first) : Math.max(0, Math.min(current - 1, lastAt(moments, target)));
			}

			return Math.max(current + 1, lastAt(moments, target));
		}

		case 'at': {
			const index = lastAt(moments, request.time);
			return index === -1 ? beginsText(first) : index;
		}

		case 'next': {
			const {what, direction} = request;
			for (let index = Math.min(current, moments.length) + direction; index >= 0 && index < moments.length; index += direction) {
				const {problems, resets} = moments[index].moment;
				if (what === 'reset' ? resets > 0 : problems > (moments[index - 1]?.moment.problems ?? problems)) {
					return index;
				}
			}

			return `There is no ${what} ${direction === 1 ? 'after' : 'before'} this moment`;
		}
	}
};

const beginsText = (first: number): string => `The recording begins ${new Date(first).toTimeString().slice(0, 8)}`;

/** Index of the last moment at or before a time; -1 if there is none. */
const lastAt = (moments: readonly StoredMoment[], time: number): number => moments.findLastIndex(({moment}) => moment.time <= time);

/** What the screen says of a moment, with the timeline of all. */
const describe = (moments: readonly StoredMoment[], {moment: {time}}: StoredMoment): Omit<ShownMoment, 'hasPresent'> => {
	const begins = moments.at(0)?.moment.time ?? time;
	const ends = moments.at(-1)?.moment.time ?? time;
	const width = Math.max(1, (ends - begins) / timelineLength);
	const opened = Array.from({length: timelineLength}, () => NaN);
	const closed = [...opened];
	const problems = [...opened];
	const bucketOf = (at: number): number => Math.min(timelineLength - 1, Math.floor((at - begins) / width));
	for (const {moment} of moments) {
		const bucket = bucketOf(moment.time);
		opened[bucket] = orZero(opened[bucket]) + moment.opened;
		closed[bucket] = orZero(closed[bucket]) + moment.closed;
		problems[bucket] = Math.max(orZero(problems[bucket]), moment.problems);
	}

	fillBetween(moments, [opened, closed, problems], bucketOf);
	return {
		time, begins, ends, position: bucketOf(time) / timelineLength, opened, closed, problems,
	};
};

/** Fills the empty parts between two consecutive samples: nothing opened or closed there, and problems stayed the same. */
const fillBetween = (moments: readonly StoredMoment[], [opened, closed, problems]: readonly number[][], bucketOf: (at: number) => number): void => {
	const gap = minGap(moments);
	for (const [index, {moment}] of moments.entries()) {
		const before = moments.at(index - 1);
		if (index === 0 || before === undefined || moment.time - before.moment.time > gap) {
			continue;
		}

		for (let bucket = bucketOf(before.moment.time) + 1; bucket < bucketOf(moment.time); bucket++) {
			opened[bucket] = orZero(opened[bucket]);
			closed[bucket] = orZero(closed[bucket]);
			problems[bucket] = Math.max(orZero(problems[bucket]), before.moment.problems);
		}
	}
};

const orZero = (value: number): number => Number.isNaN(value) ? 0 : value;
