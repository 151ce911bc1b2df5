import test from 'ava';
import {readCell} from '../../../source/fields/model/cell.js';
import {compareSlots} from '../../../source/fields/model/order.js';
import {sortKey} from '../../helpers/sort-key.js';
import {formatValue, jsonValue} from '../../../source/fields/model/format.js';
import {shortenPair, shortenProcess} from '../../../source/fields/model/owner-text.js';
import {findField} from '../../../source/fields/registry.js';
import type {Field} from '../../../source/fields/model/field.js';
import {Protocol} from '../../../source/table/columns/protocols.js';
import {State} from '../../../source/table/columns/states.js';
import {createTestContext, type TestContext} from '../../helpers/context.js';

const fieldOf = (id: string): Field => {
	const field = findField(id);
	if (field === undefined) {
		throw new Error(`No field: ${id}`);
	}

	return field;
};

const textOf = (context: TestContext, slot: number, id: string): string => formatValue(fieldOf(id), readCell(fieldOf(id), context, slot));

const postgres = {pid: 900, name: 'postgres', fd: 5};
const helper = {pid: 901, name: 'postgres', fd: 5};
const psql = {pid: 812, name: 'psql', fd: 3};

const addPair = ({add}: TestContext): readonly [number, number] => [
	add({local: ['127.0.0.1', 40_000], peer: ['127.0.0.1', 5432], owners: [psql]}),
	add({local: ['127.0.0.1', 5432], peer: ['127.0.0.1', 40_000], owners: [postgres, helper]}),
];

test('a row names the peer\'s process and socket', t => {
	const context = createTestContext();
	const [client, server] = addPair(context);
	const away = context.add({local: ['10.0.0.5', 40_000], peer: ['192.0.2.1', 443], owners: [psql]});
	t.is(textOf(context, client, 'process'), 'psql/812 ⇄ postgres/900 +1');
	t.is(textOf(context, server, 'process'), 'postgres/900 +1 ⇄ psql/812');
	t.is(textOf(context, away, 'process'), 'psql/812');
	t.is(textOf(context, client, 'peerProcess'), 'postgres/900 +1');
	t.is(textOf(context, client, 'peerCookie'), '2');
	t.is(textOf(context, client, 'ends'), 'both');
	t.deepEqual(jsonValue(fieldOf('peerProcesses'), readCell(fieldOf('peerProcesses'), context, client)), [postgres, helper]);
	for (const id of ['peerProcess', 'peerProcesses', 'peerCookie', 'ends']) {
		t.is(textOf(context, away, id), '');
	}
});

test('an unknown process is left out', t => {
	const context = createTestContext();
	const [ours, theirs] = [['127.0.0.1', 1], ['127.0.0.1', 2]] as const;
	const owned = context.add({local: ours, peer: theirs, owners: [psql]});
	const orphan = context.add({local: theirs, peer: ours});
	t.is(textOf(context, owned, 'process'), 'psql/812');
	t.is(textOf(context, orphan, 'process'), '⇄ psql/812');
	t.is(textOf(context, orphan, 'peerProcess'), 'psql/812');
});

test('a pair of processes is shortened: first the pids are dropped, then the peer\'s process', t => {
	const text = 'psql/812 ⇄ postgres/900 +1';
	const shortened = [26, 25, 15, 14, 8, 7].map(width => shortenPair(text, width));
	t.deepEqual(shortened, [text, 'psql ⇄ postgres', 'psql ⇄ postgres', 'psql/812', 'psql/812', 'psql']);
	t.is(shortenPair('psql/812', 8), 'psql/812');
	t.is(shortenPair('⇄ postgres/900', 10), '⇄ postgres');
	// A name that contains ⇄ is still only a name.
	t.is(shortenPair('a ⇄ b/1', 5), 'a ⇄ b');
});

test('a whole name is preferred to a part of it with the pid', t => {
	const text = 'postgres/900 +12';
	const shortened = [16, 15, 12, 11, 8, 7, 4].map(width => shortenProcess(text, width));
	t.deepEqual(shortened, [text, 'postgres +12', 'postgres +12', 'postgres', 'postgres', 'postgr…', 'pos…']);
	t.is(shortenProcess('systemd-resolve/512', 12), 'systemd…/512');
	// A slash can be part of a name.
	t.is(shortenProcess('kworker/0:1/77', 11), 'kworker/0:1');
	t.is(shortenProcess('kworker/0:1', 8), 'kworker…');
});

