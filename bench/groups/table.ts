import {runAlone} from '../inside/run-inside.js';
import type {TableFigures} from '../inside/table.js';
import type {Group} from '../row.js';

/** What the table takes. */
export const table: Group = {
	name: 'table',
	async run({table: sockets}, tell) {
		tell(`filling a table with ${sockets} sockets`);
		const {counted, grown} = await runAlone<TableFigures>('table.ts', [String(sockets)]);
		return [{
			what: `memory of the table per socket, ${sockets} sockets`,
			against: 'the default columns',
			budget: 200,
			unit: 'bytes',
			value: Math.max(counted, grown) / sockets,
			detail: `${(counted / 1e6).toFixed(1)} MB in columns and index; the process grew by ${(grown / 1e6).toFixed(1)} MB`,
		}];
	},
};
