import test from 'ava';
import {createDoubleClicks} from '../../../source/screen/terminal/double-clicks.js';
import {footerSegments} from '../../../source/screen/paint/footer.js';
import {paintFrame} from '../../../source/screen/paint/frame.js';
import type {InputEvent} from '../../../source/screen/terminal/input.js';
import type {State} from '../../../source/screen/state/state.js';
import {targetAt} from '../../../source/screen/update/target.js';
import {createTheme} from '../../../source/screen/look/theme.js';
import {drive, shownIds, type Driver} from '../drive.js';
import {makeSocket, makeSockets} from '../fake-engine.js';

const theme = createTheme('none');

/** The screen as plain lines. */
const linesOf = (state: State): readonly string[] => paintFrame(state, {theme});

/** The position of a text on the screen. */
const find = (state: State, text: string): {readonly column: number; readonly row: number} => {
	const lines = linesOf(state);
	const row = lines.findIndex(line => line.includes(text));
	return {column: lines[row].indexOf(text), row};
};

const clickOn = (driver: Driver, text: string, isDouble = false): Driver => {
	const {column, row} = find(driver.state(), text);
	return driver.click(column, row, isDouble);
};

const wheelUp = '\u{1B}[<64;10;10M';
const wheelDown = '\u{1B}[<65;10;10M';

for (const [columns, rows] of [[60, 16], [100, 30], [200, 50]] as const) {
	test(`a click finds what is drawn at its position, at ${columns}×${rows}`, t => {
		const state = drive({columns, rows}).state();
		for (const [row, line] of linesOf(state).entries()) {
			for (let column = 0; column < columns; column++) {
				const target = targetAt(state, column, row);
				t.is(target?.kind === 'row' ? `nginx/${target.row.id}` : undefined, /nginx\/\d+/v.exec(line)?.[0], `${column}, ${row}`);
			}
		}
	});

	test(`each heading and each key at ${columns}×${rows} is found under its first and its last letter`, t => {
		const state = drive({columns, rows}).state();
		const lines = linesOf(state);
		const headings = lines.findIndex(line => line.includes('Local'));
		for (const [title, field] of [['Local', 'local'], ['Peer', 'peer'], ['Process', 'process']] as const) {
			// What has no room is counted in the place of the last letters.
			const at = lines[headings].indexOf(title.slice(0, 3));
			for (const column of [at, at + 2]) {
				t.like(targetAt(state, column, headings), {kind: 'heading', field});
			}
		}

		const footer = footerSegments(state, theme).map(({text}) => text).join('');
		for (const [word, command] of [['F1 Help', 'help'], ['Tab Journal', 'toggleJournal'], ['F4 Filter', 'openFilter']] as const) {
			const at = footer.indexOf(word);
			for (const column of [at, at + word.length - 1]) {
				t.like(targetAt(state, column, rows - 1), {kind: 'key', binding: {command}});
			}
		}
	});
}

test('there are no targets outside of the screen', t => {
	const state = drive({sockets: makeSockets(3)}).state();
	for (const [column, row] of [[0, 0], [5, 28], [10, 5000], [99, 29], [5000, 0]] as const) {
		t.is(targetAt(state, column, row), undefined, `${column}, ${row}`);
	}

	t.is(targetAt({...state, size: {columns: 10, rows: 5}}, 0, 4), undefined);
});

test('a click selects the socket, in any line', t => {
	const driver = drive();
	clickOn(driver, 'nginx/7');
	t.is(driver.state().view?.selected?.id, 7);
	clickOn(driver, 'nginx/12');
	t.is(driver.state().view?.selected?.id, 12);
});

test('a click before the answer to the previous click is not lost', t => {
	const driver = drive();
	const places = [7, 12].map(id => find(driver.state(), `nginx/${id}`));
	driver.type(places.map(({column, row}) => `\u{1B}[<0;${column + 1};${row + 1}M\u{1B}[<0;${column + 1};${row + 1}m`).join(''));
	driver.press('');
	t.is(driver.state().view?.selected?.id, 12);
});

test('a click on a heading sorts, another one reverses the order', t => {
	const driver = drive();
	clickOn(driver, 'State');
	t.like(driver.state().sort, {field: 'state'});
	const {descending} = driver.state().sort;
	clickOn(driver, 'State');
	t.like(driver.state().sort, {field: 'state', descending: !descending});
});

