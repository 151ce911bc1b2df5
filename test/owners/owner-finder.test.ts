import test from 'ava';
import {createOwnerFinder} from '../../source/owners/owner-finder.js';
import {createOwnerSets} from '../../source/owners/owner-sets.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {State} from '../../source/table/columns/states.js';
import {createMachine, withoutStart, type Machine} from './machine.js';

const start = (machine: Machine) => {
	const table = new SocketTable();
	const sets = createOwnerSets();
	const finder = createOwnerFinder({proc: machine.proc, owners: sets, now: machine.now});
	return {
		table,
		finder,
		sets,
		/** Takes a sample and updates. Returns the number of calls to /proc. */
		update(budget = Infinity): number {
			const changes = machine.sample(table);
			const before = machine.state.calls;
			finder.update(table, changes, budget);
			return machine.state.calls - before;
		},
		ownersOf(inode: number) {
			const slot = table.find(inode, 0);
			return slot === -1 ? undefined : withoutStart(sets.of(table.core.owners[slot]));
		},
		setOf: (inode: number): number => table.core.owners[table.find(inode, 0)],
	};
};

/** A machine with a small process beside a server that holds this many sockets. */
const serverAndWorker = (sockets: number, options?: Parameters<typeof createMachine>[0]): Machine => {
	const machine = createMachine(options);
	machine.spawn(1, 'init');
	machine.spawn(2, 'server');
	machine.spawn(3, 'worker');
	for (let count = 0; count < sockets; count++) {
		machine.open(2);
	}

	return machine;
};

/** Updates until a condition holds, 600 times at most. Returns how often. */
const updateUntil = (update: () => unknown, isMet: () => boolean): number => {
	let updates = 0;
	while (!isMet() && updates < 600) {
		update();
		updates++;
	}

	return updates;
};

test('the first update finds all owners of all sockets', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	machine.spawn(10, 'nginx');
	machine.openFile(10);
	const listener = machine.open(10, {socketState: State.listen});
	machine.fork(10, 11);
	machine.fork(10, 12);
	const connection = machine.open(12);
	const {update, ownersOf, finder} = start(machine);
	update();
	t.deepEqual(ownersOf(listener), [{pid: 10, name: 'nginx', fd: 1}, {pid: 11, name: 'nginx', fd: 1}, {pid: 12, name: 'nginx', fd: 1}]);
	t.deepEqual(ownersOf(connection), [{pid: 12, name: 'nginx', fd: 2}]);
	t.is(finder.hidden, 0);
	t.is(finder.open, 0);
});

test('finds a new socket in the next update with few calls, at any lowest free descriptor', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	for (let pid = 2; pid < 40; pid++) {
		machine.spawn(pid, `other ${pid}`, {uid: 7});
	}

	machine.spawn(40, 'server', {uid: 33});
	machine.open(40, {port: 443, socketState: State.listen});
	for (let count = 0; count < 3000; count++) {
		machine.open(40, {port: 443});
	}

	const {update, ownersOf} = start(machine);
	update();
	machine.close(40, 17);
	machine.close(40, 2000);
	const accepted = [1, 2, 3].map(() => machine.open(40, {port: 443}));
	const calls = update();
	t.deepEqual(accepted.map(inode => ownersOf(inode)?.[0].fd), [17, 2000, 3001]);
	// A slice of the background walk always costs 64 reads.
	t.true(calls < 64 + 60, `${calls} calls`);
});

test('an update without changes costs only a slice', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	machine.spawn(2, 'server');
	for (let count = 0; count < 64_000; count++) {
		machine.open(2);
	}

	const {update} = start(machine);
	const first = update();
	t.true(first > 64_000);
	for (let count = 0; count < 20; count++) {
		t.true(update() < 64_000 / 400);
	}
});

test('a slice lists no more descriptors than it reads', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	machine.spawn(2, 'server');
	for (let count = 0; count < 95; count++) {
		machine.open(2, {from: 1000});
	}

	const {update} = start(machine);
	update();
	machine.state.listed = 0;
	let calls = 0;
	for (let count = 0; count < 100; count++) {
		calls += update();
	}

	t.true(machine.state.listed > 500);
	t.true(machine.state.listed < calls, `${machine.state.listed} listed with ${calls} calls`);
});

