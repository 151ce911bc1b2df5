import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import {defaultPreferences, registry} from '../../../source/preferences/preferences.js';
import {builtInViews} from '../../../source/preferences/saved-view.js';
import {whyNeverActing} from '../../../source/screen/actions/acting.js';
import {footerSegments} from '../../../source/screen/paint/footer.js';
import {paintFrame} from '../../../source/screen/paint/frame.js';
import {openNamedView, viewOf} from '../../../source/screen/actions/views.js';
import type {Mode, State} from '../../../source/screen/state/state.js';
import {reduce} from '../../../source/screen/update/reduce.js';
import {itemAtCursor, itemsOf} from '../../../source/screen/setup/items.js';
import {pages, pagesOf} from '../../../source/screen/state/setup-slice.js';
import {createTheme} from '../../../source/screen/look/theme.js';
import {drive, type Driver, type DriverOptions} from '../drive.js';
import {makeSockets} from '../fake-engine.js';
import {keys} from '../open-screen.js';
import {areNamesShown, isReaderShown} from '../../../source/screen/state/choice-slice.js';

const f2 = '\u{1B}OQ';
const del = '\u{1B}[3~';

const open = (options: DriverOptions = {}): Driver => drive(options).press(f2);

/** Opens a page and puts the cursor on an item. */
const at = (title: string, page: (typeof pages)[number]['id']): Driver => {
	const screen = open();
	screen.press(keys.right.repeat(pages.findIndex(({id}) => id === page)));
	const place = itemsOf(screen.state()).findIndex(item => item.title === title);
	return screen.press(keys.down.repeat(place));
};

const linesOf = (screen: Driver, level: Parameters<typeof createTheme>[0] = 'colours'): readonly string[] =>
	paintFrame(screen.state(), {theme: createTheme(level)}).map(line => stripVTControlCharacters(line));

test('a number changes in steps, within its bounds', t => {
	const screen = at('Interval', 'times');
	t.is(screen.press('-').state().preferences.interval, 0.9);
	t.is(screen.press('-'.repeat(20)).state().preferences.interval, 0.1);
	t.is(screen.press('+++').state().preferences.interval, 0.4);
	t.is(screen.press(del).state().preferences.interval, 1);
});

test('a number can be typed; an invalid one is rejected with a hint', t => {
	const screen = at('Interval', 'times').press(keys.enter);
	t.is(screen.state().mode, 'setupLine');
	screen.press('\u{15}0\r');
	t.is(screen.state().notice, 'interval takes seconds from 0.1 to 3600; got 0');
	screen.press('\u{15}2.5\r');
	t.is(screen.state().mode, 'setup');
	t.is(screen.state().preferences.interval, 2.5);
});

test('a choice cycles through its values, a switch toggles', t => {
	const screen = at('Theme', 'look');
	t.is(screen.press(' ').state().preferences.theme, 'dark');
	t.is(screen.press('--').state().preferences.theme, 'monochrome');
	const mouse = at('Mouse', 'behaviour');
	t.false(mouse.press(' ').state().preferences.mouse);
	t.true(mouse.press(' ').state().preferences.mouse);
});

test('columns are shown, hidden and moved in the table at once', t => {
	const screen = open();
	screen.press(`${keys.down.repeat(2)}]`);
	t.deepEqual(screen.state().columns.slice(0, 3), [defaultPreferences.columns[0], defaultPreferences.columns[2], 'state']);
	screen.press(' ');
	t.false(screen.state().columns.includes('state'));
	t.is(itemAtCursor(screen.state())?.title, '[ ] State');
	screen.press(' ');
	t.is(screen.state().columns.at(-1), 'state');
	t.deepEqual(screen.state().preferences.columns, screen.state().columns);
});

test('the last column cannot be removed', t => {
	const screen = drive({query: {columns: ['local']}}).press(`${f2}${keys.down} `);
	t.deepEqual(screen.state().columns, ['local']);
	t.is(screen.state().notice, 'The list needs at least one entry');
});

test('the title of the open page is always visible', t => {
	const screen = open({columns: 40, rows: 10});
	const titles = (): string => linesOf(screen).find(line => /Keys|Columns/v.test(line)) ?? '';
	t.regex(titles(), /^Columns Meters Look Times Behaviour Key…$/v);
	screen.press(keys.right.repeat(pages.findIndex(({id}) => id === 'views')));
	t.regex(titles(), /^Meters Look Times Behaviour Keys Views *$/v);
});

