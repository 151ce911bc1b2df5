/** Answers queries about a moment in the past, from a separate table that is filled from frames, with its own journal, histories and mark. */
import type {View} from '../contract/messages.js';
import type {Query} from '../query/query.js';
import {FrameError} from '../recording/frames/bytes.js';
import type {StoredMoment} from '../recording/frames/frame-store.js';
import type {ReplayFacts} from '../recording/replay/replay-source.js';
import type {Needs} from '../sampling/loop.js';
import {createPlayer, type Player} from '../sampling/player.js';
import type {Sampler} from '../sampling/sampler.js';
import type {Changes} from '../table/changes.js';
import {createAnswering, type Answering} from './answering.js';
import type {Marked} from './marking.js';
import type {AllLines} from './writing.js';

/** Frames before the requested one are played first, to fill the journal, rates and histories: as many as have `socketsBefore` sockets together, at most `maxFramesBefore`. */
const socketsBefore = 60_000;
const maxFramesBefore = 60;

/** Maximum number of frames between a mark and the shown moment. Beyond that, the shown moment becomes the mark. */
const maxFramesSinceMark = 3600;

export type Past = {
	/**
	Shows a moment.

	@param moments All moments, in order.
	@param index Index of the moment to show.
	@throws FrameError if it cannot be read.
	*/
	readonly show: (moments: readonly StoredMoment[], index: number, query: Query) => Promise<void>;
	/** Adapts the table to another query: its columns, and the moment that the shown one is compared with. */
	readonly adapt: (moments: readonly StoredMoment[], query: Query) => Promise<void>;
	readonly answer: (query: Query) => Omit<View, 'sequence' | 'status'>;
	/** All lines of a query's list. */
	readonly linesOf: (query: Query) => AllLines | undefined;
	readonly sampler: () => Sampler | undefined;
	readonly close: () => void;
};

export type PastOptions = {
	readonly facts: ReplayFacts;
	/** The mark of the present. */
	readonly markedNow: () => Marked | undefined;
	/** Called when an answer would differ because names were found. */
	readonly onChange: () => void;
};

export const createPast = ({facts, markedNow, onChange}: PastOptions): Past => {
	let player: Player | undefined;
	let answering: Answering | undefined;
	/** The moment that was requested. */
	let shown: StoredMoment | undefined;
	/** The last frame in the table. It is later than the shown moment where that is compared with a later mark. */
	let played: StoredMoment | undefined;
	/** What the frames were read for. */
	let filled: Needs | undefined;
	let marked: Marked | undefined;
	let isUntilMark = false;

	/** Fills the table from a frame with what a query needs. */
	const fill = async (moment: StoredMoment, needs: Needs): Promise<Changes | undefined> => {
		filled = needs;
		return player?.step(moment.state(), needs);
	};

	const isFilled = ({columns, protocols}: Needs): boolean =>
		filled !== undefined && columns.values().every(column => filled?.columns.has(column)) && protocols.every(name => filled?.protocols.includes(name));

	const step = async (moment: StoredMoment, query: Query, since: number): Promise<void> => {
		if (answering === undefined) {
			return;
		}

		const changes = await fill(moment, answering.needs(query));
		if (changes === undefined) {
			return;
		}

		played = moment;
		answering.count(changes, query);
		// This updates the inspected socket, and sets the mark at the first frame that is not before it.
		answering.answer(moment.moment.time < since ? withoutMark(query) : query, false);
		answering.addSample(changes);
	};

	const restart = async (): Promise<void> => {
		answering?.close();
		player?.sampler.close();
		player = await createPlayer(facts);
		answering = createAnswering(player.sampler, onChange);
		played = undefined;
	};

	/** Index of the first frame to play for a moment. `since` is the index of the frame that it is compared with, or -1. */
	const startFor = (moments: readonly StoredMoment[], index: number, since: number): number => {
		const before = Math.max(1, Math.min(maxFramesBefore, Math.floor(socketsBefore / (moments[index].moment.sockets + 1))));
		const start = Math.max(0, index - before);
		return since !== -1 && since < index && index - since <= maxFramesSinceMark ? Math.min(start, since) : start;
	};

	/** Index of the marked moment: that of the past, or the one at which the mark of the present was set; -1 if there is none. */
	const markedIndex = (moments: readonly StoredMoment[], {mark}: Query): number => {
		if (mark === undefined) {
			return -1;
		}

		const now = markedNow();
		marked = marked?.number === mark.number || now?.number !== mark.number ? marked : now;
		const time = marked?.number === mark.number ? marked.time : undefined;
		// What is older than all moments is compared with the first.
		return time === undefined ? -1 : Math.max(0, moments.findLastIndex(({moment}) => moment.time <= time));
	};

	/** Whether a moment is compared with a later mark: then the list shows what changed from that moment until the mark. */
	const isBeforeMark = (index: number, markedAt: number, {mark}: Query): boolean =>
		mark !== undefined && mark.shown !== 'all' && markedAt > index && markedAt - index <= maxFramesSinceMark;

	const show = async (moments: readonly StoredMoment[], index: number, query: Query): Promise<void> => {
		const markedAt = markedIndex(moments, query);
		const wasUntilMark = isUntilMark;
		isUntilMark = isBeforeMark(index, markedAt, query);
		const last = isUntilMark ? markedAt : index;
		const since = isUntilMark ? index : markedAt;
		const current = indexOf(moments, played);
		const isAhead = !isUntilMark && !wasUntilMark && current !== -1 && last > current && last - current <= maxFramesBefore;
		let next = isAhead ? current + 1 : startFor(moments, last, since);
		if (!isAhead) {
			await restart();
		}

		const sinceTime = since === -1 ? Infinity : moments[since].moment.time;
		for (; next <= last; next++) {
			try {
				await step(moments[next], query, sinceTime); // eslint-disable-line no-await-in-loop -- One frame after the other.
			} catch (error) {
				if (next === last || !(error instanceof FrameError)) {
					throw error;
				}
			}
		}

		shown = moments[index];
	};

	return {
		show,
		async adapt(moments, query) {
			const index = indexOf(moments, shown);
			if (index !== -1 && isBeforeMark(index, markedIndex(moments, query), query) !== isUntilMark) {
				await show(moments, index, query);
			} else if (played !== undefined && answering !== undefined && !isFilled(answering.needs(query))) {
				await fill(played, answering.needs(query));
			}
		},
		answer(query) {
			if (answering === undefined) {
				throw new Error('Nothing is shown');
			}

			if (query.mark !== undefined && query.mark.number !== marked?.number && query.mark.number !== markedNow()?.number && shown !== undefined) {
				marked = {number: query.mark.number, time: shown.moment.time};
			}

			const later = marked !== undefined && marked.number === query.mark?.number && shown !== undefined && marked.time > shown.moment.time ? marked : undefined;
			const answer = answering.answer(later !== undefined && !isUntilMark ? withoutMark(query) : query, false);
			return {...answer, ...(later !== undefined && {markedAt: later.time})};
		},
		linesOf: query => answering?.linesOf(query),
		sampler: () => player?.sampler,
		close() {
			answering?.close();
			player?.sampler.close();
		},
	};
};

/** Index of a moment; -1 if it is not among them. */
const indexOf = (moments: readonly StoredMoment[], searched: StoredMoment | undefined): number =>
	searched === undefined ? -1 : moments.findIndex(({moment}) => moment.run === searched.moment.run && moment.number === searched.moment.number);

const withoutMark = ({mark: _mark, ...query}: Query): Query => query;
