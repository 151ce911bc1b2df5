import test from 'ava';
import type {Emulator} from '../../helpers/emulator.js';
import {createFakeEngine, makeSockets} from '../fake-engine.js';
import {exitSignals, type HostEvent} from '../../../source/screen/terminal/host.js';
import {keys, openScreen, type OpenScreen} from '../open-screen.js';

const shows = (text: string) => (screen: Emulator): boolean => screen.text().includes(text);

/** How the terminal, its keyboard and the process are. */
const leftBehind = async ({emulator, isRaw, listeners, stdin, stdout, engine}: OpenScreen): Promise<Record<string, unknown>> => {
	// The emulator shows what was written a moment later.
	await emulator.write('');
	return {
		alternate: emulator.isAlternate(),
		cursorHidden: emulator.modes().cursorHidden,
		paste: emulator.modes().bracketedPaste,
		mouse: emulator.modes().mouse,
		raw: isRaw(),
		process: listeners(),
		input: stdin.listenerCount('data'),
		output: stdout.eventNames().length,
		engine: engine.isHeard(),
		stopped: engine.sent.at(-1)?.type,
	};
};

const restored = {
	alternate: false, cursorHidden: false, paste: false, mouse: false, raw: false, process: 0, input: 0, output: 0, engine: false, stopped: 'stop',
};

const openWithRows = async (t: Parameters<typeof openScreen>[0], options?: Parameters<typeof openScreen>[1]): Promise<OpenScreen> => {
	const screen = openScreen(t, options);
	await screen.emulator.write('what stood here before\r\n');
	await screen.waitFor(shows('nginx/5'), 'rows');
	t.true(screen.isRaw());
	t.true(screen.emulator.modes().bracketedPaste);
	t.true(screen.emulator.modes().mouse);
	return screen;
};

for (const [name, key] of [['q', 'q'], ['F10', keys.f10], ['Ctrl-C', keys.controlC]] as const) {
	test(`${name} quits and leaves the terminal as it was`, async t => {
		const screen = await openWithRows(t);
		screen.type(key);
		t.deepEqual(await screen.outcome, {exitCode: 0});
		t.deepEqual(await leftBehind(screen), restored);
	});
}

for (const [signal, number] of Object.entries(exitSignals) as ReadonlyArray<readonly [HostEvent, number]>) {
	test(`${signal} ends the live view with ${128 + number} and leaves the terminal as it was`, async t => {
		const screen = await openWithRows(t);
		screen.raise(signal);
		t.deepEqual(await screen.outcome, {exitCode: 128 + number});
		t.deepEqual(await leftBehind(screen), restored);
	});
}

for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
	test(`${event} ends the live view with a sentence and a short stack`, async t => {
		const screen = await openWithRows(t);
		screen.raise(event, new Error('something broke'));
		const {exitCode, message, lines} = await screen.outcome;
		t.is(exitCode, 70);
		t.is(message, 'internal error: something broke');
		t.true(lines?.every(line => /^ {4}at /v.test(line)));
		t.deepEqual(await leftBehind(screen), restored);
	});
}

test('an error while drawing ends the live view with one sentence', async t => {
	const engine = createFakeEngine(makeSockets(5));
	const screen = await openWithRows(t, {engine});
	const {link} = engine;
	t.truthy(link);
	// A view that no engine sends: it cannot be drawn.
	engine.sample({summary: {history: undefined as never}});
	const {exitCode, message} = await screen.outcome;
	t.is(exitCode, 70);
	t.regex(message ?? '', /^internal error: /v);
	t.deepEqual(await leftBehind(screen), restored);
});

test('a failed engine ends the live view with its message', async t => {
	const screen = await openWithRows(t);
	screen.engine.fail('There is neither netlink nor ss.');
	t.deepEqual(await screen.outcome, {exitCode: 1, message: 'There is neither netlink nor ss.'});
	t.deepEqual(await leftBehind(screen), restored);
});

test('the end of the input ends the live view', async t => {
	const screen = await openWithRows(t);
	screen.stdin.end();
	t.deepEqual(await screen.outcome, {exitCode: 0});
	t.deepEqual(await leftBehind(screen), restored);
});

for (const [code, exitCode] of [['EPIPE', 0], ['EIO', 129]] as const) {
	test(`a terminal that is gone (${code}) ends the live view, and nothing more is written`, async t => {
		const screen = await openWithRows(t);
		screen.stdout.emit('error', Object.assign(new Error(code), {code}));
		const written = screen.output();
		t.deepEqual(await screen.outcome, {exitCode});
		t.is(screen.output(), written);
		t.false(screen.isRaw());
	});
}

