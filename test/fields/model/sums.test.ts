import test from 'ava';
import {findField} from '../../../source/fields/registry.js';
import {sumOf} from '../../../source/fields/model/sums.js';
import {createViewer} from '../../../source/query/window/viewer.js';
import {Protocol} from '../../../source/table/columns/protocols.js';
import {createTestWorld, type TestSocket, type TestWorld} from '../../helpers/world.js';

const connection = (changes: TestSocket): TestSocket => ({local: ['10.0.0.1', 80], peer: ['192.0.2.1', 5000], ...changes});

const slotsOf = (world: TestWorld, ...sockets: readonly TestSocket[]): Uint32Array => Uint32Array.from(sockets, socket => world.add(socket));

const sum = (world: TestWorld, id: string, slots: Uint32Array): number | undefined => sumOf(findField(id), world, slots);

test('the bytes of an MPTCP socket and its subflows are counted once', t => {
	const world = createTestWorld();
	const slots = slotsOf(
		world,
		connection({core: {inode: 7, bytesSent: 60, txRate: 6}}),
		connection({peer: ['192.0.2.99', 5001], core: {inode: 7, bytesSent: 40, txRate: 4}}),
		connection({protocol: Protocol.mptcp, core: {inode: 7, bytesSent: 100, txRate: 10}}),
	);
	t.is(sum(world, 'bytesSent', slots), 100);
	t.is(sum(world, 'txRate', slots), 10);
	t.is(sum(world, 'bytesSent', slots.subarray(2)), 100, 'alone, it has them');
	t.is(sum(world, 'bytesSent', slots.subarray(0, 1)), 60, 'of one path, those of that path');
});

test('an MPTCP socket that is not accepted yet has no inode; its subflow is found by its addresses', t => {
	const world = createTestWorld();
	const slots = slotsOf(
		world,
		connection({core: {bytesReceived: 5}}),
		connection({protocol: Protocol.mptcp, core: {bytesReceived: 5}}),
		connection({peer: ['192.0.2.1', 6000], core: {bytesReceived: 2}}),
		connection({protocol: Protocol.mptcp, peer: ['192.0.2.1', 7000], core: {bytesReceived: 3}}),
	);
	t.is(sum(world, 'bytesReceived', slots), 5 + 2 + 3);
});

test('what an MPTCP socket does not share with its subflows is counted', t => {
	const world = createTestWorld();
	const slots = slotsOf(
		world,
		connection({core: {inode: 7, recvQ: 1}, optional: {totalRetransmits: 3}}),
		connection({protocol: Protocol.mptcp, core: {inode: 7, recvQ: 20}, optional: {totalRetransmits: 1}}),
	);
	t.is(sum(world, 'recvQ', slots), 21);
	t.is(sum(world, 'totalRetransmits', slots), 4);
});

test('groups sort by sums that count MPTCP once, also in nested groups', t => {
	const world = createTestWorld();
	slotsOf(
		world,
		connection({owners: [{pid: 1, name: 'plain'}], core: {inode: 6, bytesSent: 150}}),
		connection({owners: [{pid: 2, name: 'multipath'}], core: {inode: 7, bytesSent: 100}}),
		connection({
			protocol: Protocol.mptcp, state: 8, owners: [{pid: 2, name: 'multipath'}], core: {inode: 7, bytesSent: 100},
		}),
	);
	world.table.end([]);
	for (const by of [['process'], ['process', 'state']] as const) {
		const {lines} = createViewer().view({
			filter: '',
			search: '',
			classes: {protocols: ['tcp', 'mptcp'], families: [], states: []},
			sort: {field: 'bytesSent', descending: true},
			columns: ['local'],
			groups: {by, folded: {all: true, except: []}},
			window: {height: 10, cursor: {kind: 'none'}, frozen: false},
		}, world);
		t.deepEqual(lines.map(line => line.kind === 'group' ? line.label : ''), ['plain/1', 'multipath/2']);
	}
});
