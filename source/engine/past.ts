/** Answers queries about a moment in the past, from a separate table that is filled from frames, with its own journal, histories and mark. */
import type {View} from '../contract/messages.js';
import type {Query} from '../query/query.js';
import {FrameError} from '../recording/frames/bytes.js';
import type {StoredMoment} from '../recording/frames/frame-store.js';
import type {ReplayFacts} from '../recording/replay/replay-source.js';
import {createPlayer, type Player} from '../sampling/player.js';
import type {Sampler} from '../sampling/sampler.js';
import {createAnswering, type Answering} from './answering.js';
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
	/** Fills the columns that another query needs. */
	readonly refill: (query: Query) => Promise<void>;
	readonly answer: (query: Query) => Omit<View, 'sequence' | 'status'>;
	/** All lines of a query's list. */
	readonly linesOf: (query: Query) => AllLines | undefined;
	readonly sampler: () => Sampler | undefined;
	readonly close: () => void;
};

export const createPast = (facts: ReplayFacts, onChange: () => void): Past => {
	let player: Player | undefined;
	let answering: Answering | undefined;
	let shown: StoredMoment | undefined;
	let marked: {readonly number: number; readonly moment: StoredMoment['moment']} | undefined;

	const step = async (moment: StoredMoment, query: Query): Promise<void> => {
		if (player === undefined || answering === undefined) {
			return;
		}

		const changes = await player.step(moment.state(), answering.needs(query));
		shown = moment;
		answering.count(changes, query);
		// This updates the inspected socket, and sets the mark when its moment is played.
		const isMarked = marked !== undefined && marked.number === query.mark?.number && isSameMoment(marked.moment, moment.moment);
		answering.answer(isMarked || isAfterMark(moment) ? query : withoutMark(query), false);
		answering.addSample(changes);
	};

	const isAfterMark = ({moment}: StoredMoment): boolean => marked !== undefined && moment.time > marked.moment.time && player !== undefined;

	const restart = async (): Promise<void> => {
		answering?.close();
		player?.sampler.close();
		player = await createPlayer(facts);
		answering = createAnswering(player.sampler, onChange);
		shown = undefined;
	};

	/** Index of the first frame to play for a moment. */
	const startFor = (moments: readonly StoredMoment[], index: number): number => {
		const before = Math.max(1, Math.min(maxFramesBefore, Math.floor(socketsBefore / (moments[index].moment.sockets + 1))));
		const markedAt = marked === undefined ? -1 : moments.findIndex(({moment}) => marked !== undefined && isSameMoment(moment, marked.moment));
		const start = Math.max(0, index - before);
		return markedAt !== -1 && markedAt < index && index - markedAt <= maxFramesSinceMark ? Math.min(start, markedAt) : start;
	};

	return {
		async show(moments, index, query) {
			const current = shown === undefined ? -1 : moments.findIndex(({moment}) => shown !== undefined && isSameMoment(moment, shown.moment));
			const isAhead = current !== -1 && index > current && index - current <= maxFramesBefore;
			let next = isAhead ? current + 1 : startFor(moments, index);
			if (!isAhead) {
				await restart();
			}

			for (; next <= index; next++) {
				try {
					await step(moments[next], query); // eslint-disable-line no-await-in-loop -- One frame after the other.
				} catch (error) {
					if (next === index || !(error instanceof FrameError)) {
						throw error;
					}
				}
			}
		},
		async refill(query) {
			if (shown !== undefined && player !== undefined && answering !== undefined) {
				await player.step(shown.state(), answering.needs(query));
			}
		},
		answer(query) {
			if (query.mark !== undefined && query.mark.number !== marked?.number && shown !== undefined) {
				marked = {number: query.mark.number, moment: shown.moment};
			}

			if (answering === undefined) {
				throw new Error('Nothing is shown');
			}

			return answering.answer(query, false);
		},
		linesOf: query => answering?.linesOf(query),
		sampler: () => player?.sampler,
		close() {
			answering?.close();
			player?.sampler.close();
		},
	};
};

const isSameMoment = (a: StoredMoment['moment'], b: StoredMoment['moment']): boolean => a.run === b.run && a.number === b.number;

const withoutMark = ({mark: _mark, ...query}: Query): Query => query;
