import test from 'ava';
import {drive, type Driver} from '../drive.js';
import {makeSocket, makeSockets} from '../fake-engine.js';
import {keys} from '../open-screen.js';

const sockets = [
	{...makeSocket(1), otherEnd: 3},
	makeSocket(2),
	{...makeSocket(3), otherEnd: 1},
	{...makeSocket(4), otherEnd: 99},
	{...makeSocket(5), otherEnd: 5},
	{...makeSocket(6, {local: '10.0.0.1:80', peer: '10.0.0.2:8080'}), otherEnd: 7},
	{...makeSocket(7, {local: '10.0.0.2:8080', peer: '10.0.0.1:80', state: 'CLOSE-WAIT'}), otherEnd: 6},
];

const open = (): Driver => drive({sockets, query: {sort: {field: 'age', descending: false}}});

const selected = (screen: Driver): number | undefined => screen.state().view?.selected?.id;

test('o moves to the other end of the connection and back', t => {
	const screen = open().press('j');
	t.is(selected(screen), 1);
	t.is(selected(screen.press('o')), 3);
	t.is(selected(screen.press('o')), 1);
	t.is(screen.state().notice, undefined);
});

test('o says why there is no other end', t => {
	const screen = open();
	const noticeAt = (row: number): string => {
		screen.press(keys.home + 'j'.repeat(row - 1)).press('o');
		t.is(selected(screen), row);
		return screen.state().notice ?? '';
	};

	t.regex(screen.press('o').state().notice ?? '', /No row is selected/v);
	t.regex(noticeAt(2), /no socket at the other end/v);
	t.regex(noticeAt(4), /has closed/v);
	t.regex(noticeAt(5), /to itself/v);
	screen.press('e');
	t.regex(noticeAt(6), /the filters hide it/v);
});

test('keys typed in one burst act on the row that the earlier keys selected', t => {
	const screen = open().press('j');
	screen.press('joo');
	t.is(selected(screen), 2);
	t.regex(screen.state().notice ?? '', /no socket at the other end/v);
	t.is(selected(screen.press('jo')), 1);
	t.is(screen.state().notice, undefined);
	t.is(selected(screen.press('ojjjj')), 7);
});

test('o does not move the cursor if no socket has another end', t => {
	const screen = drive({sockets: makeSockets(3)}).press('jo');
	t.is(selected(screen), 1);
});
