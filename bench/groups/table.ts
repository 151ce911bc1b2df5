import {runAlone} from '../inside/run-inside.js';
import type {SelectFigures} from '../inside/select.js';
import type {TableFigures} from '../inside/table.js';
import {median} from '../measure/statistics.js';
import type {Group, Row} from '../row.js';

/** What the table takes. */
export const table: Group = {
	name: 'table',
	async run({table: sockets, many, rounds}, tell) {
		tell(`filling a table with ${sockets} sockets`);
		const {counted, grown} = await runAlone<TableFigures>('table.ts', [String(sockets)]);
		const selections: Row[] = [];
		for (const size of [many, sockets]) {
			tell(`filtering and sorting ${size} sockets`);
			// eslint-disable-next-line no-await-in-loop -- one at a time: they would disturb each other.
			const figures = await runAlone<SelectFigures>('select.ts', [String(size), String(rounds)]);
			selections.push(selectionRow(size, figures));
		}

		return [{
			what: `memory of the table per socket, ${sockets} sockets`,
			against: 'the default columns',
			budget: 200,
			unit: 'bytes',
			value: Math.max(counted, grown) / sockets,
			detail: `${(counted / 1e6).toFixed(1)} MB in columns and index; the process grew by ${(grown / 1e6).toFixed(1)} MB`,
		}, ...selections];
	},
};

/** One frame at 30 fps. */
const frame = 1000 / 30;

const selectionRow = (sockets: number, {port, word, sorted, sortedTwice}: SelectFigures): Row => {
	const value = Math.max(...[port, word, sorted, sortedTwice].map(times => median(times)));
	return {
		what: `a new filter or order over ${sockets} sockets, to the rows of a window`,
		against: 'one frame at 30 fps for each 100,000 sockets',
		budget: 1.5,
		unit: 'ratio',
		value: value / (frame * sockets / 100_000),
		detail: `port 443: ${median(port).toFixed(1)} ms; part of an address: ${median(word).toFixed(1)} ms; by peer: ${median(sorted).toFixed(1)} ms; `
			+ `by state, which is the same for all, then by peer: ${median(sortedTwice).toFixed(1)} ms`,
	};
};