test('the wheel scrolls the list and the cursor, within the list', t => {
	const driver = drive();
	driver.press('j');
	t.is(shownIds(driver.state())[0], 1);
	driver.press(wheelDown);
	t.is(shownIds(driver.state())[0], 4);
	t.is(driver.state().view?.selected?.id, 4);
	driver.press(wheelDown.repeat(3));
	t.is(shownIds(driver.state())[0], 13);
	t.is(driver.state().view?.selected?.id, 13);
	driver.press(wheelUp);
	t.is(shownIds(driver.state())[0], 10);
	driver.press(wheelUp.repeat(50));
	t.is(shownIds(driver.state())[0], 1);
	t.is(driver.state().view?.selected?.id, 1);
	driver.press(wheelDown.repeat(500));
	t.is(driver.state().view?.selected?.id, 100);
	t.is(shownIds(driver.state()).at(-1), 100);
});

test('the wheel scrolls without a cursor and in the help', t => {
	const driver = drive();
	driver.press(wheelDown);
	t.is(shownIds(driver.state())[0], 4);
	driver.press('?').press(wheelDown);
	t.is(driver.state().helpOffset, 3);
	driver.press(wheelUp);
	t.is(driver.state().helpOffset, 0);
});

test('a click on a key in the footer runs its command', t => {
	const driver = drive();
	clickOn(driver, 'F1 Help');
	t.is(driver.state().mode, 'help');
	driver.click(1, 29);
	t.is(driver.state().mode, 'table', 'the footer of the help');
	clickOn(driver, 'F4 Filter');
	t.is(driver.state().mode, 'filter');
	clickOn(driver, 'Esc Restore');
	t.is(driver.state().mode, 'table');
	clickOn(driver, '0-9 Port');
	t.is(driver.state().port, undefined);
	t.regex(driver.state().notice ?? '', /0-9/v);
});

test('a click in a menu accepts the entry, a click beside it closes the menu', t => {
	const driver = drive();
	driver.press('\u{1B}[17~');
	clickOn(driver, ' Send-Q');
	t.like(driver.state(), {mode: 'table', sort: {field: 'sendQ'}});
	driver.press('f');
	clickOn(driver, '[x] UDP');
	t.deepEqual(driver.state().classes.protocols, ['tcp']);
	t.is(driver.state().mode, 'families');
	driver.click(2, 4);
	t.is(driver.state().mode, 'families', 'the heading of the menu lies over that of a column');
	driver.click(2, 28);
	t.is(driver.state().mode, 'table', 'below the last entry there are rows');
	t.not(driver.state().view?.selected, undefined);
	driver.press('gf');
	clickOn(driver, 'nginx/3');
	t.is(driver.state().mode, 'table');
	t.is(driver.state().view?.selected?.id, 3);
});

test('a double click folds or unfolds a group', t => {
	const head = {
		...makeSocket(-300), values: {protocol: 'tcp', process: 'nginx/0'}, group: {
			label: 'the group', isFolded: false, sockets: 2, waiting: 0,
		},
	};
	const driver = drive({sockets: [head, makeSocket(1)], query: {groups: {by: ['port'], folded: {all: false, except: []}}}});
	clickOn(driver, 'the group');
	clickOn(driver, 'the group', true);
	t.deepEqual(driver.state().groups?.folded.except, [-300]);
});

test('a double click on a socket leaves it selected', t => {
	const driver = drive();
	clickOn(driver, 'nginx/7');
	clickOn(driver, 'nginx/7', true);
	t.is(driver.state().view?.selected?.id, 7);
});

test('a double click on a journal entry inspects its socket', t => {
	const driver = drive();
	driver.engine.sample({entries: [{...makeSocket(501, {process: 'cron/9'}), socket: 7}, makeSocket(502)]});
	driver.press('\t');
	clickOn(driver, 'cron/9');
	clickOn(driver, 'cron/9', true);
	t.is(driver.state().mode, 'inspector');
	t.is(driver.state().inspector?.id, 7);
});

test('two quick presses at one position are a double click, a third one starts over', t => {
	let time = 1000;
	const mark = createDoubleClicks(() => time);
	const isDoublePress = (column: number, after: number): boolean => {
		time += after;
		const event = mark({
			type: 'mouse', action: 'press', column, row: 5,
		});
		return event.type === 'mouse' && event.isDouble === true;
	};

	t.false(isDoublePress(3, 0));
	t.true(isDoublePress(3, 200));
	t.false(isDoublePress(3, 200));
	t.true(isDoublePress(3, 200));
	t.false(isDoublePress(3, 1000));
	t.false(isDoublePress(3, 500));
	t.false(isDoublePress(4, 100));
	const key: InputEvent = {type: 'key', name: 'j'};
	t.is(mark(key), key);
	t.false(isDoublePress(4, 100));
});
