import test from 'ava';
import {startInPty, startInShell} from './pty.js';

test('shows the output of a program, passes on what is typed, and reports the exit code', async t => {
	const pty = startInPty({
		command: '/bin/sh', args: ['-c', 'read -r word; stty size; echo "<$word>"; exit 3'], columns: 40, rows: 5,
	});
	t.teardown(pty.end);
	pty.resize(50, 6);
	pty.type('hello\r');
	await pty.waitFor(screen => screen.text().includes('<hello>'), 'the word');
	t.deepEqual(await pty.exit, {exitCode: 3});
	t.deepEqual(pty.emulator.lines(), ['hello', '6 50', '<hello>', '', '', '']);
	t.is(pty.output(), 'hello\r\n6 50\r\n<hello>\r\n');
});

test('reports the signal that ended a program', async t => {
	const pty = startInPty({command: '/bin/sh', args: ['-c', 'echo ready; read -r word']});
	t.teardown(pty.end);
	await pty.waitFor(screen => screen.text() === 'ready', 'the program');
	pty.kill('SIGTERM');
	t.deepEqual(await pty.exit, {exitCode: 0, signal: 'SIGTERM'});
});

test('stops waiting when the program ends', async t => {
	const pty = startInPty({command: '/bin/echo', args: ['only this']});
	t.teardown(pty.end);
	const error = await t.throwsAsync(pty.waitFor(() => false, 'a condition'));
	t.regex(error.message, /while waiting for a condition[\s\S]*only this/v);
});

test('reports the state in which a program left the terminal device', async t => {
	const tidy = startInShell({command: '/bin/sh', args: ['-c', 'exit 4']});
	t.teardown(tidy.end);
	t.deepEqual(await tidy.exit, {exitCode: 4});
	t.deepEqual(tidy.terminalAfter(), {
		canonical: true, echo: true, signals: true, output: true,
	});

	const untidy = startInShell({command: '/bin/sh', args: ['-c', 'stty raw -echo; echo ready; exec sleep 1000']});
	t.teardown(untidy.end);
	await untidy.waitFor(screen => screen.text() === 'ready', 'the program');
	untidy.kill('SIGTERM');
	t.deepEqual(await untidy.exit, {exitCode: 143});
	t.deepEqual(untidy.terminalAfter(), {
		canonical: false, echo: false, signals: false, output: false,
	});
});

test('ends the program and its children', async t => {
	const pty = startInPty({command: '/bin/sh', args: ['-c', 'trap "" HUP TERM; sleep 1000 & echo ready; wait']});
	await pty.waitFor(screen => screen.text() === 'ready', 'the program');
	await pty.end();
	t.like(await pty.exit, {signal: 'SIGKILL'});
});
