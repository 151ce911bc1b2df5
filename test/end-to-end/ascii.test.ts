/** Terminals without UTF-8, and dumb terminals. */
import {
	openLive,
	openScene,
	rows,
	runConntop,
	shellCommand,
	testInNamespace,
} from '../helpers/conntop.js';
import {startInShell} from '../helpers/pty.js';

/** Output of printable ASCII, tabs, line feeds, carriage returns and ESC only. */
// eslint-disable-next-line no-control-regex, regexp/no-control-character -- Escape sequences begin with ESC.
const onlyAscii = /^[\t\n\r\u{1B}\u{20}-\u{7E}]*$/v;

const keys = {f1: '\u{1B}OP', right: '\u{1B}[C', escape: '\u{1B}'} as const;

for (const [name, env, args] of [
	['LC_ALL=C TERM=linux', {LC_ALL: 'C', TERM: 'linux'}, []],
	['LANG=de_DE.ISO-8859-1', {LANG: 'de_DE.ISO-8859-1'}, []],
	['--ascii', {}, ['--ascii']],
] as const) {
	testInNamespace(`${name}: every page of the live view is ASCII, and foreign text is escaped`, async t => {
		const scene = await openScene(t, 'naïve→');
		await scene.listen({port: 8080});
		await scene.connect({port: 8080});
		const live = await openLive(t, scene, {
			env, args, columns: 160, rows: 40, isReady: screen => rows(screen).some(line => line.includes(String.raw`na\xefve>/`)),
		});
		live.type('/8080\r');
		await live.waitFor(screen => screen.text().includes('search 8080: '), 'the search');
		live.type('j\r');
		await live.waitFor(screen => screen.text().includes('Inspector') || screen.text().includes('Identity'), 'the inspector');
		live.type(keys.escape);
		await live.waitFor(screen => screen.text().includes('0-9Port'), 'the table');
		live.type('S');
		await live.waitFor(screen => screen.text().includes('EscDone'), 'the setup');
		live.type(keys.right);
		live.type(keys.escape);
		await live.waitFor(screen => screen.text().includes('0-9Port'), 'the table again');
		live.type(keys.f1);
		await live.waitFor(screen => screen.text().includes('conntop: keys'), 'the help');
		live.type('\u{3}');
		t.deepEqual(await live.exit, {exitCode: 0});
		t.regex(live.output().replaceAll('\u{7}', ''), onlyAscii);
	});

	testInNamespace(`${name}: lists are ASCII, and JSON keeps its values`, async t => {
		const scene = await openScene(t, 'naïve→');
		await scene.listen({port: 8080});
		await scene.connect({port: 8080});
		const list = async (...more: readonly string[]): Promise<string> => {
			const pty = startInShell({
				command: '/bin/sh', args: ['-c', shellCommand(scene, 'list', ...args, ...more)], env, columns: 160,
			});
			t.teardown(pty.end);
			t.is((await pty.exit).exitCode, 0);
			return pty.output();
		};

		const text = await list('-t');
		t.regex(text, onlyAscii);
		t.true(text.includes(String.raw` = na\xefve>/`), 'both ends');
		const json = await list('-t', '--json', 'sport 8080');
		t.regex(json, onlyAscii);
		t.true((JSON.parse(json.split('\n', 1)[0]) as {processes: ReadonlyArray<{name: string}>}).processes[0].name.startsWith('naïve→'));
	});
}

testInNamespace('piped JSON and CSV are always UTF-8', async t => {
	const scene = await openScene(t, 'naïve→');
	await scene.listen({port: 8080});
	for (const form of ['--json', '--csv']) {
		const {stdout} = await runConntop(scene, 'list', '--ascii', '-t', form);
		t.true(stdout.includes('naïve→'));
	}

	const {stdout} = await runConntop(scene, 'list', '--ascii', '-t');
	t.regex(stdout, onlyAscii);
});

testInNamespace('a dumb terminal gets lines without escape sequences', async t => {
	const scene = await openScene(t, 'postgres');
	await scene.listen({port: 8080});
	const live = await openLive(t, scene, {env: {TERM: 'dumb'}, isReady: screen => screen.text().includes(' quits.')});
	live.type('j');
	await live.waitFor(screen => screen.text().includes('1 of 1: ') && screen.text().includes(':8080'), 'the row under the cursor');
	live.type('q');
	t.deepEqual(await live.exit, {exitCode: 0});
	t.false(live.output().includes('\u{1B}'));
});
