import {spawn} from 'node:child_process';
import process from 'node:process';
import {openLive, openScene, testInNamespace} from '../helpers/conntop.js';

/** Listens at an abstract name, connects to it, and exits when its standard input closes. */
const unixProgram = String.raw`
const server = net.createServer().listen('\0conntop test', () => net.connect('\0conntop test'));
process.title = 'db';
process.stdin.resume().on('end', () => process.exit());
`;

testInNamespace('a key shows UNIX sockets, a filter or the menu shows other families', async t => {
	const scene = await openScene(t, 'my-server');
	await scene.listen({port: 8080});
	const [command, args] = scene.inside(process.execPath, ['-e', unixProgram]);
	const program = spawn(command, args, {stdio: ['pipe', 'ignore', 'inherit']});
	t.teardown(() => {
		program.stdin.end();
	});

	const live = await openLive(t, scene, {columns: 140});
	live.type('U');
	await live.waitFor(screen => / u_str +ESTAB .* \* \d+ +@conntop test \d+ .*db\/\d+ ⇄ db\/\d+/v.test(screen.text()), 'both sockets of the connection, with their name');
	t.regex(live.emulator.text(), / TCP UDP UNIX/v);
	live.type('U');
	await live.waitFor(screen => !screen.text().includes('@conntop test'), 'UNIX sockets to be hidden');

	live.type('\\netlink\r');
	await live.waitFor(screen => / nl +UNCONN /v.test(screen.text()), 'netlink sockets by filter');
	t.false(live.emulator.text().includes('127.0.0.1:8080'));
	live.type('\u{1B}');
	await live.waitFor(screen => screen.text().includes('127.0.0.1:8080') && !/ nl +UNCONN /v.test(screen.text()), 'TCP and UDP again');

	live.type('f');
	await live.waitFor(screen => screen.text().includes('[ ] packet'), 'the menu');
	live.type('q');
	await live.waitFor(screen => !screen.text().includes('[ ] packet'), 'the menu to close');
});
