/* eslint-disable unicorn/prefer-event-target -- The reader takes streams and the process as event emitters. */
import {Buffer} from 'node:buffer';
import {EventEmitter} from 'node:events';
import {PassThrough} from 'node:stream';
import test, {type ExecutionContext} from 'ava';
import {defaultPreferences} from '../../../../source/preferences/preferences.js';
import {runScreen} from '../../../../source/screen/renderers/run.js';
import {plainLines} from '../../../../source/screen/renderers/lines/speech.js';
import {createFakeEngine, makeSocket, makeSockets} from '../../fake-engine.js';
import {everything, keys} from '../../open-screen.js';

const open = async (t: ExecutionContext, sockets = makeSockets(3), complaints: readonly string[] = []) => {
	const engine = createFakeEngine(sockets, {isManual: true});
	const said: string[] = [];
	const raw: boolean[] = [];
	const {promise: spoken, resolve: onSpoken} = Promise.withResolvers<void>();
	const stdin = Object.assign(new PassThrough(), {
		setRawMode(isRaw: boolean) {
			raw.push(isRaw);
		},
	});
	const stdout = Object.assign(new EventEmitter(), {
		write(text: string, taken?: () => void) {
			said.push(text);
			onSpoken();
			taken?.();
		},
	});
	const process = new EventEmitter();
	const outcome = runScreen({
		link: engine.link,
		initialQuery: everything,
		stdin,
		stdout,
		host: {
			on(event, listener) {
				process.on(event, listener);
			},
			off(event, listener) {
				process.off(event, listener);
			},
			async stop() {
				// At once.
			},
		},
		environment: {variables: {}},
		chosen: {settingsProblems: complaints, preferences: {...defaultPreferences, screenReader: true}},
	});
	t.teardown(async () => {
		stdin.emit('data', Buffer.from(keys.controlC));
		await outcome;
	});
	engine.answer();
	await spoken;
	return {
		engine,
		outcome,
		raw,
		process,
		stdout,
		/** What was said since the last time. */
		heard: (): readonly string[] => said.splice(0).join('').split('\n').filter(line => line !== ''),
		/** Types keys, and lets the engine answer until nothing more is asked for. */
		press(bytes: string) {
			stdin.emit('data', Buffer.from(bytes));
			engine.answer();
			engine.answer();
		},
	};
};

test('an overview at the start, and on Ctrl-L', async t => {
	const {heard, press} = await open(t);
	const lines = heard();
	t.is(lines[0], 'conntop on box: 3 ESTAB.');
	t.regex(lines[1], /^3 in the list, sorted by Age, ascending\.$/v);
	t.regex(lines[2], /F1 lists the keys, F10 quits/v);
	press(keys.controlL);
	t.deepEqual(heard(), lines.slice(0, 2));
});

test('a notice names keys, not commands', async t => {
	const {heard, press} = await open(t);
	heard();
	press(']');
	t.deepEqual(heard(), ['Nothing to find: F3 starts a search']);
});

test('each error in the settings is reported once, after the overview, and escaped', async t => {
	const {heard, engine} = await open(t, makeSockets(1), ['settings.toml: interval: \u{1B}[2J is no number', 'settings.toml: columns: there is no field nosuch']);
	t.deepEqual(heard().slice(2, 4), [String.raw`settings.toml: interval: \x1b[2J is no number`, 'settings.toml: columns: there is no field nosuch']);
	engine.sample();
	t.deepEqual(heard(), []);
});

test('the row under the cursor, with the headings of its values', async t => {
	const {heard, press} = await open(t);
	heard();
	press(keys.down);
	t.deepEqual(heard(), ['1 of 3: tcp, ESTAB, Local 10.0.0.1:443, Peer 192.0.2.1:40001, RTT ms 10.00, Age 1s, nginx/1']);
	press('j');
	t.regex(heard().join('\n'), /^2 of 3: tcp, ESTAB, .* nginx\/2$/v);
	press('G');
	t.regex(heard().join('\n'), /^3 of 3: /v);
});