test('sorts by the process that holds the peer\'s socket', t => {
	const context = createTestContext();
	const [client, server] = addPair(context);
	const away = context.add({local: ['10.0.0.5', 40_000], peer: ['192.0.2.1', 443]});
	const key = sortKey(fieldOf('peerProcess'));
	t.true(key(context, client) < key(context, server));
	t.is(key(context, away), NaN);
	t.true((compareSlots(fieldOf('peerProcesses'))?.(context, client, server) ?? 0) < 0);
});

test('the name of a UNIX peer comes from the peer\'s row', t => {
	const context = createTestContext();
	const protocol = Protocol.u_str;
	const accepted = context.add({
		protocol, core: {inode: 10, peerInode: 11}, names: {localName: '/run/db'}, owners: [postgres],
	});
	const opened = context.add({protocol, core: {inode: 11, peerInode: 10}, owners: [psql]});
	t.is(textOf(context, opened, 'peer'), '/run/db 10');
	t.is(textOf(context, opened, 'peerAddress'), '/run/db');
	t.is(textOf(context, accepted, 'peer'), '* 11');
	t.is(textOf(context, accepted, 'process'), 'postgres/900 ⇄ psql/812');
	// `ss` reads it from /proc.
	const named = context.add({protocol, core: {inode: 12, peerInode: 10}, names: {peerName: '/told'}});
	t.is(textOf(context, named, 'peer'), '/told 10');
});

test('a listener lists the clients that wait for accept', t => {
	const context = createTestContext();
	const {add} = context;
	const listener = add({
		state: State.listen, local: ['127.0.0.1', 80], peer: ['0.0.0.0', 0], core: {recvQ: 2, inode: 1},
	});
	add({local: ['127.0.0.1', 80], peer: ['127.0.0.1', 5000]});
	add({
		local: ['127.0.0.1', 5000], peer: ['127.0.0.1', 80], core: {inode: 2}, owners: [psql],
	});
	// The client has already closed, and its process has ended.
	add({state: State.closeWait, local: ['127.0.0.1', 80], peer: ['127.0.0.1', 5001]});
	// These do not wait: they are accepted, closed by the server, or of another address.
	add({local: ['127.0.0.1', 80], peer: ['127.0.0.1', 5002], core: {inode: 3}});
	add({state: State.finWait2, local: ['127.0.0.1', 80], peer: ['127.0.0.1', 5003]});
	add({local: ['127.0.0.2', 80], peer: ['127.0.0.1', 5004]});
	t.is(textOf(context, listener, 'pendingClients'), '127.0.0.1:5000 (psql/812), 127.0.0.1:5001');
	const idle = add({
		state: State.listen, local: ['0.0.0.0', 80], peer: ['0.0.0.0', 0], core: {inode: 4},
	});
	t.is(textOf(context, idle, 'pendingClients'), '');
	const all = add({
		state: State.listen, local: ['0.0.0.0', 80], peer: ['0.0.0.0', 0], core: {inode: 5, recvQ: 1},
	});
	t.is(textOf(context, all, 'pendingClients'), '127.0.0.1:5000 (psql/812), 127.0.0.1:5001, 127.0.0.1:5004');
});

test('a UNIX listener lists its pending clients by inode and process', t => {
	const context = createTestContext();
	const {table, add} = context;
	const inodes = Array.from({length: 18}, (_, index) => 100 + index);
	const listener = add({
		protocol: Protocol.u_str, state: State.listen, core: {inode: 1}, optional: {pendingConnections: table.texts.intern(inodes.join(' '))},
	});
	add({protocol: Protocol.u_str, core: {inode: 100}, owners: [psql]});
	const text = textOf(context, listener, 'pendingClients');
	t.true(text.startsWith('100 (psql/812), 101, 102'));
	t.true(text.endsWith(', 115 +2'));
});
