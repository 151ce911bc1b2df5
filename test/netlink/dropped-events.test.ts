import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {namespaceUnavailable, startScene} from '../helpers/namespace.js';
import {testUnless} from '../helpers/unless.js';
import type {DroppedResult} from './dropped-events-program.js';

const program = fileURLToPath(import.meta.resolve('./dropped-events-program.ts'));

testUnless(namespaceUnavailable, 'the count of dropped events is exact: with the arrived ones, it is the number of closed sockets', async t => {
	const scene = await startScene('drops');
	t.teardown(scene.stop);
	const {stdout, stderr} = await scene.run(process.execPath, [`--import=${import.meta.resolve('tsx')}`, program]);
	t.is(stderr, '');
	const {rounds} = JSON.parse(stdout) as DroppedResult;
	t.is(rounds.length, 3);
	t.deepEqual(rounds.map(({arrived, dropped}) => arrived + dropped), rounds.map(({closed}) => closed));
	t.true(rounds.every(({arrived, dropped}) => arrived > 0 && dropped > 0));
});
