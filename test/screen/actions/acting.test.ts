import test from 'ava';
import type {Targets} from '../../../source/contract/acting.js';
import {paintFrame} from '../../../source/screen/paint/frame.js';
import {dialogLines} from '../../../source/screen/paint/dialog.js';
import {layoutOf} from '../../../source/screen/state/layout.js';
import {reduce} from '../../../source/screen/update/reduce.js';
import type {State} from '../../../source/screen/state/state.js';
import {createTheme} from '../../../source/screen/look/theme.js';
import {ssFacts} from '../../helpers/source-facts.js';
import {drive, type Driver} from '../drive.js';
import {makeSocket, makeSockets} from '../fake-engine.js';
import {keys} from '../open-screen.js';
import type {Acting} from '../../../source/screen/state/acting-slice.js';

const f9 = '\u{1B}[20~';

const targets = (number: number, change: Partial<Targets> = {}): Targets => ({
	number,
	sockets: [{
		id: 1, protocol: 'tcp', state: 'ESTAB', local: '10.0.0.1:443', peer: '192.0.2.1:40001', cookie: '1a2b', owner: 'evil\u{1B}[2J/7',
	}],
	processes: [{
		pid: 7, startTime: 500, name: 'evil\u{1B}[2J', startedAt: 1_700_000_000_000, sockets: 1,
	}],
	gone: 0,
	isShared: false,
	...change,
});

const start = (): Driver => drive({sockets: makeSockets(20)}).press(keys.down);

const answer = (driver: Driver, change: Partial<Targets> = {}): Driver => driver.act({type: 'targets', targets: targets(driver.state().lockRequests, change)});

const actingOf = (driver: Driver): Acting | undefined => driver.state().acting;

const textOf = (state: State): string => dialogLines(state, createTheme('none'), layoutOf(state).table + 1).map(line => line.map(({text}) => text).join('')).join('\n');

test('tags belong to sockets, disappear with them, and T removes all', t => {
	const driver = start().press(' ').press(' ');
	const [first, second] = driver.state().tagged;
	t.not(first, second);
	driver.press('I');
	t.deepEqual(driver.state().tagged, [first, second]);
	t.deepEqual(driver.engine.query().tagged, [first, second]);
	driver.sample(makeSockets(20).filter(({id}) => id !== first));
	t.deepEqual(driver.state().tagged, [second]);
	driver.press('T');
	t.deepEqual(driver.state().tagged, []);
	driver.press('T');
	t.regex(driver.state().notice ?? '', /\{toggleTag\}/v);
});

test('K asks before it closes the socket under the cursor or the tagged ones, and only y confirms', t => {
	const driver = start().press('K');
	t.deepEqual(actingOf(driver)?.ids, [driver.state().view?.selected?.id]);
	t.is(driver.state().mode, 'table', 'no confirmation opens before the engine has locked the targets');
	answer(driver);
	t.is(driver.state().mode, 'confirm');
	const text = textOf(driver.state());
	for (const part of ['tcp ESTAB', '10.0.0.1:443 → 192.0.2.1:40001', 'cookie 1a2b', 'held by evil']) {
		t.true(text.includes(part));
	}

	t.false(text.includes('\u{1B}'));
	driver.act({type: 'resize', size: {columns: 60, rows: 16}});
	t.regex(textOf(driver.state()).replaceAll(/\s+/gv, ' '), /is reset at both ends; its process gets an error and keeps running\./v, 'the text is complete on a narrow terminal, too');
	driver.press(keys.enter);
	t.is(driver.state().mode, 'confirm', 'Enter does nothing');
	for (const key of ['n', keys.escape, 'q']) {
		const refused = answer(start().press('K')).press(key).state();
		t.is(refused.mode, 'table');
		t.is(refused.acting, undefined);
	}

	driver.press('y');
	t.is(driver.state().mode, 'table');
	const {number} = actingOf(driver) ?? {};
	t.deepEqual(actingOf(driver)?.order, {action: 'close', number});
	driver.act({type: 'acted', acted: {number: number ?? 0, outcomes: [{target: 'tcp a → b', isDone: false, message: 'closing sockets needs CAP_NET_ADMIN: run conntop as root'}]}});
	t.is(driver.state().notice, 'tcp a → b: closing sockets needs CAP_NET_ADMIN: run conntop as root');
	t.is(actingOf(driver), undefined);
	t.is(actingOf(start().press(' ').press(' ').press('K'))?.ids.length, 2);
});

