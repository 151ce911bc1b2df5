import process from 'node:process';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {namespaceUnavailable, startScene} from '../helpers/namespace.js';
import type {TotalsResult} from './totals-program.js';

const testInNamespace = namespaceUnavailable === undefined ? test : test.skip;
const because = namespaceUnavailable === undefined ? '' : ` (skipped: ${namespaceUnavailable})`;

const program = fileURLToPath(import.meta.resolve('./totals-program.ts'));

testInNamespace(`bytes are counted exactly from the first sample on, including the last ones of a connection${because}`, async t => {
	const scene = await startScene('totals');
	t.teardown(scene.stop);
	const {stdout, stderr} = await scene.run(process.execPath, [`--import=${import.meta.resolve('tsx')}`, program]);
	t.is(stderr, '');
	const {before, since} = JSON.parse(stdout) as TotalsResult;
	for (const {opened, closed, sent, counted} of [before, since]) {
		t.like(counted, {
			opened, closed, bytesSent: sent, bytesReceived: sent, bytesRetransmitted: 0,
		});
	}

	t.is(before.closed, 100);
	t.is(since.opened, 620);
});