test('a meaning is beside its item if there is room, otherwise only below', t => {
	const line = (columns: number, title: string): string => linesOf(open({columns, rows: 24})).find(shown => shown.includes(title)) ?? '';
	t.regex(line(80, '[x] Recv-Q'), /^ \[x\] Recv-Q +recvQ +Bytes received that the process …$/v);
	t.regex(line(60, '[x] Recv-Q'), /^ \[x\] Recv-Q +recvQ *$/v);
});

test('typed text searches names and meanings; Esc clears it first', t => {
	const screen = open().press('rtt');
	t.true(itemsOf(screen.state()).length > 1);
	t.true(itemsOf(screen.state()).every(({title, value, meaning}) => `${title} ${value} ${meaning}`.toLowerCase().includes('rtt')));
	screen.press('q');
	t.is(screen.state().setup.find, 'rttq');
	screen.press(keys.backspace).press(keys.escape);
	t.is(screen.state().setup.find, '');
	t.is(screen.state().mode, 'setup');
	screen.press('q');
	t.is(screen.state().mode, 'table');
});

test('Space is a character while searching, and is shown as a key only otherwise', t => {
	const screen = open();
	const foot = (): string => footerSegments(screen.state(), createTheme('none')).map(({text}) => text).join('');
	t.regex(foot(), /Space Next/v);
	const {columns} = screen.state();
	screen.press('rtt ');
	t.is(screen.state().setup.find, 'rtt ');
	t.true(itemsOf(screen.state()).length > 1, 'a blank at the end hides nothing');
	t.notRegex(foot(), /Space Next/v);
	screen.press('variance least');
	t.is(itemsOf(screen.state()).length, 0, 'all words must be there');
	screen.press(keys.backspace.repeat('variance least'.length)).press('smallest').press('-');
	t.is(screen.state().setup.find, 'rtt smallest-');
	t.deepEqual(screen.state().columns, columns, 'nothing is switched');
	screen.press(keys.escape).press(`${keys.down} `);
	t.notDeepEqual(screen.state().columns, columns);
});

test('at 60x16, meanings are shown in full, or end with …', t => {
	const shown = (columns: number): string => {
		const screen = drive({columns, rows: 16}).press(f2).press(keys.right.repeat(pages.findIndex(({id}) => id === 'behaviour')));
		return paintFrame(screen.state(), {theme: createTheme('none')}).slice(-4, -1).map(line => line.trim()).join(' ');
	};

	t.true(shown(60).endsWith(registry.mouse.meaning), shown(60));
	t.regex(shown(40), /^A click selects.*\u{2026}$/v);
});

test('pasted text searches like typed text', t => {
	t.is(open().press('\u{1B}[200~rtt ms\u{1B}[201~').state().setup.find, 'rtt ms');
});

test('closing the setup saves the changes, if there are any', t => {
	const screen = open().press(keys.escape);
	t.is(screen.state().saving.number, 0);
	screen.press(f2).press(`${keys.right}${keys.right} `).press(keys.escape);
	t.deepEqual(screen.state().saving, {number: 1, changes: [{kind: 'preference', id: 'theme', value: 'dark'}]});
});

test('quitting from the setup saves, too', t => {
	const screen = open().press(`${keys.right}${keys.right} `).press('\u{3}');
	t.is(screen.state().saving.number, 1);
	t.is(screen.state().outcome?.exitCode, 0);
});

test('a command gets another key, an additional one, and its default again', t => {
	const screen = at('open-filter', 'keys').press(`${keys.enter}F`);
	const filterKeys = (): readonly string[] | undefined => screen.state().keyTable.changes.get('openFilter');
	t.deepEqual(filterKeys(), ['F']);
	screen.press('+').press('\u{6}');
	t.deepEqual(filterKeys(), ['F', 'ctrl+f']);
	screen.press('+').press('l');
	t.is(screen.state().notice, 'l is already bound to toggle-listening (list, journal); open-filter cannot use it');
	t.deepEqual(filterKeys(), ['F', 'ctrl+f']);
	screen.press(del);
	t.is(filterKeys(), undefined);
	screen.press(keys.enter).press(keys.escape);
	t.is(screen.state().mode, 'setup');
});

