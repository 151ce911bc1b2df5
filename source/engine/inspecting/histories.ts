/**
How the sockets that were inspected last have fared. Nothing is noted while the inspector is closed. While it is open, the socket that it shows is read in full,
and of those before it, what the samples have brought anyway is noted: a person goes to and fro between two ends.
*/
import type {World} from '../../fields/model/field.js';
import {historyNames, type HistoryName, type Inspected} from '../../contract/inspected.js';
import {createSeries, type Series} from './history.js';
import {readNumber, type Subject} from './facts.js';

/** No graph is wider than this. */
const historyLength = 400;

/** Sockets that are remembered: 20 KB each. */
const mostKept = 8;

type History = {
	readonly slot: number;
	readonly series: ReadonlyArray<readonly [name: HistoryName, numbers: Series]>;
	/** Number of the sample that was noted last. */
	newest: number;
};

export type Histories = {
	/** Keeps the history of a socket from now on, or goes on with it. */
	readonly hold: (id: number, slot: number) => void;
	/** Notes how the socket that is inspected fares: once for each sample. */
	readonly note: (id: number, subject: Subject) => void;
	/** A sample has ended. */
	readonly count: () => void;
	/** Notes of the others that are kept what the sample has brought. */
	readonly noteOthers: (id: number) => void;
	/** One number for each sample, NaN where there is none; nothing of a socket that is not kept. */
	readonly read: (id: number) => Inspected['history'];
};

export const createHistories = (world: World): Histories => {
	const {table} = world;
	/** By number of the row, the one that was inspected last at the end. */
	const kept = new Map<number, History>();
	let samples = 0;

	const isAlive = (id: number, {slot}: History): boolean => table.core.id[slot] === id && table.isUsed(slot) && !table.isClosed(slot);

	const noteNow = (history: History, subject: Subject): void => {
		// More than a graph can show are as good as these.
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
		hold(id, slot) {
			const history = kept.get(id) ?? {slot, series: historyNames.map(name => [name, createSeries(historyLength)] as const), newest: samples - 1};
			kept.delete(id);
			kept.set(id, history);
			const [oldest] = kept.keys();
			if (kept.size > mostKept && oldest !== undefined) {
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
					noteNow(history, {world, slot: history.slot});
				}
			}
		},
		read(id) {
			const series = kept.get(id)?.series;
			return Object.fromEntries(series?.map(([name, numbers]) => [name, numbers.values()]) ?? historyNames.map(name => [name, []])) as unknown as Inspected['history'];
		},
	};
};
