import {fileURLToPath} from 'node:url';
import test from 'ava';
import {execaNode} from 'execa';

test('a thread that is stopped while it watches a descriptor does not take the process with it', async t => {
	const program = fileURLToPath(new URL('../helpers/stop-watching-workers.ts', import.meta.url));
	const {signal, exitCode} = await execaNode(program, {nodeOptions: ['--import=tsx'], reject: false});
	t.deepEqual({signal, exitCode}, {signal: undefined, exitCode: 0});
});