for (const [columns, rows] of [[60, 16], [40, 8], [100, 30], [300, 100]] as const) {
	test(`all pages fit ${columns}×${rows}, with the item under the cursor in sight`, t => {
		const screen = open({columns, rows});
		for (const page of pagesOf([])) {
			t.is(screen.state().setup.page, page.id);
			screen.press(keys.end);
			for (const level of ['colours', 'none'] as const) {
				const lines = linesOf(screen, level);
				t.is(lines.length, rows);
				t.true(lines.every(line => line.length <= columns));
				const item = itemAtCursor(screen.state());
				t.true(item === undefined || lines.some(line => line.includes(item.title.slice(0, 12))), page.id);
			}

			screen.press(keys.right);
		}
	});
}

test('the table is shown below the setup only if there is room', t => {
	t.true(linesOf(open({rows: 40})).some(line => line.includes('Recv-Q ')));
	t.true(linesOf(open({rows: 40})).some(line => line.includes('ESTAB')));
	t.false(linesOf(open({rows: 16})).some(line => / tcp +/v.test(line)));
});

test('a view saves the current query, and opening it restores it', t => {
	const screen = drive().press('\\nginx\r').press('le443\r').press('I');
	const view = viewOf(screen.state());
	t.is(view.filter, '(nginx) port 443');
	t.is(view.state, 'established');
	screen.press('V').press('\u{15}web\r');
	t.deepEqual(screen.state().saving.changes, [{kind: 'view', name: 'web', view}]);
	const other = openNamedView(screen.state(), 'all');
	t.is(other.filter, '');
	t.is(other.port, undefined);
	t.deepEqual(viewOf(openNamedView(other, 'web')), view);
});

test('a saved view can be deleted; a built-in view stays or is restored', t => {
	const screen = drive().press('V').press('listening\r');
	t.not(screen.state().savedViews.get('listening'), builtInViews.get('listening'));
	screen.press('v').press(del);
	t.is(screen.state().savedViews.get('listening'), builtInViews.get('listening'));
	screen.press(del);
	t.is(screen.state().notice, 'listening is built in and cannot be deleted');
});

test('a view needs a name', t => {
	const screen = drive().press('V').press('  \r');
	t.is(screen.state().mode satisfies Mode, 'viewName');
	t.regex(screen.state().notice ?? '', /needs a name/v);
});

test('every built-in view opens and saves as the same view', t => {
	const {state} = drive();
	for (const name of builtInViews.keys()) {
		const opened = openNamedView(state(), name);
		t.deepEqual(viewOf(openNamedView({...opened, savedViews: new Map([['x', viewOf(opened)]])}, 'x')), viewOf(opened), name);
	}
});

test('an order is chosen from the fields, reversed, stepped through the columns, or typed if it has several fields', t => {
	const screen = at('Order', 'columns').press(keys.enter);
	t.is(screen.state().mode, 'setup');
	t.is(itemAtCursor(screen.state())?.title, '(*) Several fields');
	screen.press(`rtt${keys.enter}`);
	t.is(screen.state().preferences.sort, 'rtt');
	t.deepEqual(screen.state().sort, {field: 'rtt', descending: true});
	t.is(itemAtCursor(screen.state())?.title, 'Order');
	screen.press(`${keys.enter}${keys.enter}`);
	t.is(screen.state().preferences.sort, 'rtt:asc');
	screen.press('+');
	t.is(screen.state().preferences.sort, screen.state().columns[screen.state().columns.indexOf('rtt') + 1]);
	screen.press('-');
	t.is(screen.state().preferences.sort, 'rtt');
	screen.press(`${keys.enter}several${keys.enter}`);
	t.is(screen.state().mode, 'setupLine');
	screen.press('\u{15}state,bogus\r');
	t.regex(screen.state().notice ?? '', /bogus/v);
	screen.press('\u{15}state,rtt\r');
	t.deepEqual(screen.state().sort, {field: 'state', descending: false, finer: {field: 'rtt', descending: true}});
	t.is(itemAtCursor(screen.state())?.title, 'Order');
	screen.press(keys.enter);
	t.is(itemAtCursor(screen.state())?.title, '(*) Several fields');
	screen.press(keys.escape);
	t.is(screen.state().mode, 'setup');
	screen.press(keys.escape);
	t.deepEqual(screen.state().saving.changes, [{kind: 'preference', id: 'sort', value: 'state,rtt'}]);
});