test('a process whose descriptors have no gaps is read without listing them', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	machine.spawn(2, 'server');
	const sockets = Array.from({length: 3000}, () => machine.open(2));
	const {update, ownersOf} = start(machine);
	machine.state.listed = 0;
	const calls = update();
	t.is(machine.state.listed, 0);
	t.true(calls < 3100, `${calls} calls`);
	t.true(sockets.every(socket => ownersOf(socket)?.length === 1));
});

test('a process with few descriptors below their count is listed after the first guess', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	machine.spawn(2, 'server');
	const sockets = Array.from({length: 3000}, () => machine.open(2, {from: 50_000}));
	const {update, ownersOf} = start(machine);
	machine.state.listed = 0;
	const calls = update();
	t.is(machine.state.listed, sockets.length);
	// The first guess, the descriptors, and their lists of 100.
	t.true(calls < 1024 + 3000 + 30 + 100, `${calls} calls`);
	t.true(sockets.every(socket => ownersOf(socket)?.length === 1));
});

test('walks a new process in the next update', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	machine.spawn(2, 'server');
	const socket = machine.open(2);
	const {update, ownersOf} = start(machine);
	update();
	machine.fork(2, 3);
	machine.spawn(4, 'client');
	const own = machine.open(4);
	update();
	t.deepEqual(ownersOf(socket)?.map(owner => owner.pid), [2, 3]);
	t.deepEqual(ownersOf(own), [{pid: 4, name: 'client', fd: 0}]);
});

test('corrects name and descriptors of a new process after its exec in the next update', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	// Takes the walks of the next updates.
	machine.spawn(9, 'huge');
	for (let count = 0; count < 2000; count++) {
		machine.open(9);
	}

	machine.spawn(2, 'bash');
	const closedOnExec = machine.open(2);
	const inherited = machine.open(2);
	const {update, ownersOf} = start(machine);
	update();
	machine.fork(2, 3);
	update();
	t.deepEqual(ownersOf(closedOnExec)?.map(owner => owner.pid), [2, 3]);
	machine.exec(3, 'python3', [0]);
	update();
	t.deepEqual(ownersOf(closedOnExec)?.map(owner => owner.pid), [2]);
	t.deepEqual(ownersOf(inherited), [{pid: 2, name: 'bash', fd: 1}, {pid: 3, name: 'python3', fd: 1}]);
});

test('keeps owners in TIME-WAIT and in the row of a closed socket', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	machine.spawn(2, 'curl');
	const socket = machine.open(2);
	const {update, ownersOf, table, sets} = start(machine);
	update();
	machine.state.closedState = State.timeWait;
	machine.exit(2);
	update();
	update();
	t.deepEqual(ownersOf(socket), [{pid: 2, name: 'curl', fd: 0}]);
	const slot = table.find(socket, 0);
	machine.expire();
	update();
	t.true(table.isClosed(slot));
	t.deepEqual(withoutStart(sets.of(table.core.owners[slot])), [{pid: 2, name: 'curl', fd: 0}]);
});

test('finds the new owner of a passed socket within a round', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	machine.spawn(2, 'acceptor');
	machine.spawn(3, 'worker');
	const socket = machine.open(2);
	const {update, ownersOf} = start(machine);
	update();
	machine.pass(2, 0, 3);
	machine.close(2, 0);
	for (let count = 0; count < 128; count++) {
		update();
	}

	t.deepEqual(ownersOf(socket), [{pid: 3, name: 'worker', fd: 0}]);
});

test('a process with another number of descriptors is walked before larger ones are walked to the end', t => {
	const machine = serverAndWorker(64_000);
	const socket = machine.open(2);
	const {update, ownersOf} = start(machine);
	update();
	for (let count = 0; count < 100; count++) {
		update();
	}

	machine.pass(2, 64_000, 3);
	for (let count = 0; count < 16; count++) {
		update();
	}

	t.deepEqual(ownersOf(socket), [{pid: 2, name: 'server', fd: 64_000}, {pid: 3, name: 'worker', fd: 0}]);
});

