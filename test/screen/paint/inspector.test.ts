import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import {paintFrame} from '../../../source/screen/paint/frame.js';
import {createTheme} from '../../../source/screen/look/theme.js';
import {escapeText} from '../../../source/text/escape.js';
import {textWidth} from '../../../source/text/width.js';
import {drive, type Driver} from '../drive.js';
import {makeSocket, makeSockets} from '../fake-engine.js';
import {type makeInspected, noon} from '../fake-inspected.js';
import {keys} from '../open-screen.js';

type Changes = Parameters<typeof makeInspected>[1];

const open = (columns: number, rows: number, changes: Changes = {}): Driver =>
	drive({columns, rows, sockets: [{...makeSocket(5), inspected: changes}]}).press(keys.down).press(keys.enter);

const linesOf = (screen: Driver, level: Parameters<typeof createTheme>[0] = 'colours'): readonly string[] =>
	paintFrame(screen.state(), {theme: createTheme(level)}).map(line => stripVTControlCharacters(line));

test('every size from the smallest to the largest is filled, and nothing is wider', t => {
	for (const [columns, rows] of [[40, 8], [60, 16], [100, 30], [200, 50], [300, 100]] as const) {
		for (const level of ['colours', 'attributes', 'none'] as const) {
			const lines = linesOf(open(columns, rows), level);
			t.is(lines.length, rows);
			t.true(lines.every(line => textWidth(line) <= columns), `${columns}×${rows}`);
			t.true(lines[0].includes('10.0.0.1:443'));
			t.true(lines.at(-1)?.includes('Esc'));
		}
	}
});

test('a narrow terminal has one column, with the meaning of the value in the last lines', t => {
	const text = linesOf(open(60, 16)).join('\n');
	t.regex(text, /tcp 10\.0\.0\.1:443 ⇄ 192\.0\.2\.5:40005/v);
	t.regex(text, /ESTAB for 1m00 {2}nginx\/5/v);
	t.regex(text, /Local ─+\n/v);
	t.regex(text, /\n Local address and port, or their names\./v);
});

test('a wide terminal has several columns: endpoints at the left, buffers and graphs beside them', t => {
	const lines = linesOf(open(200, 60, {history: {rxRate: [0, 1024, 2048], rtt: [NaN, 1, 2]}}));
	t.regex(lines[2], /^Local ─+ {2}Buffers ─+$/v);
	const text = lines.join('\n');
	t.regex(text, /child of +nginx\/2 ← systemd\/1/v);
	t.regex(text, /nginx\/5, descriptor 7/v);
	t.regex(text, /Recv-Q +█{5}░{15} 25%, 1000B of 3\.9KB/v);
	t.regex(text, /Cong\. window +█{10}░{10} 50%, 5 of 10/v);
	t.regex(text, /Receive +now 2\.0KB\/s, max 2\.0KB\/s/v);
	t.regex(text, /RTT +now 2\.00 ms, max 2\.00 ms/v);
	t.regex(text, /Rcvd +1\.2MB +Bytes received since/v);
});

test('a graph shows its maximum, and is blank for missing samples', t => {
	const rxRate = [1024 * 900, ...Array.from({length: 200}, () => 2048), NaN, NaN, NaN, 1024];
	const low = linesOf(open(60, 22, {history: {rxRate, cwnd: [NaN, 10]}}).press(keys.tab.repeat(4)));
	t.true(low.some(line => /^ {2}Receive +█+ {3}▅ now 1\.0KB\/s, max 2\.0KB\/s *$/v.test(line)), low.join('\n'));
	const high = linesOf(open(100, 60, {history: {rxRate}}));
	const label = high.findIndex(line => line.includes('Receive'));
	t.regex(high[label], /now 1\.0KB\/s, max 2\.0KB\/s/v);
	t.regex(high[label + 3], /█{5} {3}█$/v);
});

test('fields are listed under the headings of their groups; absent fields are counted and named', t => {
	const text = linesOf(open(100, 90)).join('\n');
	t.true(text.indexOf('Identity ─') < text.indexOf('Queues ─'));
	t.true(text.indexOf('Queues ─') < text.indexOf('Traffic ─'));
	t.regex(text, /Absent ─+\n +\d+ fields +family, type, /v);
	// Neither those of other protocols, nor those of the journal.
	t.notRegex(text, /sctp|previousState/v);
});

test('a closed socket shows when and how it closed, with its last figures', t => {
	const lines = linesOf(open(100, 30, {
		isGone: true,
		life: {
			steps: [{state: 'ESTAB', since: noon - 60_000}], openedAt: noon - 60_000, isOlder: false, isShortLived: false, closedAt: noon - 3000, closeReason: 'closed by peer', now: noon,
		},
	}));
	t.regex(lines[1], /closed 3s ago: closed by peer, 12\.1KB sent, 1\.2MB received, lived 57s/v);
	t.regex(lines.join('\n'), /closed +\d\d:\d\d:\d\d, 3s ago; values from the last sample/v);
});

