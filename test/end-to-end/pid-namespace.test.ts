/** The program runs in its own PID namespace and shares the network namespace with others, as in `docker run --net=host`. */
import process from 'node:process';
import {builtProgram, openScene, testInNamespace} from '../helpers/conntop.js';

/** Listens on a port, then runs the program in its arguments. */
const listenAndRun = `
const net = require('node:net');
const {spawnSync} = require('node:child_process');
const server = net.createServer().listen(7100, '127.0.0.1', () => {
	process.exit(spawnSync(process.execPath, process.argv.slice(1), {stdio: 'inherit'}).status);
});`;

testInNamespace('sockets of processes outside the PID namespace have no owners, and a sentence explains why', async t => {
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

testInNamespace('the same with owners from ss', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 7000});
	const {stdout, stderr} = await scene.run('unshare', [
		'-pf', '--mount-proc', process.execPath, '-e', listenAndRun, builtProgram, 'list', '-t', '-H', '--source', 'ss', '--columns', 'localPort',
	]);
	t.is(stdout, '7000\n7100\n');
	t.is(stderr, 'conntop: the owner of 1 socket is outside this PID namespace (--pid=host shows it)\n');
}, 'ss');

testInNamespace('nothing is reported if all owners are found', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 7000});
	const {stdout, stderr} = await scene.run(process.execPath, [builtProgram, 'list', '-t', '-H', '--columns', 'localPort']);
	t.is(stdout, '7000\n');
	t.is(stderr, '');
});
