import {readFile} from 'node:fs/promises';
import test from 'ava';
import {pages} from '../scripts/doc-pages.js';

for (const {name, text} of pages) {
	test(`docs/${name} says what the program's tables say (else: npm run docs)`, async t => {
		t.is(await readFile(new URL(`../docs/${name}`, import.meta.url), 'utf8'), text());
	});
}
