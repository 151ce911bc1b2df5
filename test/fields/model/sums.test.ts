import test from 'ava';
import {findField} from '../../../source/fields/registry.js';
import {sumOf} from '../../../source/fields/model/sums.js';
import {createViewer} from '../../../source/query/window/viewer.js';
import {Protocol} from '../../../source/table/columns/protocols.js';
import {createTestContext, type TestSocket, type TestContext} from '../../helpers/context.js';

const connection = (changes: TestSocket): TestSocket => ({local: ['10.0.0.1', 80], peer: ['192.0.2.1', 5000], ...changes});

const slotsOf = (context: TestContext, ...sockets: readonly TestSocket[]): Uint32Array => Uint32Array.from(sockets, socket => context.add(socket));

const sum = (context: TestContext, id: string, slots: Uint32Array): number | undefined => sumOf(findField(id), context, slots);

test('the bytes of an MPTCP socket and its subflows are counted once', t => {
	const context = createTestContext();
	const slots = slotsOf(
		context,
		connection({core: {inode: 7, bytesSent: 60, txRate: 6}}),
		connection({peer: ['192.0.2.99', 5001], core: {inode: 7, bytesSent: 40, txRate: 4}}),
		connection({protocol: Protocol.mptcp, core: {inode: 7, bytesSent: 100, txRate: 10}}),
	);
	t.is(sum(context, 'bytesSent', slots), 100);
	t.is(sum(context, 'txRate', slots), 10);
	t.is(sum(context, 'bytesSent', slots.subarray(2)), 100, 'an MPTCP socket alone counts its own bytes');
	t.is(sum(context, 'bytesSent', slots.subarray(0, 1)), 60, 'a subflow alone counts its bytes');
});

test('an MPTCP socket that is not accepted yet has no inode; its subflow is found by its addresses', t => {
	const context = createTestContext();
	const slots = slotsOf(
		context,
		connection({core: {bytesReceived: 5}}),
		connection({protocol: Protocol.mptcp, core: {bytesReceived: 5}}),
		connection({peer: ['192.0.2.1', 6000], core: {bytesReceived: 2}}),
		connection({protocol: Protocol.mptcp, peer: ['192.0.2.1', 7000], core: {bytesReceived: 3}}),
	);
	t.is(sum(context, 'bytesReceived', slots), 5 + 2 + 3);
});

test('what an MPTCP socket does not share with its subflows is counted', t => {
	const context = createTestContext();
	const slots = slotsOf(
		context,
		connection({core: {inode: 7, recvQ: 1}, optional: {totalRetransmits: 3}}),
		connection({protocol: Protocol.mptcp, core: {inode: 7, recvQ: 20}, optional: {totalRetransmits: 1}}),
	);
	t.is(sum(context, 'recvQ', slots), 21);
	t.is(sum(context, 'totalRetransmits', slots), 4);
});

test('groups sort by sums that count MPTCP once, also in nested groups', t => {
	const context = createTestContext();
	slotsOf(
		context,
		connection({owners: [{pid: 1, name: 'plain'}], core: {inode: 6, bytesSent: 150}}),
		connection({owners: [{pid: 2, name: 'multipath'}], core: {inode: 7, bytesSent: 100}}),
		connection({
			protocol: Protocol.mptcp, state: 8, owners: [{pid: 2, name: 'multipath'}], core: {inode: 7, bytesSent: 100},
		}),
	);
	context.table.end([]);
	for (const by of [['process'], ['process', 'state']] as const) {
		const {lines} = createViewer().view({
			filter: '',
			search: '',
			classes: {protocols: ['tcp', 'mptcp'], families: [], states: []},
			sort: {field: 'bytesSent', descending: true},
			columns: ['local'],
			groups: {by, folded: {all: true, except: []}},
			window: {height: 10, cursor: {kind: 'none'}, frozen: false},
		}, context);
		t.deepEqual(lines.map(line => line.kind === 'group' ? line.label : ''), ['plain/1', 'multipath/2']);
	}
});
