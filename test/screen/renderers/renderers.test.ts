/** The live view changes its face while it runs: from a drawn screen to lines, and back. */
import test, {type ExecutionContext} from 'ava';
import type {Emulator} from '../../helpers/emulator.js';
import {createFakeEngine, makeSockets} from '../fake-engine.js';
import {
	keys,
	openScreen,
	type OpenOptions,
	type OpenScreen,
} from '../open-screen.js';

const shows = (text: string) => (screen: Emulator): boolean => screen.text().includes(text);

const hint = 'L switches to the screen, F1 lists the keys';

const openDrawn = async (t: ExecutionContext, options?: OpenOptions): Promise<OpenScreen> => {
	const screen = openScreen(t, {...options, columns: 120});
	await screen.emulator.write('what stood here before\r\n');
	await screen.waitFor(shows('nginx/5'), 'rows');
	t.true(screen.emulator.isAlternate());
	return screen;
};

const openLines = async (t: ExecutionContext, options?: OpenOptions): Promise<OpenScreen> => {
	const screen = openScreen(t, {...options, columns: 120, preferences: {screenReader: true}});
	await screen.waitFor(shows(hint), 'the overview');
	return screen;
};

test('a key switches from the screen to lines, and the next one back', async t => {
	const screen = await openDrawn(t);
	const {emulator: terminal, engine} = screen;
	const {height} = engine.query().window;
	const listeners = screen.listeners();
	screen.type('L');
	await screen.waitFor(shows(hint), 'the overview');
	t.deepEqual(
		[terminal.isAlternate(), terminal.modes().cursorHidden, terminal.modes().bracketedPaste, terminal.modes().mouse],
		[false, false, false, false],
	);
	t.is(terminal.lines()[0], 'what stood here before');
	t.true(screen.isRaw(), 'keys still come one by one');
	t.true(engine.query().window.height > height, 'news are told of more rows than the terminal has');
	t.is(screen.listeners(), listeners);
	const before = screen.output().length;
	screen.type(keys.down);
	await screen.waitFor(shows('1 of 5: tcp, ESTAB'), 'the row');
	t.false(screen.output().slice(before).includes('\u{1B}'));

	screen.type('L');
	await screen.waitFor(emulator => emulator.isAlternate() && emulator.text().includes('nginx/5'), 'the screen');
	t.deepEqual([terminal.modes().cursorHidden, terminal.modes().bracketedPaste, terminal.modes().mouse], [true, true, true]);
	t.is(engine.query().window.height, height);
	t.is(screen.listeners(), listeners);
	t.like(engine.query().window.cursor, {id: 1}, 'the cursor is where it was');
	t.is(screen.output().split('\u{1B}]11;?').length, 2, 'the terminal is asked for its background once');
	screen.type('q');
	t.deepEqual(await screen.outcome, {exitCode: 0});
	await terminal.write('');
	t.deepEqual([terminal.isAlternate(), screen.isRaw(), screen.listeners(), screen.stdout.eventNames().length], [false, false, 0, 0]);
});

test('it can start with lines, and a key switches to the screen', async t => {
	const screen = await openLines(t);
	t.false(screen.output().includes('\u{1B}'));
	screen.type('L');
	await screen.waitFor(emulator => emulator.isAlternate() && emulator.text().includes('nginx/5'), 'the screen');
	screen.type('q');
	t.deepEqual(await screen.outcome, {exitCode: 0});
});

test('keys typed while the renderer is switched are not lost', async t => {
	const screen = await openDrawn(t);
	screen.type(String.raw`L\ngi`);
	screen.type('nx/3\r');
	screen.type('L');
	screen.type('\\\u{15}nginx/4');
	await screen.waitFor(emulator => emulator.isAlternate() && emulator.text().includes('nginx/4') && !emulator.text().includes('nginx/3'), 'the row that the filter leaves');
	t.is(screen.engine.query().filter, 'nginx/4');
});

test('on the setup screen the switch applies at once, and the lines continue at the same position', async t => {
	const screen = await openDrawn(t);
	screen.type(`\u{1B}OQ${keys.right.repeat(4)}${keys.down.repeat(3)}`);
	await screen.waitFor(shows('Lines of plain text instead of a drawn screen'), 'the item');
	screen.type(' ');
	await screen.waitFor(emulator => !emulator.isAlternate() && emulator.text().includes('>Screen reader  [x]'), 'the item in a line');
	t.true(screen.emulator.text().includes('[Behaviour]'));
	screen.type(' ');
	await screen.waitFor(emulator => emulator.isAlternate() && /Screen reader +\[ \]/v.test(emulator.text()), 'the item on the screen');
	t.false(screen.emulator.text().includes('next start'));
});

test('Ctrl-Z suspends from lines, too, and fg reports the position', async t => {
	const during: boolean[] = [];
	const screen: OpenScreen = await openDrawn(t, {
		async stop() {
			during.push(screen.isRaw());
		},
	});
	screen.type('L');
	await screen.waitFor(shows(hint), 'the overview');
	const before = screen.output().length;
	screen.type(keys.controlZ);
	await screen.waitFor(emulator => emulator.text().split('conntop on box').length === 3, 'another overview');
	t.deepEqual(during, [false]);
	t.true(screen.isRaw());
	screen.raise('SIGCONT');
	await screen.waitFor(emulator => emulator.text().split('conntop on box').length === 4, 'an overview after a stop that could not be prepared for');
	t.false(screen.output().slice(before).includes('\u{1B}'));
});

test('Ctrl-Z right after the key that switches the renderer works at once', async t => {
	let stops = 0;
	const screen = await openDrawn(t, {
		async stop() {
			stops++;
		},
	});
	screen.type(`L${keys.controlZ}`);
	await screen.waitFor(shows(hint), 'the overview');
	screen.type('L');
	await screen.waitFor(emulator => emulator.isAlternate() && emulator.text().includes('nginx/5'), 'the screen');
	t.is(stops, 1);
	t.true(screen.isRaw());
});

/** Until what was typed has come, and what follows from it at once. */
const untilLater = async (): Promise<void> => new Promise(resolve => {
	setImmediate(resolve);
});

test('a blocked terminal does not prevent quitting while the renderer is switched', async t => {
	const screen = await openDrawn(t);
	Object.assign(screen.stdout, {write: () => true});
	screen.type('L');
	await untilLater();
	screen.raise('SIGTERM');
	t.deepEqual(await screen.outcome, {exitCode: 143});
	t.deepEqual([screen.isRaw(), screen.listeners(), screen.engine.isHeard()], [false, 0, false]);
});

test('a terminal that disappears while the renderer is switched ends the program', async t => {
	const engine = createFakeEngine(makeSockets(5));
	const screen = await openDrawn(t, {engine});
	Object.assign(screen.stdout, {write: () => true});
	screen.type('L');
	await untilLater();
	screen.stdout.emit('error', Object.assign(new Error('gone'), {code: 'EIO'}));
	t.deepEqual(await screen.outcome, {exitCode: 129});
	t.false(engine.isHeard());
});
