import test from 'ava';
import {builtInViews} from '../../../source/preferences/saved-view.js';
import {overview, speak} from '../../../source/screen/renderers/lines/speech.js';
import {openNamedView, viewOf} from '../../../source/screen/actions/views.js';
import {setPreference} from '../../../source/screen/setup/setting.js';
import {createTheme} from '../../../source/screen/look/theme.js';
import {paintFrame} from '../../../source/screen/paint/frame.js';
import {queryOf} from '../../../source/screen/state/query-of.js';
import {tableFit} from '../../../source/screen/state/table-fit.js';
import {drive, type Driver} from '../drive.js';
import {webScene} from '../web-scene.js';

const textOf = (driver: Driver): string => paintFrame(driver.state(), {theme: createTheme('none')}).join('\n');

const isAsked = (driver: Driver): boolean => driver.engine.query().connections === true;

test('O switches between one row per connection and one row per socket, in the list and in the journal', t => {
	const driver = drive();
	t.false(isAsked(driver));
	t.true(isAsked(driver.press('O')));
	t.true(textOf(driver).includes('[one row per connection]'));
	driver.press('\t');
	t.true(isAsked(driver));
	t.true(textOf(driver).includes('[one row per connection]'));
	t.false(isAsked(driver.press('O')));
	t.false(textOf(driver).includes('one row per connection'));
});

test('the header counts sockets and rows', t => {
	const driver = drive({columns: 100}).press('O');
	t.regex(textOf(driver), /100 sockets in 60 rows/v);
	driver.engine.sample({summary: {states: [], protocols: {tcp: 96, udp: 0}}});
	t.regex(textOf(driver), /96 sockets, 4 closed, in 60 rows/v);
	t.notRegex(textOf(driver.press('O')), /rows/v);
});

test('the preference selects one row per connection, too, and changing it resets what O has switched', t => {
	const state = drive().press('O').state();
	const preferred = setPreference(state, 'connections', true);
	t.true(queryOf(preferred).connections);
	t.is(queryOf(setPreference(preferred, 'connections', false)).connections, undefined);
});

test('a view saves the kind of rows only if O has switched it; otherwise the preference applies', t => {
	const driver = drive();
	t.is(viewOf(driver.state()).rows, 'default');
	const view = viewOf(driver.press('O').state());
	t.is(view.rows, 'connections');
	const state = {...drive().state(), savedViews: new Map([...builtInViews, ['pairs', view]])};
	const opened = openNamedView(state, 'pairs');
	t.true(queryOf(opened).connections);
	t.is(queryOf(openNamedView(opened, 'all')).connections, undefined);
	const preferred = setPreference(state, 'connections', true);
	t.true(queryOf(openNamedView(preferred, 'all')).connections);
	t.is(queryOf(openNamedView({...preferred, savedViews: new Map([['sockets', {...view, rows: 'sockets'}]])}, 'sockets')).connections, undefined);
});

test('the names of both processes get space before the rates do', t => {
	const formAt = (keys: string): number | undefined => tableFit(drive({columns: 80, sockets: webScene}).press(keys).state()).columns.find(({field}) => field.id === 'process')?.form;
	t.is(formAt(''), 2, 'the process of the socket');
	t.is(formAt('O'), 1, 'both names');
});

test('lines for screen readers say that there is one row per connection', t => {
	const driver = drive({sockets: webScene});
	const before = driver.state();
	const after = driver.press('O').state();
	t.true(speak(before, after, () => []).includes('One row per connection'));
	t.true(overview(after)[1].includes('one row per connection'));
	t.false(overview(before)[1].includes('one row per connection'));
});
