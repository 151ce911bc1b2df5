/** Checks which files write to the terminal, and that none passes on control sequences from foreign text. */
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {backgroundQuestion} from '../../source/screen/terminal/background.js';
import {
	builtProgram,
	openLive,
	openScene,
	testInNamespace,
} from '../helpers/conntop.js';
import {makeFolder} from '../helpers/folder.js';
import {startInShell, type Pty, type PtyExit} from '../helpers/pty.js';

const source = path.join(import.meta.dirname, '..', '..', 'source');

/** The files that write to a terminal, and what they write. */
const writers: Readonly<Record<string, string>> = {
	'conntop.ts': 'the reason why the program cannot run, on standard error',
	'commands/output.ts': 'all lines on standard output and standard error',
	'commands/last-word.ts': 'the program\'s own escape sequences',
	'screen/terminal/paced-output.ts': 'the live view: output of `paint` and of the renderer for screen readers, and the program\'s own escape sequences',
};

test('nothing else writes to a terminal', t => {
	const writing = /(?<!#)\b(?:std(?:out|err)|target)\.write\(|\bconsole\.|\bwriteSync\([^"']*(?:std|fd)/v;
	const found = fs.globSync('**/*.{ts,tsx}', {cwd: source}).filter(name => writing.test(fs.readFileSync(path.join(source, name), 'utf8')));
	t.deepEqual(found.toSorted((a, b) => a.localeCompare(b)), Object.keys(writers).toSorted((a, b) => a.localeCompare(b)));
});

/** Sets the title, clears the screen in two ways, reverses the direction of the text, and starts a new line. */
const hostile = '\u{1B}]0;owned\u{7}\u{1B}[2J\u{9B}2J\u{202E}\nconntop: forged\r';

const dangers = ['\u{1B}]0;', '\u{7}', '\u{1B}[2J', '\u{9B}', '\u{202E}', '\nconntop: forged'];

const assertHarmless = (t: ExecutionContext, output: string): void => {
	for (const danger of dangers) {
		t.false(output.includes(danger), JSON.stringify(danger));
	}
};

/** Runs the program in a terminal until it exits; resolves to its exit code and output. */
const runInTerminal = async (t: ExecutionContext, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<PtyExit & {readonly output: string}> => {
	const pty = startInShell({
		command: process.execPath, args: [builtProgram, ...args], env, columns: 200,
	});
	t.teardown(pty.end);
	const exit = await pty.exit;
	return {...exit, output: pty.output()};
};

for (const args of [
	[`--${hostile}`],
	['list', `--json=${hostile}`],
	['list', '--sort', hostile],
	['list', '--sort', `rtt:${hostile}`],
	['list', '--columns', hostile],
	['list', '--columns', `state,,${hostile}`],
	['list', '--group', hostile],
	['list', '--source', hostile],
	['list', '--input', `/nonexistent/${hostile}`],
	['list', '-N', hostile],
	['list', '-N', `/nonexistent/${hostile}`],
	['list', 'state', hostile],
	['list', `dst ${hostile}`],
	['list', `( ${hostile}`],
	['list', `user = "${hostile}" bogus =`],
	['events', '--interval', hostile],
	['--view', hostile],
	['--theme', hostile],
	['--interval', hostile],
] as const) {
	test.serial(`a hostile argument is escaped in an error message: ${args.map(word => word.replace(hostile, 'HOSTILE')).join(' ')}`, async t => {
		const {exitCode, output} = await runInTerminal(t, [...args], {XDG_CONFIG_HOME: '/dev/null'});
		t.is(exitCode, 2);
		t.regex(output, /^conntop: /v);
		assertHarmless(t, output);
	});
}

/** Writes a settings file with hostile text wherever it can contain text. */
const writeSettings = (t: ExecutionContext): {readonly env: Readonly<Record<string, string>>; readonly file: string} => {
	const folder = makeFolder(t);
	const file = path.join(folder, 'conntop', 'config.toml');
	const quoted = JSON.stringify(hostile);
	fs.mkdirSync(path.dirname(file));
	fs.writeFileSync(file, `${quoted} = 1\ntheme = ${quoted}\ncolumns = ["protocol", "state", "local", ${quoted}]\n[keys]\n${quoted} = "x"\npause = ${quoted}\n[views.${quoted}]\n${quoted} = 1\nfilter = ${quoted}\n[views.plain]\nsort = ${quoted}\n`);
	return {env: {XDG_CONFIG_HOME: folder}, file};
};

const quit = async (t: ExecutionContext, live: Pty): Promise<void> => {
	live.type('\u{3}');
	t.is((await live.exit).exitCode, 0);
	assertHarmless(t, live.output().replace(backgroundQuestion, ''));
};

testInNamespace('hostile names in the settings file are escaped on every page that shows them, and when they are saved', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 8080});
	const {env, file} = writeSettings(t);
	const live = await openLive(t, scene, {
		env, columns: 200, rows: 40, isReady: screen => screen.text().includes('127.0.0.1:8080'),
	});
	await live.waitFor(screen => screen.text().includes('mistakes in the settings'), 'the first mistake');
	live.type('v');
	await live.waitFor(screen => screen.text().includes('EnterOpen') && screen.lines().some(line => line.startsWith(String.raw` \x1b]0;owned`)), 'the view in the menu');
	live.type('\u{1B}[F\u{1B}[A\r');
	await live.waitFor(screen => !screen.text().includes('EnterOpen'), 'the open view');
	live.type('S');
	await live.waitFor(screen => screen.text().includes('EscDone'), 'the setup');
	live.type('\u{1B}[C'.repeat(6));
	await live.waitFor(screen => screen.text().includes('by listener') && screen.text().includes('owned'), 'the page Views');
	live.type('\u{1B}[C');
	await live.waitFor(screen => screen.text().includes('line 1') && screen.text().includes('owned'), 'the page Mistakes');
	live.type('\u{1B}');
	await live.waitFor(screen => !screen.text().includes('EscDone'), 'the table');
	live.type(`V\u{15}\u{1B}[200~${hostile}again\u{1B}[201~\r`);
	await live.waitFor(screen => /Saved in|Not saved/v.test(screen.text()), 'the notice about saving');
	await quit(t, live);
	t.true(fs.readFileSync(file, 'utf8').includes('again'));
});

testInNamespace('hostile names in the settings file are escaped for screen readers, too', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 8080});
	const {env} = writeSettings(t);
	const live = await openLive(t, scene, {
		env, columns: 200, rows: 40, args: ['--screen-reader'], isReady: screen => screen.text().includes(' quits.'),
	});
	live.type('v');
	await live.waitFor(screen => screen.text().includes('1 of '), 'the menu of views');
	live.type('\u{1B}[B'.repeat(12));
	await live.waitFor(screen => screen.text().includes('owned'), 'the view');
	await quit(t, live);
});
