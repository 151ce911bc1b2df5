/** Problems first: the order, the key, the clicks and the meter. */
import test from 'ava';
import {findField} from '../../source/fields/registry.js';
import {readSort} from '../../source/preferences/sort-text.js';
import {defaultPreferences} from '../../source/preferences/preferences.js';
import {queryOf} from '../../source/screen/state/query-of.js';
import {createTheme} from '../../source/screen/look/theme.js';
import {paintFrame} from '../../source/screen/paint/frame.js';
import {drive, type Driver} from './drive.js';
import {keys} from './open-screen.js';
import {webScene} from './web-scene.js';

const linesOf = (driver: Driver): readonly string[] => paintFrame(driver.state(), {theme: createTheme('none')});

const summary = {
	states: [{state: 'SYN-SENT', count: 2}, {state: 'ESTAB', count: 9}, {state: 'CLOSE-WAIT', count: 1}],
	healthProblems: [{name: 'backlog full', count: 1, isGrave: true}, {name: 'SYN unanswered', count: 2, isGrave: true}, {name: 'not reading', count: 1}],
} as const;

const withSummary = (columns = 100): Driver => {
	const driver = drive({columns, rows: 24, sockets: webScene});
	driver.engine.sample({summary});
	return driver;
};

test('the live view is sorted by problem, then by state', t => {
	t.deepEqual(readSort(defaultPreferences.sort, ''), {field: 'health', descending: false, finer: {field: 'state', descending: false}});
	t.false(findField('health')?.descending);
});

test('! shows only problems or all, and Esc shows all', t => {
	const driver = withSummary();
	driver.press('!');
	t.true(queryOf(driver.state()).classes.problems);
	t.regex(linesOf(driver).join('\n'), /TCP UDP {1,2}\[problems\]/v);
	driver.press('!');
	t.is(queryOf(driver.state()).classes.problems, undefined);
	driver.press('!').press(keys.escape);
	t.is(queryOf(driver.state()).classes.problems, undefined);
});

test('! leaves the journal and the inspector', t => {
	const journal = withSummary().press('\t').press('!');
	t.is(journal.state().journal, undefined);
	t.true(journal.state().classes.problems);
	const inspector = withSummary().press(keys.down + keys.enter);
	t.is(inspector.state().mode, 'inspector');
	inspector.press('!');
	t.is(inspector.state().mode, 'table');
	t.true(inspector.state().classes.problems);
});

test('a click on the problems shows only problems, a click on the count of a state only that state', t => {
	const driver = withSummary();
	const click = (text: string): void => {
		const row = linesOf(driver).findIndex(line => line.includes(text));
		driver.click(linesOf(driver)[row].indexOf(text) + 1, row);
	};

	click('Problems');
	t.true(driver.state().classes.problems);
	click('backlog full 1');
	t.is(driver.state().classes.problems, undefined);
	click('CLOSE-WAIT 1');
	t.deepEqual(driver.state().classes.states, [8]);
	click('CLOSE-WAIT 1');
	t.deepEqual(driver.state().classes.states, []);
	click('Opened');
	t.deepEqual(driver.state().classes.states, []);
});

test('the meter is cut by whole words, the worst ones first', t => {
	const meterAt = (columns: number): string => /Problems.*$/v.exec(linesOf(withSummary(columns))[1])?.[0].trimEnd() ?? '';
	t.is(meterAt(200), 'Problems 4: backlog full 1, SYN unanswered 2, not reading 1');
	t.is(meterAt(80), 'Problems 4: backlog full 1, …');
	t.is(meterAt(50), 'Problems 4');
});
