import test from 'ava';
import {historyNames} from '../../../source/contract/inspected.js';
import {paintFrame} from '../../../source/screen/paint/frame.js';
import {
	linesAbove,
	offsetOf,
	pageOf,
	selectedIndexOf,
	roomOf,
} from '../../../source/screen/inspector/page.js';
import type {Placed} from '../../../source/screen/inspector/place.js';
import {targetAt} from '../../../source/screen/update/target.js';
import {createTheme} from '../../../source/screen/look/theme.js';
import {drive, type Driver} from '../drive.js';
import {makeSocket} from '../fake-engine.js';
import {keys} from '../open-screen.js';

const wheelUp = '\u{1B}[<64;10;10M';
const wheelDown = '\u{1B}[<65;10;10M';

const open = (columns = 100, rows = 30): Driver => drive({
	columns, rows, sockets: [{...makeSocket(5), inspected: {history: Object.fromEntries(historyNames.map(name => [name, [1, 2, 3]]))}}],
}).press(keys.down).press(keys.enter);

const linesOf = (screen: Driver): readonly string[] => paintFrame(screen.state(), {theme: createTheme('none')});

type Sight = {readonly items: readonly Placed[]; readonly chosen: Placed; readonly offset: number; readonly room: number; readonly height: number};

const sightOf = (t: {readonly is: (a: unknown, b: unknown) => boolean}, screen: Driver): Sight => {
	const state = screen.state();
	const page = pageOf(state) ?? {
		items: [], columns: [], height: 0, width: 0, graphHeight: 0,
	};
	const chosen = page.items[selectedIndexOf(page, state)];
	t.is(chosen.item.key, state.inspector?.value === '' ? page.items[0].item.key : state.inspector?.value);
	return {
		items: page.items, chosen, offset: offsetOf(page, state), room: roomOf(state), height: page.height,
	};
};

/** Clicks the first line of a visible value. */
const clickOn = (screen: Driver, placed: Placed | undefined): Driver => {
	const state = screen.state();
	const page = pageOf(state);
	return page === undefined || placed === undefined ? screen : screen.click(placed.column * (page.width + 2) + 5, linesAbove + placed.line - offsetOf(page, state));
};

for (const [columns, rows] of [[40, 8], [60, 16], [100, 30], [200, 50], [300, 100]] as const) {
	test(`on a screen of ${columns}×${rows}, a click finds the value drawn at its position, at every scroll offset`, t => {
		const screen = open(columns, rows);
		const found = new Set<number>();
		for (let turn = 0; turn < 60; turn++) {
			const state = screen.state();
			const {items} = sightOf(t, screen);
			const targets = linesOf(screen).flatMap((line, row) => Array.from({length: Math.ceil(columns / 7)}, (_, step) => ({line, target: targetAt(state, step * 7, row)})));
			for (const {line, target} of targets) {
				const item = target?.kind === 'value' ? items[target.index].item : undefined;
				const hasLabel = item === undefined || item.graph !== undefined || item.isProse === true || line.includes(item.label.trim());
				t.true(hasLabel, `no ${item?.label} in: ${line}`);
				if (target?.kind === 'value') {
					found.add(target.index);
				}
			}

			screen.press(wheelDown);
		}

		t.is(found.size, sightOf(t, screen).items.length, 'every value becomes visible');
	});
}

test('clicks outside of the page select nothing', t => {
	const screen = open(200, 60);
	for (const [column, row] of [[5, 0], [5, 1], [5, 2], [99, 4], [5, 57], [5, 58], [5000, 5], [5, 5000]] as const) {
		t.is(targetAt(screen.state(), column, row), undefined, `${column}, ${row}`);
	}
});

