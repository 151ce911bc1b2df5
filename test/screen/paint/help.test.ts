import test from 'ava';
import {textWidth} from '../../../source/text/width.js';
import {scrollHelp, helpColumns, helpHeight} from '../../../source/screen/paint/help.js';
import {helpContents} from '../../../source/screen/paint/help-tables.js';
import type {State} from '../../../source/screen/state/state.js';
import {drive} from '../drive.js';

const texts = (tables: ReturnType<typeof helpContents>[number]): readonly string[] => tables.flatMap(({headings, rows}) => [headings, ...rows]).map(cells => cells.join(' '));

const opened = (keys: string, columns = 120, rows = 30): State => {
	const driver = drive({columns, rows});
	for (const key of [...keys, '?']) {
		driver.press(key);
	}

	return driver.state();
};

test('the keys of the current mode come first, those of other modes last', t => {
	const [here, beside] = helpContents(opened(''));
	t.is(here[0]?.headings[0], 'Narrow');
	t.true(texts(here).some(text => text.includes('Filter: hide rows')));
	t.false(texts(here).some(text => text.includes('In the journal:')));
	t.is(beside[0]?.headings[1], 'Marks and colours');
	t.true(texts(beside).some(text => text.includes('In the journal: go to the row')));
	const [inJournal, besideJournal] = helpContents(opened('J'));
	t.true(texts(inJournal).some(text => text.includes('In the journal: go to the row')));
	t.true(texts(besideJournal).some(text => text.includes('Tag or untag the row')));
});

test('every binding is in the help', t => {
	for (const keys of ['', 'J']) {
		const state = opened(keys);
		const shown = texts(helpContents(state).flat());
		for (const {description} of state.keyTable.bindings) {
			t.true(shown.some(text => text.includes(description)), description);
		}
	}
});

test('there are three lines for users of htop', t => {
	const [, beside] = helpContents(opened(''));
	t.is(beside.find(({headings}) => headings[0] === 'htop')?.rows.length, 3);
});

test('two columns from 80 columns on, and no line is wider than its column', t => {
	for (const columns of [40, 60, 79, 80, 100, 120, 200, 300]) {
		const shown = helpColumns(opened('', columns));
		t.is(shown.length, columns < 80 ? 1 : 2);
		for (const {width, tables} of shown) {
			for (const {headings, rows} of tables) {
				const widest = headings.map((_, index) => Math.max(...[headings, ...rows].map(cells => textWidth(cells[index] ?? ''))));
				t.true(widest.reduce((total, each) => total + each + 2, 0) <= width, `${headings[0]} in ${columns} columns`);
			}
		}
	}
});

test('/ shows only the rows that contain the text; Esc shows all again, then closes the help', t => {
	const driver = drive();
	driver.press('?');
	const whole = helpHeight(driver.state());
	driver.press('/').press('tree');
	t.is(driver.state().mode, 'helpSearch');
	const found = texts(helpContents(driver.state()).flat());
	t.true(found.some(text => text.includes('Tree: connections under the listeners')));
	t.false(found.some(text => text.includes('Filter: hide rows')));
	t.true(helpHeight(driver.state()) < whole);
	driver.press('\r');
	t.is(driver.state().mode, 'help');
	t.is(driver.state().helpSearch, 'tree');
	driver.press('\u{1B}');
	t.is(driver.state().mode, 'help');
	t.is(helpHeight(driver.state()), whole);
	driver.press('\u{1B}');
	t.is(driver.state().mode, 'table');
});

test('a search without a match says so', t => {
	const driver = drive();
	driver.press('?').press('/').press('quixotic');
	const [column] = helpColumns(driver.state());
	t.deepEqual(column?.tables.map(({headings}) => headings), [['Nothing in the help contains this text']]);
});

test('the help scrolls to its last line and no further', t => {
	const state = opened('');
	const end = scrollHelp(state, 10_000);
	t.is(end.helpOffset, helpHeight(state) - 28);
	t.is(scrollHelp(end, -10_000).helpOffset, 0);
});
