import fs from 'node:fs';
import test from 'ava';
import {execa} from 'execa';
import {fields} from '../../../source/fields/registry.js';
import {breakLines, escapeRoff, inlineRoff} from '../../../scripts/man/roff.js';
import {missingProgram, testUnless} from '../../helpers/unless.js';

/** It is made with each build. */
const page = new URL('../../../dist/conntop.1', import.meta.url);

const missing = missingProgram('mandoc');

testUnless(missing, 'mandoc finds nothing wrong with the man page', async t => {
	const {stdout, stderr} = await execa('mandoc', ['-T', 'lint', page.pathname], {reject: false});
	t.is(stdout + stderr, '');
});

test('the man page has every field, and the sections that people look for', t => {
	const text = fs.readFileSync(page, 'utf8');
	t.deepEqual(fields.filter(({id}) => !text.includes(String.raw`\fB${id}\fP`)).map(({id}) => id), []);
	for (const section of ['NAME', 'SYNOPSIS', 'OPTIONS', 'FILTERS', 'FIELDS', 'KEYS', 'EXIT STATUS', 'FILES', 'ENVIRONMENT', 'EXAMPLES']) {
		t.true(text.includes(`\n.SH ${section}\n`), `"${section}"`);
	}
});

test('text is not interpreted as roff requests', t => {
	t.is(escapeRoff(String.raw`a-b\c…`), String.raw`a\-b\ec...`);
	t.is(inlineRoff('.TH `x-y`'), String.raw`\&.TH \fBx\-y\fP`);
	t.is(breakLines('one two .TH\n.nf\nkept as it is\n.fi', 7), 'one two\n\\&.TH\n.nf\nkept as it is\n.fi');
});