test('a descriptor that was replaced by another is noticed within a longer round', t => {
	const machine = serverAndWorker(16_000);
	const socket = machine.open(2);
	machine.openFile(3);
	const {update, ownersOf} = start(machine);
	update();
	machine.close(3, 0);
	machine.pass(2, 16_000, 3);
	const updates = updateUntil(update, () => ownersOf(socket)?.length === 2);
	t.true(updates <= 513, `${updates} updates`);
});

test('all processes are walked more often if the kernel does not report the number of descriptors', t => {
	const machine = serverAndWorker(16_000, {hasCounts: false});
	const socket = machine.open(2);
	const {update, ownersOf} = start(machine);
	update();
	machine.pass(2, 16_000, 3);
	const updates = updateUntil(update, () => ownersOf(socket)?.length === 2);
	t.true(updates <= 129, `${updates} updates`);
});

test('searches again for a socket whose only known owner ended', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	machine.spawn(2, 'starter');
	machine.spawn(3, 'daemon');
	const socket = machine.open(2);
	const {update, ownersOf} = start(machine);
	update();
	machine.pass(2, 0, 3);
	machine.exit(2);
	update();
	update();
	update();
	t.deepEqual(ownersOf(socket), [{pid: 3, name: 'daemon', fd: 0}]);
});

test('a pid may be reused', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	machine.spawn(2, 'old');
	machine.open(2);
	const {update, ownersOf} = start(machine);
	update();
	machine.exit(2);
	machine.spawn(2, 'new');
	const socket = machine.open(2);
	update();
	update();
	update();
	t.deepEqual(ownersOf(socket), [{pid: 2, name: 'new', fd: 0}]);
});

test('a process with the pid and name of an ended one is another owner', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	machine.spawn(2, 'worker');
	const first = machine.open(2);
	const {update, setOf, sets} = start(machine);
	update();
	const [before] = sets.of(setOf(first));
	machine.exit(2);
	machine.spawn(2, 'worker');
	const second = machine.open(2);
	update();
	update();
	update();
	const [after] = sets.of(setOf(second));
	t.deepEqual(withoutStart([before, after]), [{pid: 2, name: 'worker', fd: 0}, {pid: 2, name: 'worker', fd: 0}]);
	t.true((before.startTime ?? NaN) < (after.startTime ?? NaN));
});

test('the holdings of a process end with it, even if its pid is reused', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	// Takes the walks of the next updates.
	machine.spawn(9, 'huge');
	for (let count = 0; count < 2000; count++) {
		machine.open(9);
	}

	machine.spawn(2, 'server');
	machine.openFile(2);
	const shared = machine.open(2);
	machine.fork(2, 3);
	const {update, ownersOf} = start(machine);
	update();
	machine.exit(2);
	machine.spawn(2, 'server');
	machine.openFile(2);
	machine.openFile(2);
	machine.open(2);
	update();
	t.deepEqual(ownersOf(shared)?.map(owner => owner.pid), [3]);
});

test('finds thousands of new sockets between known descriptors in one update', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	machine.spawn(2, 'server');
	for (let from = 2000; from < 12_000; from++) {
		machine.open(2, {from});
	}

	const {update, ownersOf} = start(machine);
	update();
	const inodes = Array.from({length: 3000}, () => machine.open(2));
	const calls = update();
	t.true(calls < 3000 + 500, `${calls} calls`);
	for (const inode of inodes) {
		t.deepEqual(ownersOf(inode), machine.holders(inode));
	}
});

test('finds a descriptor far above the lowest free one in the second update', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	machine.spawn(2, 'bash');
	machine.open(2);
	const {update, ownersOf} = start(machine);
	update();
	const socket = machine.open(2, {from: 1_000_000});
	update();
	update();
	t.deepEqual(ownersOf(socket), [{pid: 2, name: 'bash', fd: 1_000_000}]);
});

test('finds new sockets if the kernel does not report the number of descriptors', t => {
	const machine = createMachine({hasCounts: false});
	machine.spawn(1, 'init');
	machine.spawn(2, 'server');
	machine.open(2, {port: 443, socketState: State.listen});
	const {update, ownersOf} = start(machine);
	update();
	const socket = machine.open(2, {port: 443});
	update();
	t.deepEqual(ownersOf(socket), [{pid: 2, name: 'server', fd: 1}]);
});

