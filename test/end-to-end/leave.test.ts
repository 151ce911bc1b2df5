import {
	openLive,
	openScene,
	rows,
	shellCommand,
	testInNamespace,
} from '../helpers/conntop.js';
import type {Emulator} from '../helpers/emulator.js';
import {until} from '../helpers/until.js';
import {exitSignals} from '../../source/screen/terminal/host.js';
import {hasEnded} from '../helpers/process-tree.js';
import {startInPty} from '../helpers/pty.js';

/** The state of the terminal that a program must restore: screen, cursor, keyboard and mouse modes. */
const screenState = (emulator: Emulator): unknown => ({isAlternate: emulator.isAlternate(), ...emulator.modes()});

const untouchedScreen = {
	isAlternate: false, cursorHidden: false, bracketedPaste: false, mouse: false, focus: false, applicationCursor: false, synchronized: false,
};

const untouchedDevice = {
	canonical: true, echo: true, signals: true, output: true,
};

for (const [name, keys] of [['q', 'q'], ['F10', '\u{1B}[21~'], ['Ctrl-C', '\u{3}'], ['Ctrl-\\', '\u{1C}']] as const) {
	testInNamespace(`${name} quits at once and restores the terminal`, async t => {
		const scene = await openScene(t);
		await scene.listen({port: 80});
		const live = await openLive(t, scene);
		live.type(keys);
		t.deepEqual(await live.exit, {exitCode: 0});
		t.deepEqual(screenState(live.emulator), untouchedScreen);
		t.deepEqual(live.terminalAfter(), untouchedDevice);
		t.is(live.emulator.text(), '');
	});
}

for (const [signal, number] of Object.entries(exitSignals) as ReadonlyArray<readonly [NodeJS.Signals, number]>) {
	testInNamespace(`${signal} ends the program, which restores the terminal`, async t => {
		const scene = await openScene(t);
		await scene.listen({port: 80});
		const live = await openLive(t, scene);
		live.kill(signal);
		t.deepEqual(await live.exit, {exitCode: 128 + number});
		t.deepEqual(screenState(live.emulator), untouchedScreen);
		t.deepEqual(live.terminalAfter(), untouchedDevice);
	});
}

testInNamespace('Ctrl-Z returns to the shell, and fg resumes the live view', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 80});
	const shell = startInPty({command: '/bin/bash', args: ['--norc', '--noprofile', '-i'], env: {PS1: 'prompt> '}});
	t.teardown(shell.end);
	const isAtPrompt = (screen: Emulator): boolean => !screen.isAlternate() && screen.text().endsWith('prompt>');
	await shell.waitFor(isAtPrompt, 'the shell');
	shell.type(`${shellCommand(scene, '--interval', '0.1')}\r`);
	await shell.waitFor(screen => rows(screen).length === 1, 'the live view');

	shell.type('\u{1A}');
	await shell.waitFor(isAtPrompt, 'the shell again');
	// The shell switches on bracketed paste for its own line editor.
	const {bracketedPaste, ...state} = untouchedScreen;
	t.like(screenState(shell.emulator), state);
	await scene.listen({port: 443});
	shell.type('stty -a; echo "<$((1 + 1))>"\r');
	await shell.waitFor(screen => screen.text().includes('<2>'), 'the answer of the shell');
	t.regex(shell.emulator.text(), / icanon[\s\S]* echo /v);

	shell.type('fg\r');
	await shell.waitFor(screen => screen.isAlternate() && rows(screen).length === 2, 'the live view with the new socket');
	t.true(shell.emulator.modes().cursorHidden);
	shell.type('p');
	await shell.waitFor(screen => /paused/iv.test(screen.text()), 'the live view to pause');
	shell.type('q');
	await shell.waitFor(isAtPrompt, 'the shell after the live view quit');
	t.like(screenState(shell.emulator), state);
	shell.type('echo "<$?>"\r');
	await shell.waitFor(screen => screen.text().includes('<0>'), 'the exit code');
}, 'bash');

testInNamespace('exits when the terminal is closed', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 80});
	const live = await openLive(t, scene);
	const {pid} = live;
	live.hangUp();
	await live.exit;
	await until(() => hasEnded(pid), 'the program to exit');
	t.pass();
});