test('F9 signals the owner; with several owners, the user chooses', t => {
	const one = answer(start().press(f9));
	t.is(one.state().mode, 'signals');
	one.press(keys.down).press(keys.enter);
	t.true(textOf(one.state()).includes('Send SIGKILL to this process?'));
	t.regex(textOf(one.state()), /evil\S*\/7 {2}pid 7 {2}started 2023-11-1\d \d\d:\d\d:\d\d/v);
	t.false(textOf(one.state()).includes('\u{1B}'));
	one.press('y');
	t.like(actingOf(one)?.order, {action: 'signal', signal: 'SIGKILL', pids: [7]});

	const [process] = targets(0).processes;
	const several = answer(start().press(f9), {isShared: true, processes: [process, {...process, pid: 8}]});
	t.is(several.state().mode, 'owners');
	several.press(keys.enter);
	t.regex(several.state().notice ?? '', /\{toggle\}/v, 'no process is chosen by default');
	several.press(keys.down).press(' ').press(keys.enter).press(keys.enter).press('y');
	t.like(actingOf(several)?.order, {signal: 'SIGTERM', pids: [8]});
});

test('many targets are counted, and the list scrolls to all of them', t => {
	const sockets = Array.from({length: 50}, (_, index) => ({...targets(0).sockets[0], id: index, cookie: `c${index}`}));
	const driver = answer(start().press('K'), {sockets, gone: 2});
	t.regex(textOf(driver.state()), /Close these 50 sockets/v);
	t.regex(textOf(driver.state()), /more: arrow keys scroll/v);
	driver.press(keys.end);
	t.true(textOf(driver.state()).includes('cookie c49'));
	t.true(textOf(driver.state()).includes('2 more have already closed'));
	driver.press('y');
	const outcomes = sockets.map((_, index) => ({target: `t${index}`, isDone: index > 0, message: 'said'}));
	driver.act({type: 'acted', acted: {number: driver.state().lockRequests, outcomes}});
	t.is(driver.state().mode, 'outcomes');
	t.regex(textOf(driver.state()), /49 of 50 done/v);
	t.is(driver.press(keys.escape).state().mode, 'table');
});

test('the confirmation covers the table without moving rows', t => {
	const driver = start();
	const linesOf = (): readonly string[] => paintFrame(driver.state(), {theme: createTheme('none')});
	const before = linesOf();
	answer(driver.press('K'));
	const lines = linesOf();
	t.regex(lines.join('\n'), /Close this socket/v);
	t.deepEqual(lines.slice(16, -1), before.slice(16, -1));
	t.true(lines.slice(16, -1).some(line => line.includes('nginx/15')));
});

test('if all actions succeed, the status line says so, and no list opens', t => {
	const sockets = Array.from({length: 3}, (_, index) => ({...targets(0).sockets[0], id: index}));
	const driver = answer(start().press('K'), {sockets}).press('y');
	driver.act({type: 'acted', acted: {number: driver.state().lockRequests, outcomes: sockets.map(({local}) => ({target: local, isDone: true, message: 'the connection is reset'}))}});
	t.like(driver.state(), {mode: 'table', notice: '3 of 3 done', acting: undefined});
});

test('closed targets are reported, and late answers open nothing', t => {
	const gone = answer(start().press('K'), {sockets: [], gone: 1});
	t.is(gone.state().mode, 'table');
	t.regex(gone.state().notice ?? '', /already closed/v);
	const nobody = answer(start().press(f9), {processes: []});
	t.regex(nobody.state().notice ?? '', /No known process/v);
	const elsewhere = start().press('K').press('?');
	answer(elsewhere);
	t.is(elsewhere.state().mode, 'help');
	const old = start().press('K');
	t.is(reduce(old.state(), {type: 'targets', targets: targets(old.state().lockRequests - 1)}), old.state());
});

test('keys say why they are disabled: read-only, no netlink, no selection, closed socket', t => {
	const pressed = (state: State): string => reduce(state, {type: 'input', event: {type: 'key', name: 'K', text: 'K'}}).notice ?? '';
	const {preferences, view, ...rest} = start().state();
	const state: State = {...rest, preferences, view};
	t.regex(pressed({...state, isReadOnly: true}), /--read-only/v);
	t.regex(pressed({...state, preferences: {...preferences, readOnly: true}}), /preferences/v);
	t.regex(pressed({...state, view: view && {...view, status: {...view.status, source: ssFacts}}}), /netlink/v);
	t.regex(pressed(drive({sockets: makeSockets(3)}).state()), /selected/v);
	t.regex(pressed(drive({sockets: [makeSocket(1, {}, {closed: true})]}).press(keys.down).state()), /already closed/v);
});
