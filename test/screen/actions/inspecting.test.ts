import test from 'ava';
import {inspectedIn} from '../../../source/screen/inspector/page.js';
import type {State} from '../../../source/screen/state/state.js';
import {drive, type Driver, type DriverOptions} from '../drive.js';
import {makeSocket, makeSockets} from '../fake-engine.js';
import {keys} from '../open-screen.js';

/** Opens the inspector for the second socket of the list. */
const open = (options: DriverOptions = {}): Driver => drive({sockets: makeSockets(5), ...options}).press(keys.down + keys.down).press(keys.enter);

const inspected = (screen: Driver): number | undefined => inspectedIn(screen.state())?.id;

const valueOf = ({inspector}: State): string | undefined => inspector?.value;

test('Enter inspects the socket under the cursor; Esc, q and Enter return to it', t => {
	for (const back of [keys.escape, 'q', keys.enter]) {
		const screen = open();
		t.is(screen.state().mode, 'inspector');
		t.is(screen.engine.query().inspect, 2);
		t.is(inspected(screen), 2);
		screen.press(back);
		t.is(screen.state().mode, 'table');
		t.is(screen.engine.query().inspect, undefined);
		t.deepEqual(screen.engine.query().window.cursor, {kind: 'row', id: 2, by: 0});
	}
});

test('Enter waits for the answer that says which row the cursor is on', t => {
	const screen = drive({sockets: makeSockets(5)});
	screen.press(keys.down + keys.down + keys.down + keys.enter);
	t.is(inspected(screen), 3);
});

test('without a selection, Enter says why it does nothing; on a group heading, it folds or unfolds the group', t => {
	t.regex(drive().press(keys.enter).state().notice ?? '', /No row is selected/v);
	const group = {
		label: 'nginx', isFolded: true, sockets: 3, waiting: 0,
	};
	const screen = drive({sockets: [{...makeSocket(-256), group}], query: {groups: {by: ['process'], folded: {all: true, except: []}}}});
	screen.press(keys.down).press(keys.enter);
	t.deepEqual(screen.state().groups?.folded, {all: true, except: [-256]});
	t.is(screen.state().mode, 'table');
});

test('Left and Right move between sockets, within the list, and keep the selected value', t => {
	const screen = open();
	screen.press(keys.tab + keys.down);
	const value = valueOf(screen.state());
	t.is(screen.press(keys.right).state().view?.selected?.id, 3);
	t.is(inspected(screen), 3);
	t.is(inspected(screen.press(']')), 4);
	t.is(inspected(screen.press(keys.left + keys.left)), 2);
	t.is(inspected(screen.press('[[[[[')), 1);
	t.is(valueOf(screen.state()), value);
	t.is(screen.press(keys.escape).state().view?.selected?.id, 1);
});

test('Left and Right skip group headings', t => {
	const group = {
		label: 'nginx', isFolded: false, sockets: 1, waiting: 0,
	};
	const screen = drive({
		sockets: [makeSocket(1, {age: 1}), {...makeSocket(-512, {age: 2}), group}, makeSocket(3, {age: 3})],
		query: {groups: {by: ['process'], folded: {all: false, except: []}}},
	});
	screen.press(keys.down).press(keys.enter).press(keys.right);
	t.is(inspected(screen), 3);
	t.is(inspected(screen.press(keys.left)), 1);
});

test('o moves to the other end and back', t => {
	const screen = open({sockets: makeSockets(5).map(socket => ({...socket, otherEnd: 6 - socket.id}))});
	t.is(inspected(screen.press('o')), 4);
	t.is(inspected(screen.press('o')), 2);
	screen.press(keys.right).press('o');
	t.is(inspected(screen), 3);
	t.regex(screen.state().notice ?? '', /connected to itself/v);
	t.regex(open().press('o').state().notice ?? '', /no socket at the other end/v);
});

test('the cursor moves by value, page and section, and its value stays visible', t => {
	const screen = open({columns: 60, rows: 16});
	t.is(valueOf(screen.press('j').state()), 'here:0:process');
	screen.press(keys.tab);
	t.is(valueOf(screen.state()), 'there:address');
	t.is(valueOf(screen.press(keys.shiftTab).state()), 'here:address');
	screen.press('G');
	const last = screen.state().inspector;
	t.is(last?.value, 'missing');
	t.true((last?.offset ?? 0) > 0);
	screen.press('j');
	t.is(valueOf(screen.state()), 'missing');
	screen.press(keys.pageUp);
	t.true((screen.state().inspector?.offset ?? 0) < (last?.offset ?? 0));
	screen.press('g');
	t.is(screen.state().inspector?.offset, 0);
	t.is(valueOf(screen.press(keys.pageDown).press(keys.pageUp + keys.pageUp).state()), 'here:address');
});

test('y copies the value in full, and says so', t => {
	const screen = open();
	while (valueOf(screen.state()) !== 'field:bytesReceived') {
		screen.press('j');
	}

	screen.press('y');
	t.is(screen.state().copied?.text, '1234567');
	t.is(screen.state().notice, 'Copied Rcvd: 1234567');
	const {copied} = screen.state();
	screen.press('y');
	t.not(screen.state().copied, copied);
	t.is(screen.press('j').state().notice, undefined);
});

test('a sample keeps the cursor on its value; a closed socket stays until the inspector is closed', t => {
	const screen = open();
	screen.press(keys.tab);
	screen.sample(makeSockets(1));
	t.is(valueOf(screen.state()), 'there:address');
	t.is(screen.state().inspector?.id, 2);
	t.true(inspectedIn(screen.state())?.isGone);
});

test('closing the help returns to the inspector', t => {
	const screen = open();
	t.is(screen.press('?').state().mode, 'help');
	t.is(screen.engine.query().inspect, 2);
	t.is(screen.press('?').state().mode, 'inspector');
});

test('i in the journal inspects the socket of the entry, and closing returns to the entry', t => {
	const entries = [{...makeSocket(11, {time: '1'}), socket: 3}, {...makeSocket(12, {time: '2'}), socket: 4}];
	const screen = drive({sockets: makeSockets(5)});
	screen.engine.sample({entries});
	screen.press(keys.tab).press('g').press('i');
	t.is(screen.state().mode, 'inspector');
	const first = inspected(screen);
	t.true(first === 3 || first === 4);
	const entry = screen.state().view?.selected?.id;
	t.is(inspected(screen.press(keys.right)), first === 3 ? 4 : 3);
	screen.press(keys.left).press(keys.escape);
	t.is(screen.state().mode, 'journal');
	t.is(screen.state().view?.selected?.id, entry);
});