test('sockets are hidden if no readable process holds them and some process is not readable', t => {
	const machine = createMachine();
	machine.spawn(1, 'init', {isDenied: true});
	machine.spawn(2, 'mine', {uid: 1000});
	const mine = machine.open(2);
	const others = [machine.open(1), machine.open(1)];
	const {update, ownersOf, finder} = start(machine);
	update();
	t.is(finder.hidden, 2);
	t.deepEqual(ownersOf(mine), [{pid: 2, name: 'mine', fd: 0}]);
	t.deepEqual(others.map(inode => ownersOf(inode)), [[], []]);
	machine.close(1, 0);
	update();
	t.is(finder.hidden, 1);
});

test('a process whose links cannot be read hides sockets, too, and keeps its known ones', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	machine.spawn(2, 'server');
	const known = [machine.open(2), machine.open(2)];
	const {update, ownersOf, finder} = start(machine);
	update();
	machine.hideLinks(2);
	machine.open(2);
	machine.close(2, 0);
	for (let count = 0; count < 10; count++) {
		update();
	}

	t.is(finder.hidden, 1);
	t.deepEqual(ownersOf(known[1]), [{pid: 2, name: 'server', fd: 1}]);
});

test('a hidden socket causes no repeated reads', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	machine.spawn(2, 'huge');
	for (let count = 0; count < 2000; count++) {
		machine.open(2);
	}

	machine.spawn(3, 'foreign', {isDenied: true});
	const {update, finder} = start(machine);
	update();
	machine.open(3);
	update();
	t.is(finder.hidden, 0);
	update();
	t.is(finder.hidden, 1);
});

test('a hidden socket is no longer hidden once a readable process holds it', t => {
	const machine = createMachine();
	machine.spawn(1, 'init', {isDenied: true});
	machine.spawn(2, 'mine', {uid: 1000});
	const socket = machine.open(1);
	const {update, ownersOf, finder} = start(machine);
	update();
	t.is(finder.hidden, 1);
	machine.pass(1, 0, 2);
	for (let count = 0; count < 128; count++) {
		update();
	}

	t.deepEqual(ownersOf(socket), [{pid: 2, name: 'mine', fd: 0}]);
	t.is(finder.hidden, 0);
});

test('sockets of the kernel are not hidden if all processes are readable; kernel threads hide nothing', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	machine.spawn(2, 'kthreadd', {isDenied: true, isKernelThread: true});
	machine.openInKernel();
	machine.open(1);
	const {update, finder} = start(machine);
	update();
	t.is(finder.hidden, 0);
	t.is(finder.open, 0);
	t.is(finder.ownerless, 1);
	machine.spawn(3, 'mine', {isDenied: true});
	update();
	t.deepEqual([finder.hidden, finder.ownerless], [1, 0], 'the owner is not known then');
});

test('processes that are not listed hide sockets', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	machine.spawn(2, 'mine', {uid: 1000});
	machine.open(1);
	machine.state.invisible.add(1);
	const {update, finder} = start(machine);
	update();
	t.is(finder.hidden, 1);
});

test('finds nothing without /proc, and does not fail', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	const socket = machine.open(1);
	machine.state.isMounted = false;
	const {update, ownersOf, finder} = start(machine);
	update();
	t.deepEqual(ownersOf(socket), []);
	t.is(finder.hidden, 0);
	machine.state.isMounted = true;
	for (let count = 0; count < 70; count++) {
		update();
	}

	t.deepEqual(ownersOf(socket), [{pid: 1, name: 'init', fd: 0}]);
});

test('pauses longer after each search without result', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	machine.spawn(2, 'server');
	for (let count = 0; count < 40_000; count++) {
		machine.open(2);
	}

	const {update} = start(machine);
	update();
	let searches = 0;
	for (let count = 0; count < 128; count++) {
		machine.openInKernel();
		searches += update() > 20_000 ? 1 : 0;
	}

	t.true(searches > 0 && searches < 8, `${searches} searches`);
});

