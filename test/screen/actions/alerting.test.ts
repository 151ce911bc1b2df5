import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import type {Alerted} from '../../../source/contract/alert.js';
import {paintFrame} from '../../../source/screen/paint/frame.js';
import {colourLevelOf, createTheme} from '../../../source/screen/look/theme.js';
import {fileFacts} from '../../helpers/source-facts.js';
import {drive, type Driver} from '../drive.js';
import {makeSocket, makeSockets} from '../fake-engine.js';
import {keys} from '../open-screen.js';

const linesOf = (driver: Driver): readonly string[] => paintFrame(driver.state(), {theme: createTheme(colourLevelOf({TERM: 'xterm'}))}).map(line => stripVTControlCharacters(line));

const aboutOf = (driver: Driver): string | undefined => driver.state().alert?.about;

const alerted = (driver: Driver, ids: readonly number[], change: Partial<Alerted> = {}): Driver => driver.act({
	type: 'alerted', alerted: {
		number: driver.state().alertRequests, count: ids.length, ids, newest: {
			protocol: 'tcp', local: '10.0.0.1:443', peer: '192.0.2.7:40000', process: 'nginx/7',
		}, ...change,
	},
});

test('an alert matches what the filters of the list match; without filters, new connections', t => {
	const driver = drive().press('a');
	t.is(aboutOf(driver), 'new ESTAB');
	t.deepEqual(driver.state().alert?.request, {number: 1, filter: '', classes: {protocols: ['tcp'], families: [], states: [1]}});
	driver.press('a');
	t.is(aboutOf(driver), undefined);
	t.is(driver.state().notice, 'Alert off: new ESTAB');
	driver.press('443\r').press('a');
	t.is(aboutOf(driver), 'port 443');
	t.deepEqual(driver.state().alert?.request, {
		number: 2, filter: '', port: {digits: '443', exact: true}, classes: {protocols: ['tcp', 'udp'], families: [], states: []},
	});
	driver.press('a').press('!').press('a');
	t.is(aboutOf(driver), 'problems, port 443');
	t.true(driver.state().alert?.request.classes.problems);
	driver.press('a').press('!').press(keys.escape).press('\\nginx\r').press('e').press('a');
	t.is(aboutOf(driver), 'new ESTAB, nginx');
	t.deepEqual(driver.state().alert?.request.classes.states, [1]);
});

test('an alert does not change when the user changes the list', t => {
	const driver = drive().press('443\r').press('a');
	const {alert} = driver.state();
	driver.press(keys.escape).press('\\other\r').press(keys.tab);
	t.is(driver.state().alert, alert);
	t.true(linesOf(driver).some(line => line.includes(' alert port 443 ')), 'the header shows what the alert matches');
});

test('an alert cannot be armed with an invalid filter, or for a file', t => {
	const driver = drive().press('\\wrong\r');
	driver.press(keys.escape).act({type: 'input', event: {type: 'key', name: 'a', text: 'a'}});
	const wrong = drive({query: {filter: 'wrong'}}).press('a');
	t.is(aboutOf(wrong), undefined);
	t.regex(wrong.state().notice ?? '', /The filter has an error/v);
	const file = drive();
	file.engine.sample({status: {source: fileFacts}});
	file.press('a');
	t.is(aboutOf(file), undefined);
	t.regex(file.state().notice ?? '', /no new sockets can match/v);
});

test('matching rows are marked and counted until the next key', t => {
	const driver = drive({sockets: makeSockets(5)}).press('a');
	alerted(driver, [2, 4]);
	t.like(driver.state().called, {number: 1, count: 2, unseen: 2});
	t.is(driver.state().notice, 'Alert: 2 new: tcp 10.0.0.1:443 192.0.2.7:40000 nginx/7');
	t.true(linesOf(driver).some(line => line.includes(' alert new ESTAB: 2 new ')));
	const marked = (): readonly string[] => linesOf(driver).filter(line => line.startsWith('!')).map(line => /192\.0\.2\.\d+/v.exec(line)?.[0] ?? '');
	t.deepEqual(marked(), ['192.0.2.2', '192.0.2.4']);
	alerted(driver, [5]);
	t.like(driver.state().called, {number: 2, count: 3, unseen: 3});
	t.is(marked().length, 3);
	driver.press(keys.down);
	t.like(driver.state().called, {number: 2, count: 0, unseen: 0});
	t.deepEqual(marked(), []);
});

test('the journal entry of a matching socket is marked', t => {
	const driver = drive({sockets: makeSockets(5)}).press('a');
	driver.engine.sample({entries: [{...makeSocket(501, {event: 'opened'}), about: 77}]});
	driver.press(keys.tab);
	alerted(driver, [77]);
	t.is(linesOf(driver).filter(line => line.startsWith('!')).length, 1);
});

test('focus on the terminal resets the count but keeps the marks', t => {
	const driver = drive({sockets: makeSockets(5)}).press('a');
	alerted(driver, [2]);
	driver.type('\u{1B}[I');
	t.like(driver.state().called, {count: 1, unseen: 0});
	t.is(driver.state().called.ids.size, 1);
	t.truthy(driver.state().notice, 'the notice stays visible');
	alerted(driver, [3]);
	t.like(driver.state().called, {count: 2, unseen: 0});
	driver.type('\u{1B}[O');
	alerted(driver, [4]);
	t.like(driver.state().called, {count: 3, unseen: 1});
});

test('messages about an alert that is no longer armed are ignored', t => {
	const driver = drive().press('a').press('a');
	alerted(driver, [2]);
	t.is(driver.state().called.count, 0);
	driver.press('a');
	alerted(driver, [2], {number: 1});
	t.is(driver.state().called.count, 0);
});

test('foreign text is escaped', t => {
	const driver = drive().press('a');
	alerted(driver, [2], {
		newest: {
			protocol: 'tcp', local: 'x\u{1B}[2J', peer: '', process: 'evil\n/1',
		},
	});
	t.notRegex(driver.state().notice ?? '', /\p{Control}/v);
});
