/** Odd and hostile input, and unusual terminals: the program continues, quits on a key, and restores the terminal. */
import process from 'node:process';
import type {ExecutionContext} from 'ava';
import fc from '../helpers/property.js';
import {
	builtProgram,
	openLive,
	openScene,
	rows,
	testInNamespace,
} from '../helpers/conntop.js';
import type {Emulator} from '../helpers/emulator.js';
import type {Scene} from '../helpers/namespace.js';
import {startInShell, type Pty} from '../helpers/pty.js';

const openWithListener = async (t: ExecutionContext): Promise<Pty> => {
	const scene = await openScene(t);
	await scene.listen({port: 8080});
	return openLive(t, scene);
};

/** Ctrl-C still quits, and the terminal is restored. */
const assertQuits = async (t: ExecutionContext, pty: Pty): Promise<void> => {
	pty.type('\u{3}');
	t.deepEqual(await pty.exit, {exitCode: 0});
	t.deepEqual(pty.terminalAfter(), {
		canonical: true, echo: true, signals: true, output: true,
	});
	const {bracketedPaste, mouse, cursorHidden} = pty.emulator.modes();
	t.deepEqual({
		bracketedPaste, mouse, cursorHidden, isAlternate: pty.emulator.isAlternate(),
	}, {
		bracketedPaste: false, mouse: false, cursorHidden: false, isAlternate: false,
	});
};

const shows = (text: string) => (screen: Emulator): boolean => screen.text().includes(text);

/** Whether the header, the footer and some rows are on the screen. */
const isWhole = (screen: Emulator): boolean => {
	const lines = screen.lines();
	return lines[0].startsWith(' conntop') && lines.at(-1)?.includes('F1Help') === true && rows(screen).length > 0;
};

testInNamespace('a burst of keys', async t => {
	const live = await openWithListener(t);
	live.type(`${'jk\u{1B}[A\u{1B}[B\u{1B}[<65;9;9M'.repeat(2000)}?`);
	await live.waitFor(shows('conntop: keys'), 'the help after thousands of keys');
	await assertQuits(t, live);
});

testInNamespace('pastes of 100 KB, bracketed and not', async t => {
	const live = await openWithListener(t);
	const text = 'abc é漢 '.repeat(12_000);
	live.type(`\u{1B}[200~${text}\u{1B}[201~`);
	live.type(`\\\u{1B}[200~${text}\u{1B}[201~`);
	await live.waitFor(screen => shows('Filter:')(screen) && shows('abc é漢')(screen), 'the start of the paste in the filter line');
	live.type(`\u{15}${text}`);
	live.type('\u{15}8080\r');
	await live.waitFor(screen => shows('filter 8080')(screen) && rows(screen).length === 1, 'the filter typed after the paste');
	await assertQuits(t, live);
});

// eslint-disable-next-line no-control-regex, regexp/no-control-character -- These are control characters.
const keysThatLeave = /[\u{3}\u{1A}\u{1C}]/gv;

testInNamespace('split, broken and unknown sequences', async t => {
	const live = await openWithListener(t);
	const sequences = [
		'\u{1B}[200~never ended',
		'\u{1B}]0;title',
		'\u{1B}P1$r',
		'\u{1B}[<0;1',
		'\u{1B}[99;99;99;99;99u',
		'\u{1B}[?1;2c\u{1B}[>41;354;0c',
		'\u{1B}_G;x\u{1B}\\',
		'\u{9B}1~',
		'\u{1B}[M\u{FF}\u{FF}\u{FF}',
	];
	for (const sequence of sequences) {
		for (const character of sequence) {
			live.type(character);
		}

		live.type('\u{18}');
	}

	// Letters are keys, and these control characters quit or suspend the program.
	const bytes = fc.sample(fc.string({unit: 'binary', maxLength: 20}), {numRuns: 200, seed: 5}).map(part => part.replaceAll(/\p{Letter}/gv, '').replaceAll(keysThatLeave, ''));
	live.type(bytes.join('\u{1B}'));
	live.type('\u{1B}[201~');
	live.type('\u{1B}\u{1B}\u{1B}\u{1B}');
	live.resize(90, 25);
	await live.waitFor(screen => screen.isAlternate() && screen.lines()[0].startsWith(' conntop'), 'a screen of the new size');
	await assertQuits(t, live);
});

