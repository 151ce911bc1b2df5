import test from 'ava';
import {Protocol} from '../../source/table/columns/protocols.js';
import {State} from '../../source/table/columns/states.js';
import {createJournal} from '../../source/table/journal.js';
import {createTestContext, type TestContext, type TestSocket} from '../helpers/context.js';

type Endpoint = readonly [address: string, port: number];

const server: Endpoint = ['127.0.0.1', 5432];
const client: Endpoint = ['127.0.0.1', 40_000];

const addPair = ({add}: TestContext, a: Endpoint, b: Endpoint, change: TestSocket = {}): readonly [number, number] =>
	[add({local: a, peer: b, ...change}), add({local: b, peer: a, ...change})];

/** The slot whose row stands for both sockets; undefined if they have two rows. */
const rowOf = ({table: {connections}}: TestContext, [a, b]: readonly [number, number]): number | undefined =>
	connections.otherEnd(a) === b && connections.otherEnd(b) === a && connections.isHidden(a) !== connections.isHidden(b) ? (connections.isHidden(a) ? b : a) : undefined;

test('the row of a connection is that of the client: the server\'s port has a listener, or is the lower one', t => {
	const context = createTestContext();
	const byPort = addPair(context, server, client);
	t.is(rowOf(context, byPort), byPort[1]);
	const {add} = context;
	add({state: State.listen, local: ['0.0.0.0', 50_000], peer: ['0.0.0.0', 0]});
	const byListener = addPair(context, ['10.0.0.1', 50_000], ['10.0.0.1', 1024]);
	t.is(rowOf(context, byListener), byListener[1]);
	const same = addPair(context, ['10.0.0.1', 7000], ['10.0.0.2', 7000]);
	t.not(rowOf(context, same), undefined);
	t.is(context.table.connections.hidden, 3);
});

test('a connection to another machine, a listener and a socket that is connected to itself have their own rows', t => {
	const context = createTestContext();
	const {add, table: {connections}} = context;
	const alone = [
		add({local: ['10.0.0.1', 40_000], peer: ['192.0.2.1', 443]}),
		add({state: State.listen, local: ['0.0.0.0', 443], peer: ['0.0.0.0', 0]}),
		add({local: ['127.0.0.1', 3000], peer: ['127.0.0.1', 3000]}),
	];
	t.true(alone.every(slot => connections.otherEnd(slot) === -1 && !connections.isHidden(slot)));
	t.is(connections.hidden, 0);
});

test('the row of two UNIX sockets is that of the socket without a name; clients of one datagram socket keep their rows', t => {
	const context = createTestContext();
	const {add, table} = context;
	const name = table.texts.intern('/run/postgresql/.s.PGSQL.5432');
	const accepted = add({protocol: Protocol.u_str, core: {inode: 100, peerInode: 101, localName: name}});
	const connected = add({protocol: Protocol.u_str, core: {inode: 101, peerInode: 100}});
	t.is(rowOf(context, [accepted, connected]), connected);
	const log = add({protocol: Protocol.u_dgr, state: State.unconnected, core: {inode: 200, localName: name}});
	const senders = [add({protocol: Protocol.u_dgr, core: {inode: 201, peerInode: 200}}), add({protocol: Protocol.u_dgr, core: {inode: 202, peerInode: 200}})];
	t.true([log, ...senders].every(slot => !table.connections.isHidden(slot)));
});

test('if one socket has closed, the row is that of the other one', t => {
	const context = createTestContext();
	const pair = addPair(context, server, client);
	const {table} = context;
	table.end([]);
	t.is(rowOf(context, pair), pair[1]);
	table.begin(table.now + 1000);
	table.close(pair[1]);
	table.end([]);
	t.is(rowOf(context, pair), pair[0]);
});

test('journal entries about the same event of both sockets have one row, that of the client', t => {
	const context = createTestContext();
	const {table, add} = context;
	const journal = createJournal(table);
	add({state: State.listen, local: ['127.0.0.1', 50_000], peer: ['0.0.0.0', 0]});
	journal.record(table.end([]), 0);
	table.begin(1000);
	addPair(context, ['127.0.0.1', 50_000], ['127.0.0.1', 1024]);
	add({local: ['10.0.0.1', 41_000], peer: ['192.0.2.1', 443]});
	journal.record(table.end([]), 1000);
	const entries = journal.table;
	const rows = Array.from({length: entries.used}, (_, slot) => slot).filter(slot => !entries.connections.isHidden(slot)).map(slot => entries.core.localPort[slot]);
	t.deepEqual(rows, [1024, 41_000]);
});
