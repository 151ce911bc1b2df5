/** Names chosen by other programs: their control sequences must not reach the terminal, and JSON must stay valid. */
import {Buffer} from 'node:buffer';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import type {ExecutionContext} from 'ava';
import {backgroundQuestion} from '../../source/screen/terminal/background.js';
import {
	openScene,
	runConntop,
	shellCommand,
	testInNamespace,
} from '../helpers/conntop.js';
import {namespaceUnavailable, type Scene} from '../helpers/namespace.js';
import {startInShell} from '../helpers/pty.js';
import {testUnless} from '../helpers/unless.js';

/** A process name of 15 bytes that would clear the screen and reverse the direction of the text. */
const comm = '\u{1B}[2J)"\u{202E}\n,x';

/** A file name that would also set the window title and start a new row, with bytes that are not UTF-8. */
const pathName = Buffer.concat([Buffer.from('\u{1B}]0;owned\u{7}\u{1B}[31m\ntcp ESTAB 0 0 \u{202E}\u{9B}2J'), Buffer.of(0xFF, 0xFE, 0x80)]);
/** Abstract names start with a NUL byte and may contain others; this one has the maximum length. */
const abstractName = Buffer.concat([Buffer.from('\0a\0\u{1B}[2J\u{2028}b\0'), Buffer.alloc(92, 'z')]);

/** What no output may contain. The program's own escape sequences are different ones. */
const dangers = ['\u{1B}]0;owned', '\u{1B}[2J)', '\u{1B}[2J\u{2028}', '\u{1B}[31m\n', '\u{202E}', '\u{2028}', '\u{7}', '\u{9B}', '\0'];

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const program = fileURLToPath(import.meta.resolve('./hostile-program.ts'));

/** Starts a process that holds UNIX sockets until the test ends. */
const startHolder = async (t: ExecutionContext, scene: Scene, directory: string, ...inside: Parameters<Scene['inside']>): Promise<void> => {
	const [command, args] = scene.inside(...inside);
	const child = spawn(command, args, {stdio: ['pipe', 'pipe', 'inherit']});
	t.teardown(async () => {
		const exited = once(child, 'exit');
		child.stdin.end();
		await exited;
		fs.rmSync(directory, {recursive: true});
	});
	await once(child.stdout, 'data');
};

const tsx = `--import=${import.meta.resolve('tsx')}`;

/** Starts a process with a hostile name that holds UNIX sockets with hostile names. */
const makeHostile = async (t: ExecutionContext, scene: Scene): Promise<void> => {
	const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'hostile-'));
	// The path of a socket is limited to 108 bytes, so the program runs in the temporary directory and uses a relative path.
	const file = Buffer.concat([Buffer.from('hostile'), pathName, Buffer.of(0)]);
	await startHolder(t, scene, directory, '/bin/sh', [
		'-c', 'cd "$1" && shift && exec "$@"', 'sh', directory, process.execPath, tsx, program, hex(Buffer.from(comm)), hex(file), hex(abstractName),
	]);
};

/** Starts a process with a hostile command line of more than 4 KB that holds a UNIX socket. It is started through a link with a hostile name, which becomes the first argument. */
const makeHostileCommand = async (t: ExecutionContext, scene: Scene): Promise<void> => {
	const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'hostile-'));
	fs.symlinkSync(process.execPath, Buffer.concat([Buffer.from(`${directory}/`), pathName]));
	await startHolder(t, scene, directory, '/bin/sh', [
		'-c', 'cd "$1" && shift && exec ./* "$@"', 'sh', directory, tsx, program, '', hex(Buffer.from('\0holder')), '--', '\u{1B}[2J'.repeat(1500),
	]);
};

const assertHarmless = (t: ExecutionContext, text: string): void => {
	for (const danger of dangers) {
		t.false(text.includes(danger), JSON.stringify(danger));
	}
};

const columns = ['--columns', 'protocol,local,process,processes,command'];