test('a click selects a value, and a second click copies it', t => {
	const screen = open();
	const {items} = sightOf(t, screen);
	clickOn(screen, items[3]);
	t.is(sightOf(t, screen).chosen.item.key, items[3].item.key);
	t.is(screen.state().copied, undefined);
	clickOn(screen, items[3]);
	t.is(screen.state().copied?.text, items[3].item.copy);
	clickOn(screen, items[4]);
	t.is(sightOf(t, screen).chosen.item.key, items[4].item.key);
	t.is(screen.state().copied?.text, items[3].item.copy);
});

test('a click does not scroll, even on the first value of a section whose title is not visible', t => {
	const screen = open(60, 16);
	for (let lines = 0; lines < 60; lines += 3) {
		screen.press(wheelDown);
		const {items, offset, room} = sightOf(t, screen);
		const whole = items.filter(({line, height}) => line >= offset && line + height <= offset + room);
		for (const item of whole) {
			clickOn(screen, item);
			t.is(sightOf(t, screen).offset, offset);
			t.is(sightOf(t, screen).chosen, item);
		}
	}
});

test('a double click copies the value that its first press selected, even if the lines have scrolled', t => {
	// A graph whose first line is the only visible one.
	const cut = ({items, offset, room}: Sight): Placed | undefined => items.find(({item, line}) => item.graph !== undefined && line === offset + room - 1);
	const screens = Array.from({length: 20}, (_, more) => open(160, 24 + more));
	const screen = screens.find(each => cut(sightOf(t, each)) !== undefined) ?? screens[0];
	const graph = cut(sightOf(t, screen));
	const {offset} = sightOf(t, screen);
	const [column, row] = [(graph?.column ?? 0) * 81 + 5, linesAbove + roomOf(screen.state()) - 1];
	screen.click(column, row);
	t.true(sightOf(t, screen).offset > offset);
	screen.click(column, row, true);
	t.is(graph, sightOf(t, screen).chosen);
	t.is(screen.state().copied?.text, graph?.item.copy);
});

test('the wheel scrolls by three lines, and the cursor stays on its value while it is visible', t => {
	const screen = open();
	screen.press('jjjjj');
	const {chosen} = sightOf(t, screen);
	screen.press(wheelDown);
	t.is(sightOf(t, screen).offset, 3);
	t.is(sightOf(t, screen).chosen, chosen);
	screen.press(wheelDown.repeat(2));
	const after = sightOf(t, screen);
	t.is(after.offset, 9);
	t.is(after.items.find(({line}) => line >= 9), after.chosen);
	screen.press(wheelDown.repeat(500));
	t.is(sightOf(t, screen).offset, after.height - after.room);
	screen.press(wheelUp.repeat(500));
	t.is(sightOf(t, screen).offset, 0);
});

test('the wheel reaches both ends of a page whose columns differ in height', t => {
	const screen = open(200, 16);
	const {height, room} = sightOf(t, screen);
	screen.press(wheelDown.repeat(500));
	t.is(sightOf(t, screen).offset, height - room);
	const {chosen, offset} = sightOf(t, screen);
	t.true(chosen.line < offset + room && chosen.line + chosen.height > offset, 'the cursor is visible');
	screen.press(wheelUp.repeat(500));
	t.is(sightOf(t, screen).offset, 0);
});

test('keys and wheel reach every line of a value that is taller than the screen', t => {
	for (const [forth, back] of [[wheelDown, wheelUp], ['j', 'k'], [keys.pageDown, keys.pageUp]] as const) {
		const screen = open(60, 8);
		screen.press('G');
		const {chosen, room} = sightOf(t, screen);
		t.true(chosen.height > room);
		for (const key of [back, forth]) {
			const seen = new Set<number>();
			for (let turn = 0; turn < 2 * chosen.height; turn++) {
				const {offset} = sightOf(t, screen);
				for (let line = 0; line < room; line++) {
					seen.add(offset + line);
				}

				screen.press(key);
			}

			t.true(Array.from({length: chosen.height}, (_, line) => chosen.line + line).every(line => seen.has(line)));
		}

		t.is(sightOf(t, screen.press('g')).offset, 0);
	}
});