test('an exit of the process from elsewhere restores the terminal before it happens', async t => {
	const screen = await openWithRows(t);
	screen.raise('exit', 0);
	t.false(screen.isRaw());
	t.regex(screen.output(), /\[\?2004l[\s\S]*\[\?1049l/v);
	// This process goes on, so it must be ended otherwise.
	screen.raise('SIGTERM');
	await screen.outcome;
});

test('quitting works at once, before any answer', async t => {
	const screen = openScreen(t, {engine: createFakeEngine([], {isManual: true})});
	screen.type('q');
	t.deepEqual(await screen.outcome, {exitCode: 0});
	await screen.waitFor(emulator => !emulator.isAlternate(), 'the terminal as it was');
	t.deepEqual(await leftBehind(screen), restored);
});

test('events after the end are ignored', async t => {
	const screen = await openWithRows(t);
	screen.type('q');
	screen.type('jjj');
	screen.raise('SIGTERM');
	screen.engine.sample();
	t.deepEqual(await screen.outcome, {exitCode: 0});
});

const suspends = test.macro(async (t, suspend: (screen: OpenScreen) => void) => {
	const stopped = Promise.withResolvers<void>();
	const resumed = Promise.withResolvers<void>();
	const screen = await openWithRows(t, {
		async stop() {
			stopped.resolve();
			await resumed.promise;
		},
	});
	suspend(screen);
	await stopped.promise;
	await screen.waitFor(emulator => !emulator.isAlternate() && !emulator.modes().cursorHidden, 'the shell\'s screen');
	t.like(await leftBehind(screen), {
		raw: false, paste: false, mouse: false, input: 0,
	});

	// Meanwhile the shell writes, samples come, and the terminal changes its size.
	const written = screen.output();
	screen.engine.sample({sockets: makeSockets(7)});
	await screen.emulator.write('$ echo shell\r\n');
	t.is(screen.output(), written);
	resumed.resolve();
	await screen.waitFor(emulator => emulator.isAlternate() && emulator.text().includes('nginx/7'), 'the live view');
	t.like(await leftBehind(screen), {
		raw: true, paste: true, mouse: true, cursorHidden: true,
	});
	t.false(screen.emulator.text().includes('shell'));
	screen.type('?');
	await screen.waitFor(shows('conntop: keys'), 'the help: keys work again');
});

test('Ctrl-Z returns the terminal to the shell until the process continues', suspends, screen => {
	screen.type(keys.controlZ);
});

test('SIGTSTP does the same', suspends, screen => {
	screen.raise('SIGTSTP');
});

test('a size that changed while suspended is applied', async t => {
	const resumed = Promise.withResolvers<void>();
	const stopped = Promise.withResolvers<void>();
	const screen = await openWithRows(t, {
		async stop() {
			stopped.resolve();
			await resumed.promise;
		},
	});
	screen.type(keys.controlZ);
	await stopped.promise;
	screen.resize(70, 20);
	resumed.resolve();
	await screen.waitFor(emulator => emulator.isAlternate() && emulator.lines().at(-1)?.includes('F1Help') === true, 'the live view in its new size');
	t.true(screen.emulator.lines().every(line => line.length <= 70));
});

test('after SIGSTOP, the terminal modes are set again', async t => {
	const screen = await openWithRows(t);
	// The shell did this after SIGSTOP.
	await screen.emulator.write('\u{1B}[?1049l\u{1B}[?25h\u{1B}[?2004l\u{1B}[?1000l$ fg\r\n');
	screen.raise('SIGCONT');
	await screen.waitFor(emulator => emulator.isAlternate() && emulator.text().includes('nginx/5'), 'the live view');
	t.like(await leftBehind(screen), {
		raw: true, paste: true, mouse: true, cursorHidden: true,
	});
});

test('without mouse support, mouse reports are not enabled', async t => {
	const screen = openScreen(t, {preferences: {mouse: false}});
	await screen.waitFor(shows('nginx/5'), 'rows');
	t.false(screen.emulator.modes().mouse);
	screen.type('q');
	await screen.outcome;
	t.notRegex(screen.output(), /\[\?100\d/v);
});

const richTerminal = {TERM: 'xterm-256color', COLORTERM: 'truecolor'} as const;
const question = '\u{1B}]11;?\u{7}';
const lightAnswer = '\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\';

/** Background of the headings of the table. */
const headingColour = (screen: Emulator): unknown => screen.cell(screen.lines().findIndex(line => line.includes('Local')), 2).background;

test('the terminal is asked for its background once, and its reply selects the theme, even late and in two parts', async t => {
	const screen = await openWithRows(t, {variables: richTerminal});
	t.is(screen.output().split(question).length, 2);
	t.is(headingColour(screen.emulator), undefined);
	screen.type(lightAnswer.slice(0, 9));
	screen.type(lightAnswer.slice(9));
	await screen.waitFor(emulator => headingColour(emulator) === '#c9dcea', 'the headings of the light theme');
	screen.type(lightAnswer.replaceAll('f', '0'));
	await screen.waitFor(emulator => headingColour(emulator) === '#2f4a5f', 'the headings of the dark theme');
	t.is(screen.output().split(question).length, 2);
	t.false(screen.emulator.text().includes('port'));
});

test('a named theme stays, whatever the terminal replies', async t => {
	const screen = await openWithRows(t, {variables: richTerminal, preferences: {theme: 'dark'}});
	screen.type(`${lightAnswer}/`);
	await screen.waitFor(shows(' Search:'), 'the key after the answer');
	t.is(headingColour(screen.emulator), '#2f4a5f');
});

test('without a reply COLORFGBG is used; without colours, or with the terminal\'s own, there is no query', async t => {
	const told = await openWithRows(t, {variables: {...richTerminal, COLORFGBG: '0;15'}});
	t.is(headingColour(told.emulator), '#c9dcea');
	for (const variables of [{TERM: 'xterm-256color', NO_COLOR: '1'}, {TERM: 'linux'}, {TERM: 'xterm'}, {TERM: 'vt220'}]) {
		const screen = await openWithRows(t, {variables});
		t.false(screen.output().includes(']11;'), variables.TERM);
	}
});

test('a reply that arrives during exit does not reach the shell', async t => {
	const screen = await openWithRows(t, {variables: richTerminal});
	screen.type('q');
	screen.type(lightAnswer);
	t.deepEqual(await screen.outcome, {exitCode: 0});
	t.is(screen.stdin.read(), null);
});