test('group headings report their sockets, or their journal entries and closes', async t => {
	const head = {
		...makeSocket(-300), group: {
			label: 'nginx\u{7}', isFolded: true, sockets: 12, waiting: 0,
		},
	};
	const {engine, heard, press} = await open(t, [head]);
	heard();
	press(keys.down);
	t.deepEqual(heard(), [String.raw`1 of 1: Group nginx\x07: 12 sockets, folded`]);
	engine.sample({entries: [{...head, group: {...head.group, closed: 5}}]});
	press(keys.tab);
	heard();
	press(keys.down);
	t.deepEqual(heard(), [String.raw`1 of 1: Group nginx\x07: 12 entries, 5 closed, folded`]);
});

test('a copied value is printed, with a notice that it is not on the clipboard', async t => {
	const {heard, press} = await open(t, makeSockets(1));
	press(`${keys.down}\r`);
	heard();
	press('y');
	t.deepEqual(heard(), ['The clipboard is not available in line mode: 10.0.0.1:443']);
});

test('samples report new and closed sockets and problems once', async t => {
	const {engine, heard} = await open(t);
	heard();
	const sockets = [...makeSockets(2), makeSocket(3, {}, {closed: true}), makeSocket(4, {}, {fresh: true, established: true})];
	engine.sample({sockets, status: {problems: ['no \u{1B}[31mluck']}});
	t.deepEqual(heard().map(line => line.replace(/, Local.*/v, '')), ['New: tcp, ESTAB', 'Closed: tcp, ESTAB', String.raw`Problem: no \x1b[31mluck`]);
	engine.sample();
	t.deepEqual(heard(), []);
	engine.sample({sockets: Array.from({length: 9}, (_, index) => makeSocket(10 + index, {}, {established: true})), status: {problems: []}});
	const lines = heard();
	t.is(lines.length, 6);
	t.is(lines.at(-1), 'New: 4 more');
});

test('a filter is echoed as it is typed, with the number of matching rows', async t => {
	const {heard, press} = await open(t);
	heard();
	press('\\');
	t.regex(heard().join('\n'), /^Filter\. .*Enter Keep/v);
	press('nginx/2');
	t.deepEqual(heard(), ['nginx/2', '1 in the list']);
	press('\r');
	t.deepEqual(heard(), ['List.']);
	press('\\\u{15}\r');
	t.deepEqual(heard(), ['3 in the list']);
});

test('ports, order, pause, notices and names', async t => {
	const {heard, press} = await open(t);
	heard();
	press('40');
	t.deepEqual(heard(), ['Port 40', '3 in the list']);
	press('\r>');
	t.true(heard().some(line => line.startsWith('Sorted by ')));
	press('p');
	t.deepEqual(heard(), ['Paused']);
	press('p');
	t.deepEqual(heard(), ['Resumed']);
	press(']');
	t.regex(heard().join('\n'), /Nothing to find/v);
	press('n');
	t.deepEqual(heard(), ['Names']);
});

test('menus, help and explanations are printed as lines', async t => {
	const {heard, press} = await open(t);
	heard();
	press('\u{1B}[17~');
	t.regex(heard().join('\n'), /^Sort by\. .*\nAge ▲, 1\d of 1\d$/v);
	press(keys.down);
	t.regex(heard().join('\n'), /^Process, (?<last>\d+) of \k<last>$/v);
	press('\r');
	t.deepEqual(heard(), ['List.', 'Sorted by Process, ascending']);
	press('?');
	const help = heard();
	t.true(help.length > 60);
	t.true(help.includes('q: Quit'));
	press('q');
	t.deepEqual(heard(), ['List.']);
	press('x');
	t.true(heard().some(line => line.includes('process')));
});

test('exit works as on the screen, and restores the keyboard', async t => {
	const {outcome, press, raw, process} = await open(t);
	press('q');
	t.deepEqual(await outcome, {exitCode: 0});
	t.deepEqual(raw, [true, false]);
	t.deepEqual(process.eventNames(), []);
	const other = await open(t);
	other.process.emit('SIGTERM');
	t.deepEqual(await other.outcome, {exitCode: 143});
	const gone = await open(t);
	gone.stdout.emit('error', Object.assign(new Error('EPIPE'), {code: 'EPIPE'}));
	t.deepEqual(await gone.outcome, {exitCode: 0});
	const broken = await open(t);
	broken.process.emit('uncaughtException', new Error('bad'));
	t.like(await broken.outcome, {exitCode: 70, message: 'internal error: bad'});
});

test('box-drawing characters are removed', t => {
	t.deepEqual(plainLines(['▁▂▃', ' ──────  Rx │ 5 ⣿⣿ ', '']), ['Rx  5']);
});