testInNamespace('hostile names of processes and UNIX sockets are escaped in text and in JSON', async t => {
	const scene = await openScene(t);
	await makeHostile(t, scene);
	const {stdout: text, stderr} = await runConntop(scene, 'list', '-x', '-H', ...columns, 'local ~ hostile or local ~ zzzz');
	t.is(stderr, '');
	assertHarmless(t, text);
	t.regex(text, /\\x1b\]0;owned\\x07\\x1b\[31m\\ntcp ESTAB 0 0 \\u202e\\x9b2J\u{FFFD}{3} /v);
	t.regex(text, /@a\\x00\\x1b\[2J\\u2028b\\x00z{92} /v);
	t.is(text.split('\n').filter(line => line !== '').length, 2, 'a row is a line');
	t.true(text.split('\n').filter(line => line !== '').every(line => line.includes(String.raw`\x1b[2J)"\u202e\n,x`)));

	const {stdout: json} = await runConntop(scene, 'list', '-x', '--json', ...columns, 'local ~ hostile or local ~ zzzz');
	const sockets = json.trim().split('\n').map(line => JSON.parse(line) as {readonly local: string; readonly processes: ReadonlyArray<{readonly name: string}>});
	t.is(sockets.length, 2);
	// JSON has the names unchanged except for invalid UTF-8; its lines contain no raw control characters.
	t.true([...json.replaceAll('\n', '')].every(character => character >= ' '));
	t.true(sockets.some(({local}) => local.includes('\u{1B}]0;owned\u{7}\u{1B}[31m\ntcp ESTAB 0 0 \u{202E}\u{9B}2J\u{FFFD}\u{FFFD}\u{FFFD}')));
	t.true(sockets.some(({local}) => local.startsWith('@a\0\u{1B}[2J\u{2028}b\0zzz')));
	t.true(sockets.every(({processes}) => processes[0].name === comm));

	const {stdout: csv} = await runConntop(scene, 'list', '-x', '--csv', ...columns, 'local ~ zzzz');
	t.true(csv.includes('z'.repeat(92)));
});

testInNamespace('in a terminal, CSV and JSON are escaped, too, and JSON has the same values', async t => {
	const scene = await openScene(t);
	await makeHostile(t, scene);
	const filter = 'local ~ hostile or local ~ zzzz';
	const run = async (form: string): Promise<string> => {
		const pty = startInShell({command: '/bin/sh', args: ['-c', shellCommand(scene, 'list', '-x', form, ...columns, filter)], columns: 200});
		t.teardown(pty.end);
		t.is((await pty.exit).exitCode, 0);
		return pty.output().replaceAll('\r\n', '\n');
	};

	const csv = await run('--csv');
	assertHarmless(t, csv);
	t.is(csv.trimEnd().split('\n').length, 3, 'a row is a line');
	t.true(csv.includes(String.raw`\x1b]0;owned\x07`));
	const json = await run('--json');
	assertHarmless(t, json);
	const {stdout: piped} = await runConntop(scene, 'list', '-x', '--json', ...columns, filter);
	const parse = (text: string): ReadonlySet<string> => new Set(text.trimEnd().split('\n').map(line => JSON.stringify(JSON.parse(line))));
	t.deepEqual(parse(json), parse(piped));
});

testInNamespace('hostile names are escaped in the live view', async t => {
	const scene = await openScene(t);
	await makeHostile(t, scene);
	const live = startInShell({
		command: '/bin/sh', args: ['-c', shellCommand(scene, '--interval', '0.1', '-x', ...columns, 'local ~ hostile or local ~ zzzz')], columns: 200, rows: 20,
	});
	t.teardown(live.end);
	await live.waitFor(screen => screen.lines().filter(line => line.includes('u_dgr') && /owned|zzzz/v.test(line) && line.includes('2J)"')).length === 2, 'both sockets and their process');
	assertHarmless(t, live.output().replace(backgroundQuestion, ''));
	const lines = live.emulator.lines();
	t.is(lines.filter(line => line.includes('u_dgr')).length, 2, 'a row is a line');
	t.true(lines.every(line => line.length <= 200));
	t.false(lines.some(line => /^\s*tcp /v.test(line)));
});

testInNamespace('hostile command lines are escaped in text, in JSON and in the live view', async t => {
	const scene = await openScene(t);
	await makeHostileCommand(t, scene);
	const options = ['-x', '--columns', 'protocol,command,local', 'command ~ owned and local ~ holder'] as const;
	const {stdout: text, stderr} = await runConntop(scene, 'list', '-H', ...options);
	t.is(stderr, '');
	assertHarmless(t, text);
	t.false(text.trimEnd().includes('\n'), 'a row is a line');
	t.regex(text, /\.\/\\x1b\]0;owned\\x07\\x1b\[31m\\ntcp ESTAB 0 0 \\u202e\\x9b2J\u{FFFD}{3} /v);
	t.regex(text, /\\x1b\[2J\\x1b\[2J.* @holder/v);

	const {stdout: json} = await runConntop(scene, 'list', '--json', ...options);
	t.true([...json.trimEnd()].every(character => character >= ' '));
	const {command} = JSON.parse(json) as {readonly command: string};
	t.true(command.startsWith('./\u{1B}]0;owned\u{7}\u{1B}[31m\ntcp ESTAB 0 0 \u{202E}\u{9B}2J\u{FFFD}\u{FFFD}\u{FFFD} --import='));
	t.true(command.includes(' -- \u{1B}[2J\u{1B}[2J\u{1B}[2J'));
	t.true(Buffer.byteLength(command) > 4000 && command.length <= 4096, 'about 4 KB of the command line');

	const live = startInShell({
		command: '/bin/sh', args: ['-c', shellCommand(scene, '--interval', '0.1', ...options)], columns: 200, rows: 20,
	});
	t.teardown(live.end);
	// The filter is on the screen before the row that matches it.
	await live.waitFor(screen => screen.lines().some(line => line.includes('u_dgr') && line.includes('owned')), 'the process');
	assertHarmless(t, live.output().replace(backgroundQuestion, ''));
	const lines = live.emulator.lines();
	t.is(lines.filter(line => line.includes('u_dgr')).length, 1, 'a row is a line');
	t.true(lines.every(line => line.length <= 200));
});

/** Where cgroup version 2 is mounted: beside version 1 or alone. */
const cgroupRoot = ['/sys/fs/cgroup/unified', '/sys/fs/cgroup'].find(root => fs.existsSync(path.join(root, 'cgroup.procs'))) ?? '/sys/fs/cgroup';

const cgroupUnavailable = namespaceUnavailable ?? (() => {
	try {
		fs.accessSync(path.join(cgroupRoot, 'cgroup.procs'), fs.constants.W_OK);
		return undefined;
	} catch {
		return 'no cgroup can be made here';
	}
})();

testUnless(cgroupUnavailable, 'hostile names of cgroups are escaped in text and in JSON', async t => {
	const scene = await openScene(t);
	// Several components make one path of about 4 KB.
	const top = path.join(cgroupRoot, `conntop-test-${process.pid}\u{1B}[2J\u{202E}`);
	const parts = [top];
	for (let {length} = top; length < 3800; length += 201) {
		parts.push(path.join(parts.at(-1) ?? top, 'x'.repeat(200)));
	}

	const remove = (): void => {
		for (const part of parts.toReversed()) {
			fs.rmdirSync(part);
		}
	};

	fs.mkdirSync(parts.at(-1) ?? top, {recursive: true});
	fs.writeFileSync(path.join(parts.at(-1) ?? top, 'cgroup.procs'), String(scene.pid));
	try {
		await scene.listen({port: 7400});
		const {stdout: text} = await runConntop(scene, 'list', '-t', '-H', '--columns', 'localPort,cgroup', 'sport 7400');
		t.false(text.includes('\u{1B}[2J') || text.includes('\u{202E}'));
		t.true(text.includes(String.raw`\x1b[2J\u202e/xxx`));
		t.is(text.trim().split('\n').length, 1);
		const {stdout: json} = await runConntop(scene, 'list', '-t', '--json', '--columns', 'localPort,cgroup', 'sport 7400');
		t.is((JSON.parse(json) as {cgroup: string}).cgroup, (parts.at(-1) ?? top).slice(cgroupRoot.length));
	} finally {
		fs.writeFileSync(path.join(cgroupRoot, 'cgroup.procs'), String(scene.pid));
		remove();
	}
}, {isSerial: true});
