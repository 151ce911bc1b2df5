import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {
	builtProgram,
	openLive,
	openScene,
	testInNamespace,
} from '../helpers/conntop.js';
import {startInShell} from '../helpers/pty.js';

testInNamespace('--screen-reader prints lines without escape sequences, and answers keys', async t => {
	const scene = await openScene(t, 'my-server');
	const {port} = await scene.listen({port: 8080});
	const [command, args] = scene.inside(process.execPath, [builtProgram, '--interval', '0.1', '--screen-reader']);
	const live = startInShell({command, args});
	t.teardown(live.end);
	await live.waitFor(screen => screen.text().includes('F1 lists the keys, F10 quits.'), 'the overview');
	await scene.connect({port, localPort: 50_000});
	await live.waitFor(screen => screen.text().includes('New: tcp, ESTAB, Local 127.0.0.1:50000, Peer 127.0.0.1:8080'), 'the new connection');
	live.type('l');
	await live.waitFor(screen => screen.text().includes('1 in the list'), 'the answer to a key');
	live.type('j');
	await live.waitFor(screen => /1 of 1: tcp, LISTEN, .*Local 127\.0\.0\.1:8080/v.test(screen.text()), 'the row');
	live.type('q');
	t.deepEqual(await live.exit, {exitCode: 0});
	t.false(live.output().includes('\u{1B}'));
	t.deepEqual(live.terminalAfter(), {
		canonical: true, echo: true, signals: true, output: true,
	});
});

testInNamespace('the setup switches to lines and a key back to the screen, and the terminal is restored at the end', async t => {
	const scene = await openScene(t, 'my-server');
	const {port} = await scene.listen({port: 8080});
	const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'conntop-reader-'));
	t.teardown(async () => fs.rm(directory, {recursive: true}));
	const live = await openLive(t, scene, {env: {XDG_CONFIG_HOME: directory}});
	live.type(`\u{1B}OQ${'\u{1B}[C'.repeat(4)}`);
	await live.waitFor(screen => /Screen reader +\[ \] +Lines of plain text instead of a drawn screen/v.test(screen.text()), 'the item of the setup');
	live.type(`${'\u{1B}[B'.repeat(3)} `);
	await live.waitFor(screen => !screen.isAlternate() && screen.text().includes('>Screen reader  [x]'), 'lines');
	t.false(live.emulator.modes().mouse || live.emulator.modes().bracketedPaste || live.emulator.modes().cursorHidden);
	live.type('\u{1B}');
	await live.waitFor(screen => screen.text().includes('Saved in'), 'the notice about saving');
	const before = live.output().length;
	await scene.connect({port, localPort: 50_000});
	await live.waitFor(screen => screen.text().replaceAll('\n', '').includes('New: tcp, ESTAB, Local 127.0.0.1:50000'), 'the new connection');
	t.false(live.output().slice(before).includes('\u{1B}'));
	t.is(await fs.readFile(path.join(directory, 'conntop', 'config.toml'), 'utf8'), 'screen-reader = true\n');

	live.type('L');
	await live.waitFor(screen => screen.isAlternate() && screen.text().includes('F1Help') && screen.text().includes('127.0.0.1:50000'), 'the screen');
	t.true(live.output().slice(before).includes('\u{1B}[0;7;32m'), 'the heading has its colour');
	t.true(live.emulator.modes().mouse && live.emulator.modes().bracketedPaste && live.emulator.modes().cursorHidden);
	live.type('q');
	t.deepEqual(await live.exit, {exitCode: 0});
	t.false(live.emulator.isAlternate() || live.emulator.modes().mouse || live.emulator.modes().bracketedPaste || live.emulator.modes().cursorHidden);
	t.deepEqual(live.terminalAfter(), {
		canonical: true, echo: true, signals: true, output: true,
	});
});

testInNamespace('INK_SCREEN_READER switches to lines, and a key back to the screen', async t => {
	const scene = await openScene(t, 'my-server');
	await scene.listen({port: 8080});
	const live = await openLive(t, scene, {env: {INK_SCREEN_READER: 'true'}, args: ['--no-config'], isReady: screen => screen.text().includes('F10 quits.')});
	t.false(live.output().includes('\u{1B}'));
	live.type('L');
	await live.waitFor(screen => screen.isAlternate() && screen.text().includes('F1Help'), 'the screen');
	live.type('q');
	t.deepEqual(await live.exit, {exitCode: 0});
});
