import test from 'ava';
import fc from '../helpers/property.js';
import {Life} from '../../source/table/columns/columns.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import {State} from '../../source/table/columns/states.js';
import {createPairs} from '../../source/table/pairs.js';
import {createTestContext, type TestSocket, type TestContext} from '../helpers/context.js';

type Endpoint = readonly [address: string, port: number];

const server: Endpoint = ['127.0.0.1', 5432];
const client: Endpoint = ['127.0.0.1', 40_000];
const postgres = {pid: 900, name: 'postgres', fd: 5};
const psql = {pid: 812, name: 'psql', fd: 3};

/** Adds both sockets of a connection; `change` alters the second one. */
const addPair = ({add}: TestContext, a: Endpoint, b: Endpoint, change: TestSocket = {}): readonly [number, number] =>
	[add({local: a, peer: b}), add({local: b, peer: a, ...change})];

const arePaired = (context: TestContext, [a, b]: readonly [number, number]): boolean => context.table.pairs.otherEnd(a) === b && context.table.pairs.otherEnd(b) === a;

test('the two sockets of a connection are paired', t => {
	const context = createTestContext();
	const other = addPair(context, ['127.0.0.1', 5432], ['127.0.0.1', 40_001]);
	const pair = addPair(context, server, client);
	t.true(arePaired(context, pair));
	t.true(arePaired(context, other));
	t.true(context.table.pairs.isLocal(pair[0]));
});

test('a connection to another machine has one socket here', t => {
	const {table, add} = createTestContext();
	const away = add({local: ['10.0.0.5', 40_000], peer: ['192.0.2.1', 443]});
	// Endpoints that are equal, or of which only the ports are swapped.
	add({local: ['10.0.0.5', 40_000], peer: ['192.0.2.1', 443], protocol: Protocol.udp});
	add({local: ['10.0.0.5', 443], peer: ['192.0.2.1', 40_000]});
	t.is(table.pairs.otherEnd(away), -1);
	t.false(table.pairs.isLocal(away));
	t.is(table.pairs.farOwners(away), 0);
});

test('IPv4 matches its mapped IPv6 form, in both directions', t => {
	const context = createTestContext();
	t.true(arePaired(context, addPair(context, server, client, {local: ['::ffff:127.0.0.1', 40_000], peer: ['::ffff:127.0.0.1', 5432]})));
	t.true(arePaired(context, addPair(context, ['::ffff:127.0.0.1', 1], ['::ffff:127.0.0.1', 2])));
	t.true(arePaired(context, addPair(context, ['::1', 5432], ['::1', 40_000])));
	const compatible = addPair(context, ['127.0.0.1', 3], ['127.0.0.1', 4], {local: ['::127.0.0.1', 4], peer: ['::127.0.0.1', 3]});
	t.is(context.table.pairs.otherEnd(compatible[0]), -1);
});

test('a link-local address matches on the same interface only', t => {
	const context = createTestContext();
	const endpoints = [['fe80::1', 22], ['fe80::2', 54_000]] as const;
	const first = context.add({local: endpoints[0], peer: endpoints[1], core: {interfaceIndex: 2}});
	const onOther = context.add({local: endpoints[1], peer: endpoints[0], core: {interfaceIndex: 3}});
	t.is(context.table.pairs.otherEnd(first), -1);
	const second = context.add({local: endpoints[1], peer: endpoints[0], core: {interfaceIndex: 2}});
	t.true(arePaired(context, [first, second]));
	t.is(context.table.pairs.otherEnd(onOther), -1);
	// For other addresses, the interface that a socket is bound to does not matter.
	t.true(arePaired(context, addPair(context, server, client, {core: {interfaceIndex: 2}})));
});

