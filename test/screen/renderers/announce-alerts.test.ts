/* eslint-disable no-control-regex, regexp/no-control-character -- Sequences of the terminal have them. */
import test from 'ava';
import {keys, openScreen, type OpenScreen} from '../open-screen.js';

const call = ({engine}: OpenScreen, peer = '192.0.2.9:40000'): void => {
	engine.post({
		type: 'alerted', alerted: {
			number: 1, count: 1, ids: [3], newest: {protocol: 'tcp', local: '10.0.0.1:443', peer},
		},
	});
};

/** What was written since the last time. */
const createReader = ({output}: OpenScreen): (() => string) => {
	let before = 0;
	return () => {
		const text = output();
		const written = text.slice(before);
		before = text.length;
		return written;
	};
};

const armed = async (t: Parameters<typeof openScreen>[0], options: Parameters<typeof openScreen>[1] = {}): Promise<OpenScreen> => {
	const screen = openScreen(t, {variables: {TERM: 'xterm-256color', TERM_PROGRAM: 'ghostty'}, ...options});
	await screen.waitFor(emulator => emulator.text().includes('nginx/5'), 'rows');
	screen.type('a');
	await screen.waitFor(emulator => emulator.text().includes('alert new ESTAB'), 'the alert');
	return screen;
};

const notification = '\u{1B}]777;notify;conntop;1 new: tcp 10.0.0.1:443 192.0.2.9:40000\u{7}';

test('an alert rings, notifies and counts in the title, until it is seen', async t => {
	const screen = await armed(t);
	const read = createReader(screen);
	t.regex(read(), /\u{1B}\[22;2t\u{1B}\]2;conntop: alert new ESTAB\u{7}/v);
	t.true(screen.emulator.modes().focus);
	call(screen);
	await screen.waitFor(emulator => emulator.text().includes('alert new ESTAB: 1 new'), 'the notice of the alert');
	const called = read();
	t.true(called.includes(`\u{7}${notification}`));
	t.true(called.includes('\u{1B}]2;(1) conntop: alert new ESTAB\u{7}'));
	screen.type(keys.down);
	await screen.waitFor(emulator => !emulator.text().includes('1 new'), 'the end of the notice');
	t.true(read().includes('\u{1B}]2;conntop: alert new ESTAB\u{7}'));
	screen.type('a');
	await screen.waitFor(emulator => emulator.text().includes('Alert off'), 'the end of the alert');
	const ended = read();
	t.true(ended.includes('\u{1B}[23;2t'), 'the title is what it was');
	t.false(screen.emulator.modes().focus);
});

test('with focus on the terminal, only the bell rings', async t => {
	const screen = await armed(t);
	screen.type('\u{1B}[I');
	const read = createReader(screen);
	read();
	call(screen);
	await screen.waitFor(emulator => emulator.text().includes('1 new'), 'the notice of the alert');
	const called = read();
	t.true(called.includes('\u{7}'));
	t.false(called.includes('777;notify'));
	t.false(called.includes('(1) conntop'));
});

test('the preferences select bell, notification and title', async t => {
	const screen = await armed(t, {preferences: {alertBell: false, alertNotification: false, alertTitle: false}});
	const read = createReader(screen);
	t.notRegex(read(), /\u{1B}\]2;/v);
	call(screen);
	await screen.waitFor(emulator => emulator.text().includes('1 new'), 'the notice of the alert');
	t.notRegex(read(), /\u{7}|\u{1B}\]2;|777;notify/v);
});

test('the title is restored at exit and while the program is suspended', async t => {
	const {promise: stopped, resolve: resume} = Promise.withResolvers<void>();
	const screen = await armed(t, {stop: async () => stopped});
	const read = createReader(screen);
	read();
	screen.type(keys.controlZ);
	await screen.waitFor(emulator => !emulator.modes().focus, 'the restored terminal');
	t.true(read().includes('\u{1B}[23;2t'));
	resume();
	await screen.waitFor(emulator => emulator.modes().focus, 'the screen again');
	t.true(read().includes('\u{1B}]2;conntop: alert new ESTAB\u{7}'));
	screen.type('q');
	await screen.outcome;
	await screen.emulator.write('');
	t.false(screen.emulator.modes().focus);
	t.true(read().includes('\u{1B}[23;2t'));
});

test('lines for screen readers report it, with only the bell between them', async t => {
	const screen = openScreen(t, {preferences: {screenReader: true}, variables: {TERM: 'xterm-256color', TERM_PROGRAM: 'ghostty'}});
	await screen.waitFor(emulator => emulator.text().includes('5 in the list'), 'the overview');
	screen.type('a');
	await screen.waitFor(emulator => emulator.text().includes('Alert on new ESTAB'), 'the alert');
	call(screen);
	await screen.waitFor(emulator => emulator.text().includes('Alert: 1 new: tcp 10.0.0.1:443 192.0.2.9:40000'), 'the notice of the alert');
	t.true(screen.output().includes('\u{7}'));
	t.notRegex(screen.output(), /\u{1B}\]|\?1004h/v);
});
