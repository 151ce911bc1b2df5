import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import {journalColumns} from '../../../source/fields/records/journal.js';
import {paintFrame} from '../../../source/screen/paint/frame.js';
import {colourLevelOf, createTheme} from '../../../source/screen/look/theme.js';
import {drive, shownIds, type Driver} from '../drive.js';
import {makeSocket, makeSockets, type FakeSocket} from '../fake-engine.js';
import {keys} from '../open-screen.js';
import {queryOf} from '../../../source/screen/state/query-of.js';

const entries: readonly FakeSocket[] = [
	{...makeSocket(501, {time: '14:00:01', event: 'opened'}), socket: 7},
	makeSocket(502, {time: '14:00:02', event: 'closed', local: '10.0.0.1:8080'}),
];

const start = (): Driver => {
	const driver = drive({sockets: makeSockets(20)});
	driver.engine.sample({entries});
	return driver;
};

test('Tab shows the journal, newest first; Tab again restores the list of sockets', t => {
	const driver = start().press(keys.down).press(keys.down).press('<');
	const {columns, sort, cursor} = driver.state();
	driver.press(keys.tab);
	t.is(driver.state().mode, 'journal');
	t.deepEqual(shownIds(driver.state()), [502, 501]);
	t.deepEqual(driver.engine.query().columns, journalColumns(false));
	t.deepEqual(driver.engine.query().journal, {changes: false});
	t.false(driver.engine.query().window.frozen);
	t.is(driver.state().view?.selected, undefined);
	driver.press(keys.down).press('c').press(keys.tab);
	t.like(driver.state(), {mode: 'table', columns, sort});
	t.deepEqual(driver.state().cursor.request, cursor.request);
	t.is(shownIds(driver.state()).length, 20);
	driver.press('J');
	t.true(driver.state().journal?.changes, 'the journal keeps its settings, too');
});

test('the list and the journal share filter, port and search', t => {
	const driver = start().press(keys.tab).press('\\nothing-here\r');
	t.is(driver.state().mode, 'journal');
	t.deepEqual(shownIds(driver.state()), []);
	driver.press(keys.tab);
	t.deepEqual(shownIds(driver.state()), []);
	t.is(driver.state().filter, 'nothing-here');
	driver.press(keys.escape).press(keys.tab).press('\\');
	t.true(linesOf(driver).some(line => line.includes('event closed · ended reset · lived < 1s')), 'the examples use fields that only entries have');
	driver.press(keys.escape).press('8080');
	t.is(driver.state().mode, 'port');
	t.deepEqual(shownIds(driver.state()), [502]);
	driver.press('o');
	t.regex(driver.state().notice ?? '', /journal/v, 'only sockets have another end');
	driver.press(keys.enter);
	t.is(driver.state().mode, 'journal');
	driver.press(keys.escape).press('/opened\r');
	t.is(driver.state().view?.found, 1);
});

test('Enter inspects in the journal as in the list', t => {
	const driver = start().press(keys.tab).press(keys.down + keys.down).press(keys.enter);
	t.like(driver.state(), {mode: 'inspector', inspector: {id: 7}});
	driver.press(keys.enter);
	t.is(driver.state().mode, 'journal');
});

test('o moves from an entry to the row of its socket, J from a row to its entries', t => {
	const driver = start().press(keys.tab).press(keys.down);
	driver.press('o');
	t.regex(driver.state().notice ?? '', /has closed/v, 'the socket of the first entry no longer has a row');
	t.is(driver.state().mode, 'journal');
	driver.press(keys.down).press('o');
	t.is(driver.state().mode, 'table');
	t.is(driver.state().view?.selected?.id, 7);
	driver.press('J');
	t.deepEqual(queryOf(driver.state()).journal, {changes: false, socket: 7});
	driver.press(keys.escape);
	t.deepEqual(queryOf(driver.state()).journal, {changes: false}, 'Esc shows the entries of all sockets');
	driver.press(keys.escape);
	t.is(driver.state().mode, 'journal');
});

test('an answer for the other list is ignored', t => {
	const driver = start();
	driver.type(keys.tab);
	t.deepEqual(driver.state().view?.rows, []);
	// The engine answers the last query that it received.
	driver.engine.answer();
	t.deepEqual(driver.state().view?.rows, []);
});

