import fs from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {keepFilter, readFilterHistory} from '../../source/preferences/filter-history.js';
import {addFilter} from '../../source/preferences/filter-list.js';
import {makeFolder} from '../helpers/folder.js';

test('filters are kept once each, the newest last, for this user alone', async t => {
	const file = path.join(makeFolder(t), 'conntop', 'filters');
	t.deepEqual(readFilterHistory({path: file}), []);
	await Promise.all(['port 22', 'nginx', 'port 22'].map(async filter => keepFilter({path: file}, filter)));
	t.deepEqual([...readFilterHistory({path: file})].toSorted(), ['nginx', 'port 22']);
	await keepFilter({path: file}, ' nginx ');
	t.deepEqual(readFilterHistory({path: file}), ['port 22', 'nginx']);
	t.is(fs.statSync(file).mode & 0o777, 0o600);
	t.deepEqual(fs.readdirSync(path.dirname(file)), ['filters']);
});

test('the history is limited; blank and overlong filters and those with control characters are omitted', t => {
	let filters: readonly string[] = [];
	for (let port = 1; port <= 300; port++) {
		filters = addFilter(filters, `port ${port}`);
	}

	t.is(filters.length, 200);
	t.is(filters.at(-1), 'port 300');
	for (const text of ['  ', 'x'.repeat(1001), 'a\u{1B}b', 'a\nb']) {
		t.is(addFilter(filters, text), filters);
	}
});

test('an invalid history file yields no filters, and nothing is saved without permission', async t => {
	const folder = makeFolder(t);
	t.deepEqual(readFilterHistory({path: folder}), []);
	await t.throwsAsync(keepFilter({path: path.join(folder, 'missing', 'filters'), base: path.join(folder, 'none')}, 'nginx'), {message: /there is no folder/v});
});