test('a socket that is gone by the next sample causes no search', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	machine.spawn(2, 'server');
	for (let count = 0; count < 40_000; count++) {
		machine.open(2);
	}

	const {update, table, finder} = start(machine);
	update();
	for (let count = 0; count < 20; count++) {
		machine.state.closedState = [undefined, State.timeWait][count % 2];
		machine.spawn(3, 'short');
		machine.open(3);
		const changes = machine.sample(table);
		machine.exit(3);
		const before = machine.state.calls;
		finder.update(table, changes, Infinity);
		t.true(machine.state.calls - before < 2000);
	}
});

test('a closed socket with unsent data keeps its owners and causes no search', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	machine.spawn(2, 'server');
	for (let count = 0; count < 40_000; count++) {
		machine.open(2);
	}

	const socket = machine.open(2);
	const {update, ownersOf} = start(machine);
	update();
	machine.state.closedState = State.finWait1;
	machine.close(2, 40_000);
	for (let count = 0; count < 5; count++) {
		t.true(update() < 2000);
		t.deepEqual(ownersOf(socket), [{pid: 2, name: 'server', fd: 40_000}]);
	}
});

test('an update keeps its budget, and the next one continues', t => {
	const machine = createMachine();
	machine.state.millisecondsPerCall = 1;
	machine.spawn(1, 'init');
	machine.spawn(2, 'huge');
	for (let count = 0; count < 5000; count++) {
		machine.open(2);
	}

	machine.spawn(3, 'small');
	const small = machine.open(3);
	const {update, ownersOf, finder} = start(machine);
	// The last step may exceed the budget: opening a process, and reads between two checks of the clock.
	const slack = 40;
	t.true(update(100) <= 100 + slack);
	t.deepEqual(ownersOf(small), [{pid: 3, name: 'small', fd: 0}], 'the process with the fewest descriptors comes first');
	t.true(finder.open > 4000);
	let updates = 0;
	for (; finder.open > 0 && updates < 100; updates++) {
		t.true(update(100) <= 100 + slack);
	}

	t.true(updates >= 50 && updates < 70, `${updates} updates`);
	for (const inode of machine.inodes()) {
		t.deepEqual(ownersOf(inode), machine.holders(inode));
	}
});

test('a search in parts finds the same as a complete one', t => {
	const machine = createMachine();
	const inodes = Array.from({length: 20}, (_, index) => {
		machine.spawn(10 + index, `server ${index}`);
		return Array.from({length: 200}, () => machine.open(10 + index));
	}).flat();
	machine.state.millisecondsPerCall = 0.01;
	const {table, finder, ownersOf} = start(machine);
	const changes = machine.sample(table);
	let parts = 0;
	let maxCalls = 0;
	let before = machine.state.calls;
	for (const _ of finder.search(table, changes, 100)) {
		parts++;
		maxCalls = Math.max(maxCalls, machine.state.calls - before);
		before = machine.state.calls;
	}

	t.true(parts > 20, `${parts} parts`);
	t.true(maxCalls < 300, `${maxCalls} calls`);
	t.is(finder.open, 0);
	t.true(inodes.every(inode => ownersOf(inode)?.length === 1));
});

test('reads only the list of processes without a budget', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	machine.open(1);
	const {update, finder} = start(machine);
	t.true(update(0) <= 2);
	t.is(finder.open, 1);
});

test('starts over with another table', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	const socket = machine.open(1);
	const {update, finder, sets} = start(machine);
	update();
	const table = new SocketTable();
	finder.update(table, machine.sample(table), Infinity);
	t.deepEqual(withoutStart(sets.of(table.core.owners[table.find(socket, 0)])), [{pid: 1, name: 'init', fd: 0}]);
});

test('frees the lists of closed sockets', t => {
	const machine = createMachine();
	machine.spawn(1, 'init');
	machine.spawn(2, 'server');
	const {update, sets, table} = start(machine);
	for (let count = 0; count < 300; count++) {
		const inodes = Array.from({length: 50}, () => machine.open(2));
		machine.fork(2, 10 + count);
		update();
		sets.tidy(() => table.core.owners.subarray(0, table.used));
		machine.exit(10 + count);
		for (const fd of machine.fds(2)) {
			machine.close(2, fd);
		}

		t.is(inodes.length, 50);
	}

	t.true(sets.size < 9000, `${sets.size} lists`);
	t.true(sets.processes.size < 300, `${sets.processes.size} processes`);
});