/** A group heading and its entries, as the engine sends them for the journal. */
const grouped: readonly FakeSocket[] = [
	{
		...makeSocket(-300, {time: '14:00:09', bytesSent: 5000}), group: {
			label: 'nginx/7', isFolded: false, sockets: 2, waiting: 0, closed: 1,
		},
	},
	...entries.map(entry => ({...entry, groups: [-300]})),
];

const linesOf = (driver: Driver): readonly string[] =>
	paintFrame(driver.state(), {theme: createTheme(colourLevelOf({TERM: 'xterm'}))}).map(line => stripVTControlCharacters(line));

test('the same keys group entries, with separate groupings for each list', t => {
	const driver = start().press(keys.tab).press('*');
	t.regex(driver.state().notice ?? '', /^Nothing is grouped: \{openGroups\} groups$/v);
	driver.press('b');
	t.false(linesOf(driver).some(line => line.includes('Listener')), 'entries have no listener');
	t.true(linesOf(driver).some(line => line.startsWith(' [ ] Close reason')));
	driver.press(` ${keys.down.repeat(3)} `).press(keys.escape);
	t.is(driver.state().mode, 'journal');
	t.deepEqual(driver.engine.query().groups, {by: ['process', 'host'], folded: {all: false, except: []}});
	driver.engine.sample({entries: grouped});
	t.true(linesOf(driver).some(line => /^▾ +2 +nginx\/7, 1 closed .* 4\.9K/v.test(line)), linesOf(driver).join('\n'));
	t.true(linesOf(driver).some(line => line.includes('by process, peer address')));
	driver.press(keys.home);
	t.is(driver.state().view?.selected?.id, -300);
	t.true(driver.engine.query().window.frozen, 'rows are frozen because groups can move');
	driver.press(keys.enter);
	t.regex(driver.state().notice ?? '', /^This is a group/v);
	driver.press('i');
	t.regex(driver.state().notice ?? '', /^This is a group/v);
	driver.press('-');
	t.deepEqual(driver.engine.query().groups?.folded, {all: false, except: [-300]});
	driver.press('+').press('*');
	t.deepEqual(driver.engine.query().groups?.folded, {all: true, except: []});
	driver.press(keys.tab);
	t.is(driver.state().groups, undefined, 'the sockets are not grouped');
	driver.press('J');
	t.deepEqual(driver.state().groups?.by, ['process', 'host']);
});

test('in both lists, m sets a mark, M shows only what is new since, and Esc shows all', t => {
	const driver = start().press('d').press(keys.tab);
	t.is(driver.state().mark?.shown, 'difference');
	t.true(linesOf(driver).some(line => /journal .*new since \d\d:\d\d:\d\d/v.test(line)), 'entries do not change, so the difference shows new ones');
	t.deepEqual(shownIds(driver.state()), []);
	t.true(linesOf(driver).some(line => line.includes('Nothing has opened or closed since the mark – M shows all')));
	driver.press('e');
	t.true(linesOf(driver).some(line => line.includes('No journal entry matches')), 'the mark may not be the reason for an empty journal');
	driver.press('e').press('M');
	t.is(driver.state().mark?.shown, 'all');
	t.deepEqual(shownIds(driver.state()), [502, 501]);
	driver.press(keys.tab);
	t.false(driver.state().columns.includes('sinceMark'), 'the difference columns are hidden, too');
	driver.press(keys.tab).press('m');
	t.regex(driver.state().notice ?? '', /^Marked \d\d:\d\d:\d\d: \{toggleNew\} shows only what came since$/v);
	driver.press('M');
	t.deepEqual(driver.engine.query().mark, driver.state().mark);
	t.is(driver.state().mark?.shown, 'new');
	driver.press(keys.escape);
	t.is(driver.state().mark?.shown, 'all');
	driver.press(keys.escape);
	t.is(driver.state().mark, undefined);
});

test('c shows all state changes, with the state before and after', t => {
	const driver = start().press(keys.tab).press('c');
	t.deepEqual(driver.engine.query().columns, journalColumns(true));
	t.true(linesOf(driver).some(line => line.includes('Before')));
	driver.press('c');
	t.deepEqual(driver.engine.query().columns, journalColumns(false));
});

test('keys for sockets say that they are disabled in the journal', t => {
	const driver = start().press(keys.tab);
	for (const key of ['d', ' ', 'K', 'v', '\u{1B}[15~']) {
		driver.press(key);
		t.regex(driver.state().notice ?? '', /Not in the journal/v);
		t.is(driver.state().mode, 'journal');
	}
});
