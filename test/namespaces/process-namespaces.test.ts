import test from 'ava';
import {createProcessNamespaces} from '../../source/namespaces/process-namespaces.js';

/** A machine whose processes are in the namespaces of `inodes`: inode by pid, negative if access is denied. */
const createMachine = (inodes: Map<number, number>) => {
	const state = {version: 1, reads: 0};
	return {
		state,
		inodes,
		/** Starts a process, or moves it to another namespace during its start. */
		begin(pid: number, inode: number): void {
			inodes.set(pid, inode);
			state.version++;
		},
		end(pid: number): void {
			inodes.delete(pid);
			state.version++;
		},
		namespaces: createProcessNamespaces({
			version: () => String(state.version),
			pids: () => inodes.keys().toArray(),
			inodeOf(pid) {
				state.reads++;
				const inode = inodes.get(pid);
				return inode !== undefined && inode < 0 ? 'denied' : inode;
			},
			tokenOf: pid => inodes.has(pid) ? 1000 + Math.abs(inodes.get(pid) ?? 0) : undefined,
		}),
	};
};

test('finds the namespaces and the lowest pid in each', t => {
	const {namespaces} = createMachine(new Map([[1, 10], [7, 20], [3, 10], [5, 20]]));
	namespaces.refresh();
	t.deepEqual([...namespaces.processes], [[10, 1], [20, 5]]);
	t.is(namespaces.hidden, 0);
});

test('a namespace is gone with its last process', t => {
	const {namespaces, end} = createMachine(new Map([[1, 10], [5, 20], [7, 20]]));
	namespaces.refresh();
	end(5);
	namespaces.refresh();
	t.is(namespaces.processes.get(20), 7);
	end(7);
	namespaces.refresh();
	t.deepEqual(namespaces.processes.keys().toArray(), [10]);
});

test('reads a new process again, because it may still enter its namespace', t => {
	const {namespaces, begin, inodes} = createMachine(new Map([[1, 10]]));
	namespaces.refresh();
	begin(5, 10);
	namespaces.refresh();
	inodes.set(5, 20);
	namespaces.refresh();
	t.is(namespaces.processes.get(20), 5);
});

test('reads the lowest process of a namespace each time', t => {
	const many = new Map(Array.from({length: 1000}, (_, index) => [index + 1, 10]));
	many.set(900, 20);
	const {namespaces, inodes} = createMachine(many);
	namespaces.refresh();
	t.is(namespaces.processes.get(20), 900);
	inodes.set(900, 10);
	namespaces.refresh();
	t.false(namespaces.processes.has(20));
});

test('reads a slice of many processes each time, and all of them in turn', t => {
	const {namespaces, inodes, state} = createMachine(new Map(Array.from({length: 1000}, (_, index) => [index + 1, 10])));
	namespaces.refresh();
	t.is(state.reads, 1000);
	inodes.set(777, 20);
	let refreshes = 0;
	while (!namespaces.processes.has(20)) {
		const before = state.reads;
		namespaces.refresh();
		refreshes++;
		t.true(state.reads - before <= 70, `${state.reads - before} reads`);
	}

	t.true(refreshes <= 18, `${refreshes} refreshes`);
});

test('counts each hidden namespace once, except those that another process shows', t => {
	const {namespaces} = createMachine(new Map([[1, 10], [2, -10], [3, -20], [4, -20], [5, -30]]));
	namespaces.refresh();
	t.deepEqual(namespaces.processes.keys().toArray(), [10]);
	t.is(namespaces.hidden, 2);
});

test('ignores a process that ends during the read', t => {
	const namespaces = createProcessNamespaces({
		version: () => '', pids: () => [1, 2], inodeOf: pid => pid === 1 ? 10 : undefined, tokenOf: () => undefined,
	});
	namespaces.refresh();
	t.deepEqual([...namespaces.processes], [[10, 1]]);
});

test('finds none without /proc', t => {
	const namespaces = createProcessNamespaces({
		version: () => '', pids: () => undefined, inodeOf: () => undefined, tokenOf: () => undefined,
	});
	namespaces.refresh();
	t.is(namespaces.processes.size, 0);
});
