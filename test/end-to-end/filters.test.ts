import {spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {openScene, runConntop, testInNamespace} from '../helpers/conntop.js';

/** Listens at an abstract name and at a path, prints "ready", and exits when its standard input closes. */
const unixProgram = String.raw`
const servers = ['\0my-bugs', process.argv[1]].map(name => net.createServer().listen(name));
Promise.all(servers.map(server => new Promise(resolve => server.once('listening', resolve)))).then(() => process.stdout.write('ready'));
process.stdin.resume().on('end', () => process.exit());
`;

testInNamespace('list accepts filters in the forms that people type, in one argument or in several', async t => {
	const scene = await openScene(t, 'server');
	await scene.listen({port: 7001});
	const {localPort = 0} = await scene.connect({port: 7001});
	await scene.listen({port: 9000, host: '::1'});
	const locals = async (...words: readonly string[]): Promise<string> => {
		const {stdout, stderr, exitCode} = await runConntop(scene, 'list', '-H', '--columns', 'local', '--sort', 'local', ...words);
		t.is(exitCode, 0, `${words.join(' ')}: ${stderr}`);
		return stdout.trim().replaceAll(/\s+/gv, ' ');
	};

	const client = `127.0.0.1:${localPort}`;
	const server = '127.0.0.1:7001 127.0.0.1:7001';
	for (const [words, expected] of [
		[['dst', '127.0.0.0/255.0.0.0'], `127.0.0.1:7001 ${client}`],
		[['src 127.0.0.0/255.0.0.0 and state listening'], '127.0.0.1:7001'],
		[[String.raw`sport \< :7002`], server],
		[['sport', String.raw`\<`, ':7002'], server],
		[['(', 'sport = :7001', ')', 'and', String.raw`\!`, 'state listening'], '127.0.0.1:7001'],
		[[String.raw`\( sport = :9000 or sport = :7001 \) and state listening`], '127.0.0.1:7001 [::1]:9000'],
		[['state', 'listening', 'established'], `${server} ${client} [::1]:9000`],
		[['state {listening,established} tcp6'], '[::1]:9000'],
		[['port:9000'], '[::1]:9000'],
		[['net', '127.0.0.0/8', 'portrange', '7000-7003', 'state listening'], '127.0.0.1:7001'],
		[['tcp:7001', 'src port 7001', 'not listening'], '127.0.0.1:7001'],
		[['"127.0.0.1:7001"', 'listening'], '127.0.0.1:7001'],
		[['"[::1]:9000"'], '[::1]:9000'],
		[['localhost:7001', 'listening'], '127.0.0.1:7001'],
		[['portAsked = 0'], client],
		[['portAsked = 1'], '127.0.0.1:7001 [::1]:9000'],
		[['dev', '!=', '0'], ''],
		[['dev = 0 sport 9000'], '[::1]:9000'],
	] as const) {
		t.is(await locals(...words), expected, words.join(' '));
	}
});

testInNamespace('if only UNIX sockets are listed, src takes their names and patterns', async t => {
	const scene = await openScene(t);
	const [command, args] = scene.inside(process.execPath, ['-e', unixProgram, `/tmp/conntop-${process.pid}-my.sock`]);
	const program = spawn(command, args, {stdio: ['pipe', 'pipe', 'inherit']});
	t.teardown(() => {
		program.stdin.end();
	});
	await once(program.stdout, 'data');
	const count = async (...words: readonly string[]): Promise<number> => {
		const {stdout, stderr, exitCode} = await runConntop(scene, 'list', '--json', '--columns', 'local', ...words);
		t.is(exitCode, 0, stderr);
		return stdout.split('\n').filter(line => line !== '').length;
	};

	t.is(await count('-x', 'src', '*bugs*'), 1);
	t.is(await count('-x', 'src', '@my-bugs'), 1);
	t.is(await count('-x', 'src', `*-${process.pid}-my.sock`), 1);
	t.is(await count('-x', 'src', 'nosuch'), 0);
	t.is(await count('-x', '-t', 'src', '*bugs*'), 1);
});

testInNamespace('a filter that nothing can match is rejected, with a mark under the word and a hint', async t => {
	const scene = await openScene(t);
	for (const [words, problem, mark] of [
		[['foo:bar'], 'There is no field “foo”; quote “foo:bar” to search for it.', '^^^^^^^'],
		[['tcp', '70000'], 'Ports go up to 65535.', '    ^^^^^'],
		[['10.0.0.256'], '“10.0.0.256” is not part of any address: IPv4 addresses are four numbers from 0 to 255.', '^^^^^^^^^^'],
		[['src', '*bugs*'], '“*bugs*” is not an address; write one such as 10.0.0.0/8, or “src unix:*bugs*” for the name of a UNIX socket.', '    ^^^^^^'],
		[['dst', '10.0.0.0/255.0.255.0'], '“255.0.255.0” is not a netmask, because its ones are not all at the start; write one such as 255.255.0.0, or the number of its bits, such as 16.', '    ^^^^^^^^^^^^^^^^^^^^'],
	] as const) {
		const {stdout, stderr, exitCode} = await runConntop(scene, 'list', ...words);
		t.deepEqual([exitCode, stdout], [2, '']);
		const lines = stderr.split('\n');
		t.true(lines[0].endsWith(problem), stderr);
		t.deepEqual(lines.slice(1, 3), [`  ${words.join(' ')}`, `  ${mark}`]);
	}
});
