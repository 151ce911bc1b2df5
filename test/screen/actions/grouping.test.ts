import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {GroupingId} from '../../../source/query/query.js';
import {paintFrame} from '../../../source/screen/paint/frame.js';
import {colourLevelOf, createTheme} from '../../../source/screen/look/theme.js';
import {drive, type Driver} from '../drive.js';
import {makeSocket} from '../fake-engine.js';
import {keys, openScreen} from '../open-screen.js';

const head = {
	label: '0.0.0.0:443 nginx/812', isFolded: false, sockets: 2, waiting: 1,
};
const foldedHead = {
	...head, label: 'folded\u{1B}[31m', isFolded: true, waiting: 0,
};
const sockets = [
	{...makeSocket(-300, {recvQ: undefined, sendQ: 4096, txRate: 1_500_000}), group: head},
	{...makeSocket(1), groups: [-300]},
	{...makeSocket(2, {}, {waiting: true}), groups: [-300]},
	{...makeSocket(-301, {recvQ: undefined, sendQ: undefined}), group: foldedHead},
];

const linesOf = (screen: Driver, terminal = 'xterm'): readonly string[] =>
	paintFrame(screen.state(), {theme: createTheme(colourLevelOf({TERM: terminal}))}).map(line => stripVTControlCharacters(line));

const query = {groups: {by: ['listener'], folded: {all: false, except: []}}, columns: ['protocol', 'state', 'recvQ', 'sendQ', 'local', 'peer', 'txRate']} as const;

test('a group heading has its mark at the left, its name where there is room, and sums in their columns', t => {
	const lines = linesOf(drive({sockets, query}));
	const heading = lines.find(line => line.includes('Send-Q')) ?? '';
	const line = lines.find(text => text.includes('nginx/812')) ?? '';
	t.regex(line, /^▾ +4096 +2 {2}0\.0\.0\.0:443 nginx\/812, 1 waiting +/v);
	t.is(line.indexOf('4096') + 4, heading.indexOf('Send-Q') + 6);
	t.true(lines.some(text => /^ {4}tcp +ESTAB/v.test(text)), 'sockets are indented');
	t.true(lines.some(text => /^ {2}○ tcp +ESTAB/v.test(text)), 'connections that wait for accept are marked');
	t.true(lines.some(text => /^▸ +2 {2}folded/v.test(text)));
	t.false(lines.join('').includes('\u{1B}'));
	t.true(lines.some(text => text.includes('by listener')));
});

test('on narrow terminals, the column that repeats the group headings is dropped first', t => {
	const columns = ['state', 'local', 'peer', 'bytesSent', 'process'];
	const headingOf = (by: readonly GroupingId[]): string =>
		linesOf(drive({sockets, columns: 50, query: {columns, groups: {by, folded: query.groups.folded}}})).find(line => line.includes('Local')) ?? '';
	t.regex(headingOf(['user']), /Local +Peer +P/v);
	t.notRegex(headingOf(['process']), /Peer +P/v);
});

test('on a terminal without attributes, the marks are ASCII', t => {
	const lines = linesOf(drive({sockets, query}), 'dumb');
	t.true(lines.some(line => /^- .*2 {2}0\.0\.0\.0:443 nginx\/812, 1 waiting/v.test(line)));
	t.true(lines.some(line => /^\+ +2 {2}folded/v.test(line)));
});

test('the menu allows two groupings, in the order chosen', t => {
	const screen = drive({sockets, query: {}}).press('b');
	t.is(screen.state().mode, 'groups');
	screen.press(' ' + keys.down + ' ');
	t.deepEqual(screen.state().groups?.by, ['listener', 'process']);
	t.true(linesOf(screen).some(line => line.startsWith(' [2] Process')));
	screen.press(keys.down + ' ');
	t.deepEqual(screen.state().groups?.by, ['listener', 'program']);
	screen.press(keys.down + ' ');
	t.deepEqual(screen.state().groups?.by, ['listener', 'port']);
	screen.press(keys.up.repeat(3) + ' ');
	t.deepEqual(screen.state().groups?.by, ['port']);
	screen.press(keys.escape);
	t.is(screen.state().mode, 'table');
	screen.press('\u{1B}[15~');
	t.is(screen.state().groups, undefined);
	screen.press('\u{1B}[15~');
	t.deepEqual(screen.state().groups?.by, ['listener']);
});

