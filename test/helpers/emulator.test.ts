import {setImmediate as nextTurn} from 'node:timers/promises';
import test from 'ava';
import {createEmulator} from './emulator.js';

test('shows text, colours and attributes', async t => {
	const emulator = createEmulator({columns: 20, rows: 3});
	await emulator.write('\u{1B}[1;31mab\u{1B}[0;2;38;2;1;2;3mc\u{1B}[0;7;44md\u{1B}[0;4m漢');
	t.deepEqual(emulator.lines(), ['abcd漢', '', '']);
	t.like(emulator.cell(0, 0), {
		character: 'a', foreground: 1, bold: true, dim: false,
	});
	t.like(emulator.cell(0, 2), {foreground: '#010203', background: undefined, dim: true});
	t.like(emulator.cell(0, 3), {background: 4, inverse: true});
	t.like(emulator.cell(0, 4), {character: '漢', width: 2, underline: true});
	t.like(emulator.cell(0, 5), {character: '', width: 0});
	t.like(emulator.cell(2, 19), {character: ' ', width: 1});
	t.deepEqual(emulator.cursor(), {row: 0, column: 6});
});

test('reports the modes that programs switch', async t => {
	const emulator = createEmulator({columns: 20, rows: 3});
	await emulator.write('before\u{1B}[?1049h\u{1B}[?25l\u{1B}[?2004h\u{1B}[?1000h\u{1B}[2;2Hinside');
	t.true(emulator.isAlternate());
	t.like(emulator.modes(), {cursorHidden: true, bracketedPaste: true, mouse: true});
	await emulator.write('\u{1B}[?1049l\u{1B}[?25h\u{1B}[?2004l\u{1B}[?1000l');
	t.false(emulator.isAlternate());
	t.like(emulator.modes(), {cursorHidden: false, bracketedPaste: false, mouse: false});
	t.is(emulator.text(), 'before');
});

test('lines end at the edge after the screen has become narrower', async t => {
	const emulator = createEmulator({columns: 20, rows: 2});
	await emulator.write('\u{1B}[?1049h12345678901234567890');
	emulator.resize(5, 2);
	t.true(emulator.lines().every(line => line.length <= 5));
});

test('waitFor resolves at the write that meets its condition, but not within a frame', async t => {
	const emulator = createEmulator({columns: 20, rows: 2});
	let isSeen = false;
	const wait = async () => {
		await emulator.waitFor(screen => screen.text().includes('b'), 'a b');
		isSeen = true;
	};

	const waiting = wait();
	await emulator.write('\u{1B}[?2026hab');
	await nextTurn();
	t.false(isSeen);
	await emulator.write('\u{1B}[?2026l');
	await waiting;
	t.true(isSeen);
});

test('waitFor reports the screen after a timeout', async t => {
	const emulator = createEmulator({columns: 20, rows: 2});
	await emulator.write('something else');
	const error = await t.throwsAsync(emulator.waitFor(screen => screen.text() === 'x', 'an x', {timeout: 1}));
	t.regex(error.message, /an x[\s\S]*something else/v);
});

test('answers queries', async t => {
	const emulator = createEmulator({columns: 20, rows: 2});
	const replies: string[] = [];
	emulator.onReply(data => {
		replies.push(data);
	});
	await emulator.write('ab\u{1B}[6n');
	t.deepEqual(replies, ['\u{1B}[1;3R']);
});
