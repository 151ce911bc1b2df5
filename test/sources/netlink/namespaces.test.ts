import {readFileSync} from 'node:fs';
import test from 'ava';
import {openDestroyFeed, type DestroyFeed} from '../../../source/netlink/destroy-feed.js';
import type {DiagSocket} from '../../../source/netlink/diag-socket.js';
import {createViews} from '../../../source/netlink/framing.js';
import type {Inside} from '../../../source/system/network-namespace.js';
import {SystemCallError} from '../../../source/system/system-calls.js';
import type {FoundNamespace} from '../../../source/namespaces/follow.js';
import {createNamespacesSource} from '../../../source/sources/netlink/namespaces.js';
import {SourceError, type SampleReport} from '../../../source/sources/source.js';
import {Life} from '../../../source/table/columns/columns.js';
import {State} from '../../../source/table/columns/states.js';
import type {Changes} from '../../../source/table/changes.js';
import {SocketTable} from '../../../source/table/socket-table.js';
import {inParts} from '../../helpers/in-parts.js';
import {destroyEvent} from '../../helpers/destroy-event-messages.js';
import {eachMessage} from '../../helpers/each-message.js';

/** The kernel's answer to a dump of TCP in every namespace: equal tuples, equal cookies. */
const recorded = readFileSync(new URL('../../fixtures/netlink/tcp-compat18-both-families.nl', import.meta.url));

const ownInode = 10;
const eperm = 1;
const enobufs = 105;
const emfile = 24;

const namespaceOf = (inode: number): FoundNamespace => ({inode, name: `ns${inode}`, path: `/run/netns/ns${inode}`});

/** A fake machine with network namespaces that all have the same sockets. */
const createMachine = (...inodes: readonly number[]) => {
	const state = {
		present: inodes.map(inode => namespaceOf(inode)),
		/** Namespaces that cannot be entered. */
		refused: new Set<number>(),
		/** Limit of open descriptors. */
		limit: Infinity,
		/** Namespaces whose socket fails. */
		failing: new Set<number>(),
		/** How often each namespace is held open: by its descriptor, its socket and its feed. */
		held: new Map<number, number>(),
		lost: 0,
		/** Destroy events in the feeds of namespaces. */
		events: new Map<number, Uint8Array[]>(),
		idle: (): void => undefined,
	};
	let inside = ownInode;
	const hold = (inode: number, by: number): void => {
		if (by > 0 && state.held.values().reduce((sum, held) => sum + held, 0) >= state.limit) {
			throw new SystemCallError('socket', emfile);
		}

		state.held.set(inode, (state.held.get(inode) ?? 0) + by);
	};

	const openSocket = (enter: Inside): DiagSocket => {
		const inode = enter(() => inside);
		hold(inode, 1);
		const views = createViews(0x1_00_00);
		let sequence = 0;
		return {
			views,
			nextSequence: () => ++sequence,
			...inParts((request, _sequence, message) => {
				if (state.failing.has(inode)) {
					throw new SystemCallError('recv', enobufs);
				}

				// Only the walk for TCP of both families has an answer.
				const bytes = new DataView(request.buffer, request.byteOffset).getUint16(4, true) === 18 ? recorded : new Uint8Array();
				views.bytes.set(bytes);
				eachMessage(views, bytes.byteLength, message);
				return {errno: 0, truncated: 0, interrupted: false};
			}),
			discard: () => 0,
			command: () => 0,
			lookUp() {
				// Nothing is missing.
			},
			close() {
				hold(inode, -1);
			},
		};
	};

	const openFeed = (enter: Inside): DestroyFeed => {
		const inode = enter(() => inside);
		hold(inode, 1);
		const feed = openDestroyFeed({
			open: () => ({
				receive(buffer) {
					const message = state.events.get(inode)?.shift();
					buffer.set(message ?? []);
					return message?.byteLength ?? -1;
				},
				drops: () => 0,
				watch: () => ({start: () => undefined, stop: () => undefined, close: () => undefined}),
				close() {
					hold(inode, -1);
				},
			}),
		});
		return {
			...feed,
			get waiting() {
				return feed.waiting;
			},
			get lost() {
				return inode === ownInode ? state.lost : 1;
			},
		};
	};

	const table = new SocketTable();
	const open = () => createNamespacesSource(table, {
		following: {list: () => state.present, hidden: () => 2, absence: 'there is no namespace'},
		ownInode,
		hasBoundInactive: false,
		privilege: 'be root',
		opening: {
			openNamespace(_path, inode) {
				hold(inode, 1);
				let isOpen = true;
				return {
					inside(run) {
						if (!isOpen || state.refused.has(inode)) {
							throw new SystemCallError('setns', eperm);
						}

						inside = inode;
						try {
							return run();
						} finally {
							inside = ownInode;
						}
					},
					close() {
						isOpen = false;
						hold(inode, -1);
					},
				};
			},
			openSocket,
			openFeed,
			readInterfaces: () => new Map([[2, `eth${inside}`]]),
			readLocalPorts: () => ({from: 1000 + inside, to: 2000}),
			readNetFile: () => undefined,
		},
		later(callback) {
			state.idle = callback;
			return () => undefined;
		},
	});
	return {state, table, open};
};