test('connected UDP sockets are pairs, and so are MPTCP sockets', t => {
	const context = createTestContext();
	const {udp, mptcp} = Protocol;
	const mixed = addPair(context, server, client, {protocol: mptcp});
	t.is(context.table.pairs.otherEnd(mixed[0]), -1);
	const one = context.add({protocol: udp, local: server, peer: client});
	t.is(context.table.pairs.otherEnd(one), -1);
	const bound = context.add({
		protocol: udp, local: client, peer: ['0.0.0.0', 0], state: State.unconnected,
	});
	t.is(context.table.pairs.otherEnd(one), -1);
	t.is(context.table.pairs.otherEnd(bound), -1);
	const two = context.add({protocol: udp, local: client, peer: server});
	t.true(arePaired(context, [one, two]));
	t.true(arePaired(context, [mixed[1], context.add({protocol: mptcp, local: server, peer: client})]));
});

test('a socket that is connected to itself is paired with itself', t => {
	const {table, add} = createTestContext();
	const slot = add({local: server, peer: server});
	t.is(table.pairs.otherEnd(slot), slot);
	t.true(table.pairs.isLocal(slot));
});

test('UNIX sockets are paired by the inode of their peer', t => {
	const {table, add} = createTestContext();
	const {u_str: stream, u_dgr: datagram} = Protocol;
	const accepted = add({protocol: stream, core: {inode: 10, peerInode: 11}, names: {localName: '/run/a'}});
	const opened = add({protocol: stream, core: {inode: 11, peerInode: 10}});
	const listener = add({protocol: stream, state: State.listen, core: {inode: 12}});
	const log = add({protocol: datagram, state: State.unconnected, core: {inode: 13}});
	const writers = [add({protocol: datagram, core: {inode: 14, peerInode: 13}}), add({protocol: datagram, core: {inode: 15, peerInode: 13}})];
	// Inodes of other families do not count.
	add({core: {inode: 11, peerInode: 10}, local: server, peer: client});
	t.is(table.pairs.otherEnd(accepted), opened);
	t.is(table.pairs.otherEnd(opened), accepted);
	t.is(table.pairs.otherEnd(listener), -1);
	t.is(table.pairs.otherEnd(log), -1);
	t.deepEqual(writers.map(slot => table.pairs.otherEnd(slot)), [log, log]);
	t.is(table.pairs.withInode(12), listener);
	t.is(table.pairs.withInode(99), -1);
});

test('a socket in TIME-WAIT keeps the owners of the peer\'s socket', t => {
	const context = createTestContext();
	const {table} = context;
	const [left, closed] = addPair(context, client, server, {owners: [postgres]});
	table.end([]);
	t.deepEqual(context.owners.of(table.pairs.farOwners(left)), [postgres]);

	table.begin(1000);
	table.close(closed);
	table.setState(left, Protocol.tcp, State.timeWait);
	t.is(table.pairs.otherEnd(left), closed);
	t.is(table.pairs.otherEnd(closed), left);
	const owners = table.core.owners[closed];

	table.begin(10_000);
	t.false(table.isUsed(closed));
	t.is(table.pairs.otherEnd(left), -1);
	t.true(table.pairs.isLocal(left));
	t.deepEqual(context.owners.of(table.pairs.farOwners(left)), [postgres]);
	t.true([...table.pairs.ownersInUse()].includes(owners));

	// The slot now belongs to another socket, without those owners.
	table.close(left);
	table.begin(20_000);
	const next = context.add({local: client, peer: ['192.0.2.1', 443]});
	const after = context.add({local: ['10.0.0.1', 1], peer: ['192.0.2.1', 443]});
	t.true([next, after].includes(left));
	t.deepEqual([next, after].map(slot => table.pairs.isLocal(slot)), [false, false]);
});

test('a reused four-tuple is not paired with an earlier connection', t => {
	const context = createTestContext();
	const {table, add} = context;
	const old = addPair(context, client, server);
	table.begin(1000);
	table.close(old[0]);
	table.close(old[1]);
	table.begin(2000);
	const fresh = [add({local: client, peer: server, owners: [psql]}), add({local: server, peer: client, owners: [postgres]})] as const;
	t.true(arePaired(context, fresh));
	t.true(arePaired(context, old));
	// Of two candidates, the open socket.
	table.begin(3000);
	table.close(fresh[1]);
	const again = add({local: server, peer: client});
	t.is(table.pairs.otherEnd(fresh[0]), again);
});

