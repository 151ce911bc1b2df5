import {readFile} from 'node:fs/promises';
import test from 'ava';
import {pages} from '../scripts/doc-pages.js';
import {plainLookups} from '../source/names/lookups.js';
import {parseFilter} from '../source/query/language/parse.js';

const readDocument = async (name: string): Promise<string> => readFile(new URL(`../docs/${name}`, import.meta.url), 'utf8');

for (const {name, text} of pages) {
	test(`docs/${name} says what the program's tables say (else: npm run docs)`, async t => {
		t.is(await readDocument(name), text());
	});
}

test('the filters that docs/filters.md and docs/journal.md show parse', async t => {
	const document = await readDocument('filters.md') + await readDocument('journal.md');
	const boxes = document.matchAll(/^```filter\n(?<lines>.*?)^```/gmsv);
	const filters = [...boxes].flatMap(({groups}) => groups?.lines.trimEnd().split('\n') ?? []).map(line => line.split(/ {3,}/v, 1)[0]);
	t.true(filters.length > 30);
	const lookups = {...plainLookups, hosts: () => ['192.0.2.1']};
	t.deepEqual(filters.filter(filter => 'problem' in parseFilter(filter, lookups)), []);
});