type Machine = ReturnType<typeof createMachine>;

const sampling = ({table}: Machine, source: ReturnType<Machine['open']>) => {
	let now = 0;
	return async (): Promise<Changes & {report: SampleReport}> => {
		now += 1000;
		table.begin(now);
		const report = await source.sample(table, {columns: new Set(), protocols: new Set(['tcp'])});
		return {...table.end(report.complete), report};
	};
};

const isHeld = ({state}: Machine, inode: number): boolean => (state.held.get(inode) ?? 0) > 0;

test('namespaces with equal tuples and cookies have rows of their own', async t => {
	const machine = createMachine(ownInode, 20, 30);
	const source = machine.open();
	const sample = sampling(machine, source);
	const {opened, report} = await sample();
	t.deepEqual(report.problems, []);
	const {core} = machine.table;
	const counts = new Map<string | undefined, number>();
	for (const slot of opened) {
		const name = source.namespaces?.of(core.namespace[slot])?.name;
		counts.set(name, (counts.get(name) ?? 0) + 1);
	}

	t.deepEqual(Array.from(counts.keys(), name => name ?? '').toSorted((a, b) => Number(a.slice(2)) - Number(b.slice(2))), ['ns10', 'ns20', 'ns30']);
	t.is(new Set(counts.values()).size, 1);
	t.deepEqual([(await sample()).opened, (await sample()).closed], [[], []]);
	const [first] = opened;
	const last = opened.at(-1) ?? -1;
	t.not(source.diagSocket?.(first), source.diagSocket?.(last));
	t.is(source.namespaces?.interfaceName(2, core.namespace[first]), 'eth10');
	t.is(source.namespaces?.interfaceName(2, core.namespace[last]), 'eth30');
	t.is(source.namespaces?.localPorts(core.namespace[first])?.from, 1010);
	t.is(source.namespaces?.localPorts(core.namespace[last])?.from, 1030);
	machine.state.refused.add(30);
	t.is(source.namespaces?.localPorts(core.namespace[last])?.from, 1030, 'the last value is kept');
});

test('an unused namespace is released two samples later, and so are its rows', async t => {
	const machine = createMachine(ownInode, 20);
	const source = machine.open();
	const sample = sampling(machine, source);
	const each = (await sample()).opened.length / 2;
	machine.state.present = [namespaceOf(ownInode)];
	t.is((await sample()).closed.length, 0);
	t.is((await sample()).closed.length, 0);
	t.true(isHeld(machine, 20));
	const {closed, report} = await sample();
	t.false(isHeld(machine, 20));
	t.is(closed.length, each);
	t.true(closed.every(slot => (machine.table.core.life[slot] & Life.dropped) !== 0));
	t.is(source.diagSocket?.(closed[0]), undefined);
	t.is(source.namespaces?.of(machine.table.core.namespace[closed[0]])?.name, 'ns20', 'rows that linger keep the name');
	t.is(source.namespaces?.interfaceName(2, machine.table.core.namespace[closed[0]]), undefined, 'a closed namespace is not entered');
	t.is(report.droppedEventCount, 1, 'its dropped events still count');
});

test('a namespace that comes back in time stays', async t => {
	const machine = createMachine(ownInode, 20);
	const sample = sampling(machine, machine.open());
	await sample();
	const all = machine.state.present;
	for (let round = 0; round < 3; round++) {
		machine.state.present = [namespaceOf(ownInode)];
		await sample();
		await sample();
		machine.state.present = all;
		t.is((await sample()).opened.length, 0);
	}
});

test('without samples, unused namespaces are released after a while', async t => {
	const machine = createMachine(ownInode, 20);
	const sample = sampling(machine, machine.open());
	await sample();
	machine.state.present = [namespaceOf(ownInode)];
	machine.state.idle();
	t.false(isHeld(machine, 20));
	t.true((await sample()).closed.length > 0);
});

