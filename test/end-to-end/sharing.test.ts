import {spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {
	openLive,
	openScene,
	runConntop,
	testInNamespace,
} from '../helpers/conntop.js';

/** Opens a listener and a connection that two child processes also hold; exits when its standard input closes. */
const forkingProgram = `
process.title = 'master';
const server = net.createServer(connection => {
	for (let worker = 0; worker < 2; worker++) {
		const child = child_process.spawn('sleep', ['100000'], {stdio: ['ignore', 'ignore', 'ignore', server._handle.fd, connection._handle.fd]});
		process.on('exit', () => child.kill('SIGKILL'));
		child.on('spawn', () => console.log(child.pid));
	}
}).listen(8080, '127.0.0.1', () => net.connect({port: 8080, localPort: 50000}));
process.stdin.resume().on('end', () => process.exit());
`;

type Socket = {
	readonly state: string;
	readonly command?: string;
	readonly processUser?: string;
	readonly processes: ReadonlyArray<{readonly pid: number; readonly name: string}>;
};

testInNamespace('list and the live view name all processes that share a listener and its connection', async t => {
	const scene = await openScene(t);
	const [command, args] = scene.inside(process.execPath, ['-e', forkingProgram]);
	const program = spawn(command, args, {stdio: ['pipe', 'pipe', 'inherit']});
	t.teardown(() => {
		program.stdin.end();
	});
	let output = '';
	while (output.trim().split('\n').length < 2) {
		const data: readonly unknown[] = await once(program.stdout, 'data');
		output += String(data[0]);
	}

	const workers = output.trim().split('\n').map(Number);
	const {stdout} = await runConntop(scene, 'list', '--json', '--columns', 'state,localPort,processes,command,processUser', 'sport', '8080');
	const sockets = stdout.trim().split('\n').map(line => JSON.parse(line) as Socket);
	t.deepEqual(sockets.map(({state}) => state).toSorted(), ['ESTAB', 'LISTEN']);
	for (const {processes, command: line, processUser} of sockets) {
		t.deepEqual(new Set(processes.map(({pid}) => pid)), new Set([program.pid, ...workers]));
		t.deepEqual(processes.map(({name}) => name).toSorted(), ['master', 'sleep', 'sleep']);
		t.is(line, 'master');
		t.truthy(processUser);
	}

	const live = await openLive(t, scene, {columns: 180});
	await live.waitFor(screen => screen.text().match(new RegExp(String.raw`master/${program.pid} \+2`, 'gv'))?.length === 3, 'all holders of the listener and of both sockets of the connection');
	t.pass();
});