test('a new sample updates the pairs', t => {
	const context = createTestContext();
	const {table} = context;
	const [first, second] = addPair(context, server, client);
	t.is(table.pairs.otherEnd(first), second);
	table.begin(1000);
	table.core.peerPort[second] = 1;
	t.is(table.pairs.otherEnd(first), -1);
	t.true(table.pairs.bytes > 0);
	t.is(createTestContext().table.pairs.bytes, 0);
});

/** Few distinct values, so that many sockets match. */
const sockets = fc.array(fc.record({
	addresses: fc.constantFrom(
		['127.0.0.1', '127.0.0.1'],
		['127.0.0.1', '127.0.0.2'],
		['127.0.0.2', '127.0.0.1'],
		['::ffff:127.0.0.1', '::ffff:127.0.0.2'],
		['::ffff:127.0.0.2', '::ffff:127.0.0.1'],
		['::1', '::1'],
		['fe80::1', 'fe80::2'],
		['fe80::2', 'fe80::1'],
	),
	localPort: fc.nat(3),
	peerPort: fc.nat(3),
	interfaceIndex: fc.integer({min: 1, max: 2}),
	protocol: fc.constantFrom(Protocol.tcp, Protocol.udp, Protocol.u_str, Protocol.u_dgr),
	inode: fc.nat(6),
	peerInode: fc.nat(6),
	isClosed: fc.boolean(),
	isLater: fc.boolean(),
}), {maxLength: 40});

const unmapped = (address: string): string => address.replace('::ffff:', '');

test('agrees with a naive search', t => {
	fc.assert(fc.property(sockets, descriptions => {
		const {table, add} = createTestContext();
		const early = descriptions.filter(({isLater}) => !isLater);
		const late = descriptions.filter(({isLater}) => isLater);
		const addAll = (some: typeof descriptions): number[] => some.map(({addresses, localPort, peerPort, protocol, interfaceIndex, inode, peerInode}) =>
			add({
				protocol, local: [addresses[0], localPort], peer: [addresses[1], peerPort], core: {interfaceIndex, inode, peerInode},
			}));
		const slots = addAll(early);
		table.begin(1000);
		for (const [index, {isClosed}] of early.entries()) {
			if (isClosed) {
				table.close(slots[index]);
			}
		}

		table.begin(2000);
		slots.push(...addAll(late));
		const all = [...early, ...late];

		const isUnix = (index: number): boolean => all[index].protocol === Protocol.u_str || all[index].protocol === Protocol.u_dgr;
		const hasClosed = (index: number): boolean => (table.core.life[slots[index]] & Life.closed) !== 0;
		const isFit = (a: number, b: number): boolean => {
			const [one, two] = [all[a], all[b]];
			if ((hasClosed(a) && !hasClosed(b) && two.isLater) || (hasClosed(b) && !hasClosed(a) && one.isLater)) {
				return false;
			}

			if (isUnix(a)) {
				return isUnix(b) && one.peerInode !== 0 && one.peerInode === two.inode;
			}

			return one.protocol === two.protocol && one.peerPort !== 0 && two.peerPort !== 0
				&& one.localPort === two.peerPort && two.localPort === one.peerPort
				&& unmapped(one.addresses[0]) === unmapped(two.addresses[1]) && unmapped(one.addresses[1]) === unmapped(two.addresses[0])
				&& (!one.addresses[0].startsWith('fe80') || one.interfaceIndex === two.interfaceIndex);
		};

		const rank = (a: number, b: number): readonly number[] => [
			!hasClosed(a) && hasClosed(b) ? 1 : 0, Math.abs(Number(all[a].isLater) - Number(all[b].isLater)), -table.core.id[slots[b]],
		];
		const compare = (one: readonly number[], two: readonly number[]): number => one.map((number, index) => number - two[index]).find(difference => difference !== 0) ?? 0;

		for (const [index, slot] of slots.entries()) {
			const [best] = slots.keys().filter(other => isFit(index, other)).toArray().toSorted((a, b) => compare(rank(index, a), rank(index, b)));
			t.is(table.pairs.otherEnd(slot), best === undefined ? -1 : slots[best]);
		}
	}));
});