testInNamespace('many changes of size, down to 1×1', async t => {
	const live = await openWithListener(t);
	for (let round = 0; round < 40; round++) {
		for (const [columns, lines] of [[1, 1], [200, 3], [3, 60], [40, 8], [250, 70], [2 + round, 1 + round]]) {
			live.resize(columns, lines);
		}
	}

	live.resize(1, 1);
	live.type('jk?q\u{1B}\\x\r\u{1B}\u{1B}');
	live.resize(100, 30);
	await live.waitFor(isWhole, 'a whole screen');
	t.true(live.emulator.lines().every(line => line.length <= 100));
	await assertQuits(t, live);
});

testInNamespace('a terminal that starts with 1×1', async t => {
	const scene = await openScene(t);
	const [command, args] = scene.inside(process.execPath, [builtProgram]);
	const live = startInShell({
		command, args, columns: 1, rows: 1,
	});
	t.teardown(live.end);
	// The mouse is the last mode that it enables. Before raw mode, Ctrl-C is a signal.
	await live.waitFor(screen => screen.isAlternate() && screen.modes().mouse, 'the alternate screen');
	await assertQuits(t, live);
});

/** Runs a shell command line in a terminal, with the program as `"$@"`. */
const startWith = (t: ExecutionContext, scene: Scene, line: string): Pty => {
	const [command, args] = scene.inside('/bin/sh', ['-c', line, 'sh', process.execPath, builtProgram]);
	const pty = startInShell({command, args});
	t.teardown(pty.end);
	return pty;
};

testInNamespace('a terminal without a size counts as 80×24', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 8080});
	const live = startWith(t, scene, 'stty columns 0 rows 0; "$@"');
	await live.waitFor(screen => rows(screen).length > 0 && screen.lines()[23].includes('F1Help'), 'a screen of 24 lines');
	t.true(live.emulator.lines().every(line => line.length <= 80));
	await assertQuits(t, live);
}, 'stty');

for (const closed of ['<&-', '</dev/null']) {
	testInNamespace(`without a keyboard (${closed}), the program prints one sentence and draws nothing`, async t => {
		const scene = await openScene(t);
		const live = startWith(t, scene, `"$@" ${closed}`);
		t.deepEqual(await live.exit, {exitCode: 1});
		t.is(live.emulator.text(), 'conntop: the live view needs a terminal to read keys from; `conntop list` does not');
	});
}

testInNamespace('a full disk is reported in one sentence', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 8080});
	const {exitCode, stderr} = await scene.run('/bin/sh', ['-c', '"$@" list >/dev/full', 'sh', process.execPath, builtProgram]);
	t.is(exitCode, 1);
	t.regex(stderr, /^conntop: standard output cannot be written: ENOSPC[^\n]*\n$/v);
});

testInNamespace('list exits silently when the reader closes the pipe', async t => {
	const scene = await openScene(t);
	for (let port = 8001; port <= 8010; port++) {
		await scene.listen({port});
	}

	const shell = async (line: string): Promise<unknown> => {
		const {stdout, stderr} = await scene.run('/bin/sh', ['-c', line, 'sh', process.execPath, builtProgram]);
		return {stdout, stderr};
	};

	t.deepEqual(await shell('"$@" list --json | (read first; wc -l)'), {stdout: '9\n', stderr: ''});
	t.deepEqual(await shell('"$@" list --json | head -1 | wc -l'), {stdout: '1\n', stderr: ''});
});