test('on a narrow terminal, facts about the close are dropped one by one; the page shows all', t => {
	const life = {
		steps: [{state: 'ESTAB', since: noon - 60_000}], openedAt: noon - 60_000, isOlder: false, isShortLived: false, closedAt: noon - 3000, closeReason: 'closed by peer', now: noon,
	};
	const summary = (columns: number): string => linesOf(open(columns, 16, {life}))[1];
	t.regex(summary(100), /^ closed 3s ago: closed by peer, 12\.1KB sent, 1\.2MB received, lived 57s +lines 1-11 of \d+$/v);
	t.regex(summary(60), /^ closed 3s ago: closed by peer, 12\.1KB sent +1-11 of \d+$/v);
	t.regex(summary(40), /^ closed 3s ago: closed by peer +1-11 of \d+$|^ closed 3s ago +lines 1-11 of \d+$/v);
	const lines = linesOf(open(60, 30, {life}));
	const at = lines.findIndex(line => line.startsWith('  ended '));
	t.regex(lines.slice(at, at + 2).join('\n'), /^ {2}ended +closed by peer, 12\.1KB sent, 1\.2MB *\n +received, lived 57s *$/v);
});

test('the title line keeps the socket and drops other parts', t => {
	const first = (columns: number): string => linesOf(open(columns, 16))[0];
	t.regex(first(60), /^ tcp 10\.0\.0\.1:443 ⇄ 192\.0\.2\.5:40005 +netlink, every 1 s $/v);
	t.regex(first(50), /^ tcp 10\.0\.0\.1:443 ⇄ 192\.0\.2\.5:40005 +every 1 s $/v);
	t.regex(first(40), /^ tcp 10\.0\.0\.1:443 ⇄ 192\.0\.2\.5:40005 +$/v);
});

test('an unknown socket, and one without an answer yet, can be shown', t => {
	const gone = drive({sockets: makeSockets(1)}).press(keys.down).press(keys.enter).sample([]);
	t.regex(linesOf(gone)[0], /nothing is known of any more/v);
	const waiting = drive({sockets: makeSockets(1)}).press(keys.down).type(keys.enter);
	t.regex(linesOf(waiting).join('\n'), /Reading…/v);
});

test('both ends are first; the health problem is in the title, and its explanation below them', t => {
	const lines = linesOf(open(100, 30, {health: {healthProblem: 'not reading', explanation: 'Recv-Q holds 9 bytes.', tone: 'warning'}}));
	t.regex(lines[1], /ESTAB for 1m00 {2}not reading {2}nginx/v);
	t.regex(lines[2], /^Local ─/v);
	const at = lines.findIndex(line => line.startsWith('Health ─'));
	t.true(at > lines.findIndex(line => line.startsWith('Peer')));
	t.regex(lines[at + 1], /^ {2}not reading +Recv-Q holds 9 bytes\. *$/v);
	t.notRegex(linesOf(open(100, 30)).join('\n'), /Health ─/v);
});

test('a listener has an accept queue, and no other end', t => {
	const text = linesOf(open(100, 40, {
		values: [
			{id: 'protocol', value: 'tcp'},
			{id: 'state', value: 'LISTEN'},
			{id: 'recvQ', value: 9},
			{id: 'sendQ', value: 10},
			{id: 'local', value: '0.0.0.0:80'},
			{id: 'peer', value: '0.0.0.0:*'},
		],
	})).join('\n');
	t.regex(text, /Accept queue +█{18}░░ 90%, 9 of 10/v);
	t.notRegex(text.split('\n', 1)[0], /⇄/v);
	t.notRegex(text, /Peer ─/v);
});

test('foreign texts are escaped', t => {
	const hostile = 'a\u{1B}[2J\nb\u{202E}';
	const screen = open(100, 60, {
		values: [{id: 'protocol', value: 'tcp'}, {id: 'local', value: hostile}, {id: 'command', value: hostile}],
		owners: [{
			pid: 5, name: hostile, descriptors: [], commandLine: hostile, user: hostile, ancestors: [{pid: 1, name: hostile}], unit: hostile, container: hostile, pod: hostile,
		}],
		otherEnd: {isItself: false, owners: [], cookie: hostile},
	});
	const lines = paintFrame(screen.state(), {theme: createTheme('none')});
	t.true(lines.every(line => escapeText(line) === line));
	t.true(lines.some(line => line.includes(String.raw`a\x1b[2J\nb\u202e`)));
});