test('a choice opens as a list at its current value; Esc keeps it, Del restores the default', t => {
	const screen = at('New sockets', 'look').press(keys.enter);
	t.is(itemAtCursor(screen.state())?.title, '(*) theme');
	screen.press(keys.down).press(keys.enter);
	t.is(screen.state().preferences.openedColour, 'green');
	t.is(itemAtCursor(screen.state())?.title, 'New sockets');
	screen.press(keys.enter).press(keys.end).press(keys.escape);
	t.is(screen.state().preferences.openedColour, 'green');
	screen.press(keys.enter).press(del);
	t.is(screen.state().preferences.openedColour, 'theme');
	screen.press(keys.right);
	t.is(screen.state().setup.page, 'times');
	t.is(itemAtCursor(screen.state())?.title, 'Interval');
});

test('n switches names temporarily, the setup permanently', t => {
	const screen = drive();
	screen.press('n');
	t.true(areNamesShown(screen.state()));
	screen.press(f2).press(keys.escape);
	t.is(screen.state().saving.number, 0);
	screen.press(f2).press(keys.right.repeat(4)).press(`names${keys.enter}`);
	t.true(areNamesShown(screen.state()), 'what the setup says counts, not the opposite of it');
	screen.press(keys.escape).press(keys.escape);
	t.deepEqual(screen.state().saving.changes, [{kind: 'preference', id: 'names', value: true}]);
});

test('read-only applies at once and can be undone, but not if conntop was started with --read-only', t => {
	const screen = drive({sockets: makeSockets(3)}).press(keys.down);
	const whyNot = (): string | undefined => whyNeverActing(screen.state());
	const toggle = (): Driver => screen.press(f2).press(keys.right.repeat(4)).press(`only${keys.enter}`).press(keys.escape).press(keys.escape);
	toggle();
	t.regex(whyNot() ?? '', /preferences/v);
	screen.press('K');
	t.is(screen.state().lockRequests, 0);
	toggle();
	t.is(whyNot(), undefined);
	const started: State = {...at('Read only', 'behaviour').state(), isReadOnly: true};
	const after = reduce(started, {type: 'input', event: {type: 'key', name: 'space', text: ' '}});
	t.false(after.preferences.readOnly);
	t.regex(after.notice ?? '', /started with --read-only/v);
	t.is(itemAtCursor(started)?.value, '[x] --read-only');
});

test('the preference for screen readers applies at once, also after a temporary switch', t => {
	const screen = at('Screen reader', 'behaviour');
	t.is(itemAtCursor(screen.state())?.value, '[ ]');
	t.true(isReaderShown(screen.press(' ').state()));
	t.is(itemAtCursor(screen.state())?.value, '[x]');
	t.false(isReaderShown(screen.press(' ').state()));
	const turned = open();
	turned.press(keys.escape).press('L').press(f2).press(keys.right.repeat(pages.findIndex(({id}) => id === 'behaviour')));
	turned.press(keys.down.repeat(itemsOf(turned.state()).findIndex(item => item.title === 'Screen reader')));
	t.true(isReaderShown(turned.state()));
	t.true(isReaderShown(turned.press(' ').state()));
	t.false(isReaderShown(turned.press(' ').state()));
});

test('errors in the settings have a page that lists all of them', t => {
	const complaints = Array.from({length: 30}, (_, index) => `config.toml, line ${index + 1}: mouse takes true or false; got "no: ${index}"`);
	const screen = drive({rows: 16, columns: 60, complaints}).press(f2);
	t.true(linesOf(screen).some(line => line.includes('30 mistakes in the settings, on the last page')));
	screen.press(keys.left);
	t.is(screen.state().setup.page, 'mistakes');
	screen.press(keys.end);
	t.true(linesOf(screen).some(line => line.includes('config.toml, line 30')));
	t.regex(linesOf(screen).join(' '), /got "no:\s+29"/v);
	screen.press(keys.enter).press(' ').press('+').press(del);
	t.is(screen.state().setup.page, 'mistakes');
	screen.press(keys.right);
	t.is(screen.state().setup.page, 'columns');
});