test('equal connections in two network namespaces are paired within each', t => {
	const context = createTestContext();
	const green = addPair(context, ['10.0.0.1', 5432], ['10.0.0.1', 40_000]);
	const blue = [
		context.add({local: ['10.0.0.1', 5432], peer: ['10.0.0.1', 40_000], core: {namespace: 1}}),
		context.add({local: ['10.0.0.1', 40_000], peer: ['10.0.0.1', 5432], core: {namespace: 1}}),
	] as const;
	t.true(arePaired(context, green));
	t.true(arePaired(context, blue));
});

test('the peer\'s socket may be in another network namespace, but not over the loopback interface', t => {
	const context = createTestContext();
	t.true(arePaired(context, addPair(context, ['10.0.0.1', 5432], ['10.0.0.2', 40_000], {core: {namespace: 1}})));
	t.true(arePaired(context, addPair(context, ['fd00::1', 5432], ['fd00::2', 40_000], {core: {namespace: 1}})));
	for (const address of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', 'fe80::1']) {
		const [first] = addPair(context, [address, 1], [address, 2], {core: {namespace: 1}});
		t.is(context.table.pairs.otherEnd(first), -1);
	}
});

test('property: other ends that are kept from sample to sample are those that a new search finds', t => {
	const port = fc.integer({min: 1, max: 4});
	const portOrNone = fc.integer({min: 0, max: 4});
	const operation = fc.record({
		kind: fc.constantFrom('open', 'open', 'openUnix', 'close', 'connect', 'short', 'ask'), local: port, peer: portOrNone, which: fc.nat(),
	} as const);
	fc.assert(fc.property(fc.array(fc.array(operation, {maxLength: 12}), {minLength: 2, maxLength: 8}), samples => {
		const {table, add} = createTestContext([]);
		const living: number[] = [];
		/** Whether the current sample did what only its end makes known. */
		let hasChanged = false;

		const check = (): void => {
			const found = createPairs(table);
			const used = Array.from({length: table.used}, (_, slot) => slot).filter(slot => table.isUsed(slot));
			t.deepEqual(used.map(slot => table.pairs.otherEnd(slot)), used.map(slot => found.otherEnd(slot)));
			for (const inode of [1, 2, 3, 4]) {
				t.is(table.pairs.withInode(inode), found.withInode(inode));
			}
		};

		const operations = {
			open(local: number, peer: number) {
				living.push(add({local: ['127.0.0.1', local], peer: ['127.0.0.1', peer]}));
			},
			openUnix(inode: number, peerInode: number) {
				if (living.every(slot => table.core.inode[slot] !== inode)) {
					living.push(add({protocol: Protocol.u_str, core: {inode, peerInode}}));
				}
			},
			close(_local: number, _peer: number, index: number) {
				for (const slot of living.splice(index, 1)) {
					table.close(slot);
				}
			},
			connect(_local: number, peer: number, index: number) {
				for (const slot of living.slice(index, index + 1)) {
					table.core.peerPort[slot] = peer;
					hasChanged = true;
				}
			},
			short(local: number, peer: number) {
				table.closeShortLived(add({local: ['127.0.0.1', local], peer: ['127.0.0.1', peer]}));
				hasChanged = true;
			},
			ask() {
				if (hasChanged) {
					table.pairs.isLocal(0);
				} else {
					check();
				}
			},
		};

		for (const [number, asked] of samples.entries()) {
			if (number > 0) {
				table.begin(number * 2000);
			}

			hasChanged = false;
			for (const {kind, local, peer, which} of asked) {
				operations[kind](local, peer, which % Math.max(1, living.length));
			}

			table.end([]);
			check();
		}
	}));
});
