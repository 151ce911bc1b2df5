import {runAlone} from '../inside/run-inside.js';
import type {PairFigures} from '../inside/pairs.js';
import type {SelectFigures} from '../inside/select.js';
import type {TableFigures} from '../inside/table.js';
import {median} from '../measure/statistics.js';
import type {Group, Row} from '../row.js';

/** The cost of the table. */
export const table: Group = {
	name: 'table',
	async run({table: sockets, many, rounds}, log) {
		log(`filling a table with ${sockets} sockets`);
		const {counted, grown} = await runAlone<TableFigures>('table.ts', [String(sockets)]);
		const selections: Row[] = [];
		for (const size of [many, sockets]) {
			log(`filtering and sorting ${size} sockets`);
			const figures = await runAlone<SelectFigures>('select.ts', [String(size), String(rounds)]);
			selections.push(selectionRow(size, figures), groupRow(size, figures));
		}

		log(`finding the other ends of ${many} sockets`);
		const pairs = await runAlone<PairFigures>('pairs.ts', [String(many), String(rounds), String(windowHeight)]);
		return [{
			what: `memory of the table per socket, ${sockets} sockets`,
			against: 'the default columns',
			budget: 200,
			unit: 'bytes',
			value: Math.max(counted, grown) / sockets,
			detail: `${(counted / 1e6).toFixed(1)} MB in columns and index; the process grew by ${(grown / 1e6).toFixed(1)} MB`,
		}, ...selections, pairRow(many, pairs)];
	},
};

/** Milliseconds of one frame at 30 fps. */
const frame = 1000 / 30;

/** Rows of a window. */
const windowHeight = 50;

const pairRow = (sockets: number, {index, window}: PairFigures): Row => ({
	what: `other ends of ${sockets} sockets: the index, which each sample updates, and one window of ${windowHeight} rows`,
	against: 'one frame at 30 fps per 100,000 sockets',
	budget: 0.3,
	unit: 'ratio',
	value: (median(index) + median(window)) / (frame * sockets / 100_000),
	detail: `index: ${median(index).toFixed(1)} ms; window: ${(median(window) * 1000).toFixed(0)} µs`,
});

const groupRow = (sockets: number, {hosts, hostsInNetworks}: SelectFigures): Row => ({
	what: `new groups of ${sockets} sockets, up to the lines of a window`,
	against: '–',
	budget: 50 * Math.max(1, sockets / 100_000),
	unit: 'ms',
	value: Math.max(median(hosts), median(hostsInNetworks)),
	detail: `65,536 hosts, each a group: ${median(hosts).toFixed(1)} ms; in 256 networks: ${median(hostsInNetworks).toFixed(1)} ms`,
});

const selectionRow = (sockets: number, {port, word, sorted, sortedTwice}: SelectFigures): Row => {
	const value = Math.max(...[port, word, sorted, sortedTwice].map(times => median(times)));
	return {
		what: `a new filter or order over ${sockets} sockets, up to the rows of a window`,
		against: '–',
		budget: 50,
		unit: 'ms',
		value,
		detail: `port 443: ${median(port).toFixed(1)} ms; part of an address: ${median(word).toFixed(1)} ms; by peer: ${median(sorted).toFixed(1)} ms; `
			+ `by state, which is the same for all, then by peer: ${median(sortedTwice).toFixed(1)} ms`,
	};
};
