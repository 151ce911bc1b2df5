/**
The histories of the sockets that were inspected last. Nothing is recorded while the inspector is closed. While it is open, the socket that it shows is read
completely; for the earlier ones, the values of the samples are recorded, because users often switch between two ends.
*/
import type {FieldContext} from '../../fields/model/field.js';
import {historyNames, type HistoryName, type Inspected} from '../../contract/inspected.js';
import {createSeries, type Series} from './history.js';
import {readNumber, type Subject} from './facts.js';

/** Graphs are at most this wide. */
const historyLength = 400;

/** Limit of sockets with a history, which takes 20 KB each. */
const maxKept = 8;

type History = {
	readonly slot: number;
	readonly series: ReadonlyArray<readonly [name: HistoryName, numbers: Series]>;
	/** Number of the last sample that was recorded. */
	newest: number;
};

export type Histories = {
	/** Keeps the history of a socket from now on, or continues it. */
	readonly keep: (id: number, slot: number) => void;
	/** Records the values of the inspected socket, once per sample. */
	readonly note: (id: number, subject: Subject) => void;
	/** Counts a sample. Call it when one has ended. */
	readonly count: () => void;
	/** Records the values of the sample for the other sockets with a history. */
	readonly noteOthers: (id: number) => void;
	/** One number per sample, NaN if there is none; empty arrays for a socket without history. */
	readonly read: (id: number) => Inspected['history'];
};

export const createHistories = (context: FieldContext): Histories => {
	const {table} = context;
	/** By id of the row; the last one is the one inspected last. */
	const kept = new Map<number, History>();
	let samples = 0;

	const isAlive = (id: number, {slot}: History): boolean => table.core.id[slot] === id && table.isUsed(slot) && !table.isClosed(slot);

	const noteNow = (history: History, subject: Subject): void => {
		// More gaps than this cannot be shown.
		const missed = Math.min(historyLength, samples - history.newest - 1);
		if (missed < 0) {
			return;
		}

		history.newest = samples;
		for (const [name, numbers] of history.series) {
			for (let gap = 0; gap < missed; gap++) {
				numbers.push(NaN);
			}

			numbers.push(readNumber(subject, name) ?? NaN);
		}
	};

	return {
		keep(id, slot) {
			const history = kept.get(id) ?? {slot, series: historyNames.map(name => [name, createSeries(historyLength)] as const), newest: samples - 1};
			kept.delete(id);
			kept.set(id, history);
			const [oldest] = kept.keys();
			if (kept.size > maxKept && oldest !== undefined) {
				kept.delete(oldest);
			}
		},
		note(id, subject) {
			const history = kept.get(id);
			if (history !== undefined && isAlive(id, history)) {
				noteNow(history, subject);
			}
		},
		count() {
			samples++;
		},
		noteOthers(id) {
			for (const [other, history] of kept) {
				if (other !== id && isAlive(other, history)) {
					noteNow(history, {context, slot: history.slot});
				}
			}
		},
		read(id) {
			const series = kept.get(id)?.series;
			return Object.fromEntries(series?.map(([name, numbers]) => [name, numbers.values()]) ?? historyNames.map(name => [name, []])) as unknown as Inspected['history'];
		},
	};
};
