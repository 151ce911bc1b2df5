import test from 'ava';
import {journalColumns} from '../../source/fields/journal.js';
import {queryOf} from '../../source/screen/state.js';
import {drive, shownIds, type Driver} from './drive.js';
import {makeSocket, makeSockets, type FakeSocket} from './fake-engine.js';
import {keys} from './open-screen.js';

const entries: readonly FakeSocket[] = [
	{...makeSocket(501, {time: '14:00:01', event: 'opened'}), socket: 7},
	makeSocket(502, {time: '14:00:02', event: 'closed', local: '10.0.0.1:8080'}),
];

const start = (): Driver => {
	const driver = drive({sockets: makeSockets(20)});
	driver.engine.sample({entries});
	return driver;
};

test('Tab shows the journal, newest first, and the sockets again as they were', t => {
	const driver = start().press(keys.down).press(keys.down).press('<');
	const {columns, sort, cursor} = driver.state();
	driver.press(keys.tab);
	t.is(driver.state().mode, 'journal');
	t.deepEqual(shownIds(driver.state()), [502, 501]);
	t.deepEqual(driver.engine.query().columns, journalColumns);
	t.deepEqual(driver.engine.query().journal, {changes: false});
	t.false(driver.engine.query().window.frozen);
	t.is(driver.state().view?.selected, undefined);
	driver.press(keys.down).press('c').press(keys.tab);
	t.like(driver.state(), {mode: 'table', columns, sort});
	t.deepEqual(driver.state().cursor.request, cursor.request);
	t.is(shownIds(driver.state()).length, 20);
	driver.press('J');
	t.true(driver.state().journal?.changes, 'the journal, too, is as it was left');
});

test('filter, port and search are the same in both', t => {
	const driver = start().press(keys.tab).press('\\nothing-here\r');
	t.is(driver.state().mode, 'journal');
	t.deepEqual(shownIds(driver.state()), []);
	driver.press(keys.tab);
	t.deepEqual(shownIds(driver.state()), []);
	t.is(driver.state().filter, 'nothing-here');
	driver.press(keys.escape).press(keys.tab).press('8080');
	t.is(driver.state().mode, 'port');
	t.deepEqual(shownIds(driver.state()), [502]);
	driver.press('o');
	t.regex(driver.state().notice ?? '', /journal/v, 'ends are of sockets');
	driver.press(keys.enter);
	t.is(driver.state().mode, 'journal');
	driver.press(keys.escape).press('/opened\r');
	t.is(driver.state().view?.found, 1);
});

test('Enter goes from an entry to the row of its socket, J from a row to its entries', t => {
	const driver = start().press(keys.tab).press(keys.down);
	driver.press(keys.enter);
	t.regex(driver.state().notice ?? '', /gone/v, 'the entry on top has no row any more');
	t.is(driver.state().mode, 'journal');
	driver.press(keys.down).press(keys.enter);
	t.is(driver.state().mode, 'table');
	t.is(driver.state().view?.selected?.id, 7);
	driver.press('J');
	t.deepEqual(queryOf(driver.state()).journal, {changes: false, socket: 7});
	driver.press(keys.escape);
	t.deepEqual(queryOf(driver.state()).journal, {changes: false}, 'Esc shows the entries of all');
	driver.press(keys.escape);
	t.is(driver.state().mode, 'journal');
});

test('an answer about the other list is not shown', t => {
	const driver = start();
	driver.type(keys.tab);
	t.deepEqual(driver.state().view?.rows, []);
	// To the last query that it got.
	driver.engine.answer();
	t.deepEqual(driver.state().view?.rows, []);
});
