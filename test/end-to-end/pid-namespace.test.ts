/** A program in a PID namespace of its own that shares the network namespace with others, as in `docker run --net=host`. */
import process from 'node:process';
import {builtProgram, openScene, testInNamespace} from '../helpers/conntop.js';

/** Listens on a port, and then runs the program that the arguments name. */
const listenAndRun = `
const net = require('node:net');
const {spawnSync} = require('node:child_process');
const server = net.createServer().listen(7100, '127.0.0.1', () => {
	process.exit(spawnSync(process.execPath, process.argv.slice(1), {stdio: 'inherit'}).status);
});`;

testInNamespace('sockets of processes outside of the PID namespace have no names, and a sentence says why', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 7000});
	await scene.listen({port: 7001});
	const {stdout, stderr, exitCode} = await scene.run('unshare', [
		'-pf', '--mount-proc', process.execPath, '-e', listenAndRun, builtProgram, 'list', '-t', '--json', '--columns', 'localPort,processes',
	]);
	t.is(exitCode, 0);
	const rows = stdout.trim().split('\n').map(line => JSON.parse(line) as {readonly localPort: number; readonly processes?: ReadonlyArray<{readonly name: string}>});
	t.deepEqual(rows.map(({localPort, processes}) => [localPort, processes?.length ?? 0]).toSorted(([a], [b]) => a - b), [[7000, 0], [7001, 0], [7100, 1]]);
	t.is(stderr, 'conntop: owners of 2 sockets are outside this PID namespace (--pid=host shows them)\n');
});

testInNamespace('the same where ss names the owners', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 7000});
	const {stdout, stderr} = await scene.run('unshare', [
		'-pf', '--mount-proc', process.execPath, '-e', listenAndRun, builtProgram, 'list', '-t', '-H', '--source', 'ss', '--columns', 'localPort',
	]);
	t.is(stdout, '7000\n7100\n');
	t.is(stderr, 'conntop: the owner of 1 socket is outside this PID namespace (--pid=host shows it)\n');
}, 'ss');

testInNamespace('where all owners can be seen, nothing is said', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 7000});
	const {stdout, stderr} = await scene.run(process.execPath, [builtProgram, 'list', '-t', '-H', '--columns', 'localPort']);
	t.is(stdout, '7000\n');
	t.is(stderr, '');
});
