import {existsSync, globSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import packageJson from '../package.json' with {type: 'json'};
import {pages} from '../scripts/doc-pages.js';
import {plainLookups} from '../source/names/lookups.js';
import {parseFilter} from '../source/query/language/parse.js';

const root = fileURLToPath(new URL('..', import.meta.url));

const readDocument = async (name: string): Promise<string> => readFile(path.join(root, 'docs', name), 'utf8');

for (const {name, text} of pages) {
	test(`docs/${name} is up to date (else: npm run docs)`, async t => {
		t.is(await readDocument(name), text());
	});
}

test('the filters in docs/filters.md and docs/journal.md parse', async t => {
	const document = await readDocument('filters.md') + await readDocument('journal.md');
	const boxes = document.matchAll(/^```filter\n(?<lines>.*?)^```/gmsv);
	const filters = [...boxes].flatMap(({groups}) => groups?.lines.trimEnd().split('\n') ?? []).map(line => line.split(/ {3,}/v, 1)[0]);
	t.true(filters.length > 30);
	const lookups = {...plainLookups, hosts: () => ['192.0.2.1']};
	t.deepEqual(filters.filter(filter => 'problem' in parseFilter(filter, lookups)), []);
});

for (const page of globSync(['*.md', 'docs/**/*.md'], {cwd: root})) {
	test(`${page} names files and scripts that exist`, async t => {
		const text = await readFile(path.join(root, page), 'utf8');
		const links = Array.from(text.matchAll(/\]\((?<to>[^#\):]+)(?:#[^\)]*)?\)/gv), ({groups}) => path.join(path.dirname(page), groups?.to ?? ''));
		const files = Array.from(text.matchAll(/`(?<file>(?:source|test|scripts|bench|media|docs)\/[\w\-.\/]*)`/gv), ({groups}) => groups?.file ?? '');
		t.deepEqual([...links, ...files].filter(file => !existsSync(path.join(root, file))), []);
		const scripts = Array.from(text.matchAll(/npm run (?:--silent )?(?<script>[\w\-]+)/gv), ({groups}) => groups?.script ?? '');
		t.deepEqual(scripts.filter(script => !Object.hasOwn(packageJson.scripts, script)), []);
	});
}