test('sockets that closed before a namespace was released have their last counters, and short-lived ones are reported', async t => {
	const machine = createMachine(ownInode, 20);
	const source = machine.open();
	const sample = sampling(machine, source);
	const {core} = machine.table;
	const [first, second] = (await sample()).opened.filter(slot => source.namespaces?.of(core.namespace[slot])?.inode === 20 && core.peerPort[slot] !== 0
		&& core.state[slot] === State.established);
	machine.state.present = [namespaceOf(ownInode)];
	machine.state.events.set(20, [
		destroyEvent({cookie: core.cookieLow[first], ports: [core.localPort[first], core.peerPort[first]], sent: 1e9}),
		destroyEvent({cookie: 1e9, ports: [1, 2], sent: 70}),
	]);
	machine.state.idle();
	t.false(isHeld(machine, 20));
	const {closed, shortLived} = await sample();
	t.is(core.bytesSent[first], 1e9);
	t.deepEqual([first, second].map(slot => closed.includes(slot)), [true, true]);
	t.deepEqual([first, second].map(slot => (core.life[slot] & Life.dropped) !== 0), [false, true], 'there is no evidence that the other one has closed');
	t.deepEqual(shortLived.map(slot => [core.localPort[slot], core.bytesSent[slot]]), [[1, 70]]);
	t.is(source.namespaces?.of(core.namespace[shortLived[0]])?.name, 'ns20');
	t.deepEqual((await sample()).shortLived, []);
});

test('a namespace that cannot be entered is counted as hidden and not tried again', async t => {
	const machine = createMachine(ownInode, 20);
	machine.state.refused.add(20);
	const source = machine.open();
	const sample = sampling(machine, source);
	t.deepEqual((await sample()).report.problems, []);
	t.is(source.namespaces?.hidden(), 3);
	t.false(isHeld(machine, 20));
	machine.state.refused.clear();
	await sample();
	t.false(isHeld(machine, 20));
});

test('if no more files can be opened, some stay free, and the unread namespaces are reported in one sentence', async t => {
	const machine = createMachine(...Array.from({length: 1500}, (_, index) => 1000 + index), ownInode);
	machine.state.limit = 256;
	const source = machine.open();
	const sample = sampling(machine, source);
	const held = (): number => machine.state.held.values().reduce((sum, each) => sum + each, 0);
	for (let count = 0; count < 3; count++) {
		const {report} = await sample();
		t.deepEqual(report.problems, ['1427 network namespaces are not read: this process cannot open more files (ulimit -n)']);
		t.true(held() < 256 - 32, 'descriptors stay free for reading /proc');
	}

	t.true(isHeld(machine, ownInode), 'this program\'s own namespace comes first');
	machine.state.present = machine.state.present.filter(({inode}) => !isHeld(machine, inode)).slice(0, 70);
	for (let count = 0; count < 5; count++) {
		await sample();
	}

	t.true(machine.state.present.every(({inode}) => isHeld(machine, inode)), 'the remaining namespaces are opened');
	t.deepEqual((await sample()).report.problems, []);
});

test('failures in many namespaces for the same reason are one sentence', async t => {
	const machine = createMachine(ownInode, 20, 30, 40);
	const source = machine.open();
	const sample = sampling(machine, source);
	await sample();
	machine.state.failing = new Set([20, 30, 40]);
	t.deepEqual((await sample()).report.problems, ['netlink failed in 3 network namespaces (recv: ENOBUFS); trying again']);
});

test('a failing namespace closes nothing and does not affect the others', async t => {
	const machine = createMachine(ownInode, 20);
	const sample = sampling(machine, machine.open());
	const {opened} = await sample();
	machine.state.failing.add(20);
	for (let round = 0; round < 3; round++) {
		const {closed, report} = await sample();
		t.deepEqual(report.problems, ['netlink failed in the network namespace ns20 (recv: ENOBUFS); trying again']);
		t.is(closed.length, 0);
	}

	t.is(machine.table.size, opened.length);
});

test('a failure to open at the start is one sentence', t => {
	const machine = createMachine();
	t.throws(machine.open, {instanceOf: SourceError, message: 'there is no namespace'});
	const refused = createMachine(20);
	refused.state.refused.add(20);
	t.throws(refused.open, {instanceOf: SourceError, message: 'cannot enter the network namespace ns20: be root'});
});

test('closing releases all namespaces', t => {
	const machine = createMachine(ownInode, 20, 30);
	const source = machine.open();
	source.close();
	t.false([ownInode, 20, 30].some(inode => isHeld(machine, inode)));
});
