/**
Measures the figures that have budgets. `npm run bench` measures all groups except `million`, `soak` and `churn`, and writes docs/benchmarks.md. `npm run bench -- sample owners`
measures only these groups; of such figures, only those of these three are written to the page. `--quick` tests all of this with small loads and few rounds,
and writes nothing.
*/
import fs from 'node:fs';
import process from 'node:process';
import {namespaceUnavailable} from '../test/helpers/namespace.js';
import {churn} from './groups/churn.js';
import {socketDestroyEvents} from './groups/destroy-events.js';
import {filters} from './groups/filters.js';
import {keys} from './groups/keys.js';
import {live} from './groups/live.js';
import {million} from './groups/million.js';
import {namespaces} from './groups/namespaces.js';
import {owners} from './groups/owners.js';
import {recordingGroup} from './groups/recording.js';
import {serve} from './groups/serve.js';
import {soak} from './groups/soak.js';
import {sample} from './groups/sample.js';
import {start} from './groups/start.js';
import {table} from './groups/table.js';
import {compareTools} from './groups/tools.js';
import {
	isKept,
	machine,
	markdownTable,
	page,
	toolTable,
	withRequested,
} from './report.js';
import {
	fullSize,
	quickSize,
	type Group,
	type Row,
} from './row.js';

const groups: readonly Group[] = [sample, filters, namespaces, socketDestroyEvents, owners, live, keys, start, recordingGroup, serve, table, million, soak, churn];

/** The name of the comparison with other programs, which has no budgets. */
const comparison = 'tools';

const log = (line: string): void => {
	process.stderr.write(`${line}\n`);
};

const names = new Set(process.argv.slice(2));
const isQuick = names.delete('--quick');
const unknown = [...names].find(name => name !== comparison && groups.every(group => group.name !== name));
if (namespaceUnavailable !== undefined || unknown !== undefined) {
	log(namespaceUnavailable ?? `there is no group ${unknown}; there are ${[...groups.map(({name}) => name), comparison].join(', ')}`);
	process.exitCode = unknown === undefined ? 1 : 2;
} else {
	const document = new URL('../docs/benchmarks.md', import.meta.url);
	const rows: Row[] = [];
	for (const group of groups) {
		if (names.size === 0 ? group.isOnRequest === true : !names.has(group.name)) {
			continue;
		}

		const measured = await group.run(isQuick ? quickSize : fullSize, step => {
			log(`${group.name}: ${step}`);
		});
		rows.push(...measured);
		if (!isQuick && group.isOnRequest) {
			fs.writeFileSync(document, withRequested(fs.readFileSync(document, 'utf8'), group.name, measured, new Date()));
		}
	}

	const tools = names.size === 0 || names.has(comparison)
		? await compareTools(isQuick ? quickSize : fullSize, step => {
			log(`${comparison}: ${step}`);
		})
		: [];
	process.stdout.write([machine().join('\n'), ...tools.length > 0 ? [toolTable(tools)] : [], ...rows.length > 0 ? [markdownTable(rows)] : [], ''].join('\n\n'));
	if (!isQuick && names.size === 0) {
		fs.writeFileSync(document, page(rows, tools, new Date(), fs.readFileSync(document, 'utf8')));
	}

	process.exitCode = isQuick || rows.every(row => isKept(row)) ? 0 : 1;
}