test('minus folds the group of the row under the cursor, plus unfolds it, star folds or unfolds all', t => {
	const screen = drive({sockets, query: {...query, sort: {field: 'age', descending: false}}});
	screen.press('-');
	t.regex(screen.state().notice ?? '', /No group is selected/v);
	const select = (id: number): void => {
		const row = screen.state().view?.rows.findIndex(each => each.id === id) ?? 0;
		screen.press(keys.home + keys.down.repeat(row));
		t.is(screen.state().view?.selected?.id, id);
	};

	select(2);
	screen.press('-');
	t.deepEqual(screen.state().groups?.folded, {all: false, except: [-300]});
	select(-300);
	screen.press('+');
	t.deepEqual(screen.state().groups?.folded, {all: false, except: []});
	screen.press('*');
	t.deepEqual(screen.state().groups?.folded, {all: true, except: []});
	select(-301);
	screen.press('+');
	t.deepEqual(screen.state().groups?.folded, {all: true, except: [-301]});
	screen.press('*');
	t.deepEqual(screen.state().groups?.folded, {all: false, except: []});
});

test('F5 shows the tree in a terminal', async t => {
	const screen = openScreen(t, {sockets, query: {columns: query.columns}});
	await screen.waitFor(emulator => emulator.text().includes('nginx/812'), 'the rows');
	t.false(screen.emulator.text().includes('by listener'));
	screen.type('\u{1B}[15~');
	await screen.waitFor(emulator => /\n▾ .*nginx\/812, 1 waiting/v.test(emulator.text()) && emulator.text().includes('by listener'), 'the tree');
});

test('a key that needs the row waits for the answer, and later keys keep their order', t => {
	const screen = drive({sockets, query});
	screen.press('gj-');
	t.deepEqual(screen.state().groups?.folded, {all: false, except: [-300]});
	screen.press('gj+I');
	t.deepEqual(screen.state().groups?.folded, {all: false, except: []});
	t.deepEqual(screen.state().heldKeys, []);
	screen.press('gj+q');
	t.is(screen.state().outcome?.exitCode, 0);
});

test('a group heading shows its problem with a count; names are aligned, whatever the sums', t => {
	const problem = {name: 'CLOSE-WAIT leak', count: 8};
	const groups = [
		{...makeSocket(-300, {recvQ: 5, sendQ: 4096, txRate: 1_500_000}), group: {...foldedHead, label: 'leaky/1', problem}},
		{...makeSocket(-301, {recvQ: undefined, sendQ: undefined, txRate: undefined}), group: {...foldedHead, label: 'tidy/2'}},
	];
	for (const columns of [60, 80, 100, 120, 200]) {
		const all = ['protocol', 'state', 'health', 'recvQ', 'sendQ', 'local', 'peer', 'rxRate', 'txRate', 'rtt', 'age', 'process'];
		const lines = linesOf(drive({sockets: groups, columns, query: {...query, columns: all}}));
		const [leaky = '', tidy = ''] = ['leaky/1', 'tidy/2'].map(name => lines.find(line => line.includes(name)) ?? '');
		t.true(leaky.includes('8 CLOSE-WAIT leak'), `${columns}: ${leaky}`);
		t.is(leaky.indexOf('leaky/1'), tidy.indexOf('tidy/2'), `${columns}`);
	}
});

test('Right unfolds the group under the cursor, Left folds it, then both scroll; Enter does either', t => {
	const screen = drive({sockets, query: {...query, groups: {by: ['listener'], folded: {all: true, except: []}}, sort: {field: 'age', descending: false}}});
	const folded = (): unknown => screen.state().groups?.folded;
	const at = screen.state().view?.rows.findIndex(({id}) => id === -301) ?? 0;
	screen.press(keys.home + keys.down.repeat(at));
	t.is(screen.state().view?.selected?.id, -301);
	screen.press(keys.right);
	t.deepEqual(folded(), {all: true, except: [-301]});
	screen.press(keys.enter);
	t.deepEqual(folded(), {all: true, except: [-301]}, 'Enter uses the fold state from the engine, which still reports the group as folded');
});

test('the menu sorts groups by the number of their sockets', t => {
	const screen = drive({sockets, query}).press(keys.f6);
	t.true(linesOf(screen).some(line => line.startsWith(' Sockets')));
	screen.press(keys.end + keys.enter);
	t.is(screen.state().sort.field, 'sockets');
	t.false(linesOf(drive({sockets, query: {columns: query.columns}}).press(keys.f6)).some(line => line.startsWith(' Sockets')));
});

test('actions apply to all sockets of the group under the cursor; its tag is replaced when the answer lists them', t => {
	const screen = drive({sockets, query: {...query, sort: {field: 'age', descending: false}}});
	const at = screen.state().view?.rows.findIndex(({id}) => id === -300) ?? 0;
	screen.press(keys.home + keys.down.repeat(at));
	screen.type('K');
	t.deepEqual(screen.state().acting?.ids, [-300]);
	screen.type(' ');
	t.deepEqual(screen.state().tagged, [-300]);
	const {view} = screen.state();
	t.deepEqual(view === undefined ? [] : screen.act({type: 'view', view: {...view, sequence: screen.state().sequence, tagged: [1, 2]}}).state().tagged, [1, 2]);
});
