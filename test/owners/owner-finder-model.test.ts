import test from 'ava';
import fc from '../helpers/property.js';
import {createOwnerFinder} from '../../source/owners/owner-finder.js';
import {createOwnerSets} from '../../source/owners/owner-sets.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {State} from '../../source/table/columns/states.js';
import {createMachine, withoutStart, type Machine} from './machine.js';

/** What happens on a machine. Numbers choose among what exists at that time. */
const event = fc.oneof(
	{
		weight: 6, arbitrary: fc.record({
			type: fc.constant('open' as const), process: fc.nat(), port: fc.constantFrom(80, 443, 5432), from: fc.constantFrom(0, 0, 0, 100, 70_000),
		}),
	},
	{weight: 2, arbitrary: fc.record({type: fc.constant('file' as const), process: fc.nat()})},
	{weight: 5, arbitrary: fc.record({type: fc.constant('close' as const), process: fc.nat(), fd: fc.nat()})},
	{
		weight: 2, arbitrary: fc.record({
			type: fc.constant('fork' as const), process: fc.nat(), pid: fc.integer({min: 2, max: 12}), isDenied: fc.boolean(),
		}),
	},
	{
		weight: 1, arbitrary: fc.record({
			type: fc.constant('exec' as const), process: fc.nat(), name: fc.string({maxLength: 15}), fd: fc.nat(),
		}),
	},
	{weight: 1, arbitrary: fc.record({type: fc.constant('exit' as const), process: fc.nat()})},
	{
		weight: 3, arbitrary: fc.record({
			type: fc.constant('pass' as const), process: fc.nat(), fd: fc.nat(), to: fc.nat(),
		}),
	},
	{weight: 1, arbitrary: fc.record({type: fc.constant('kernel' as const)})},
	{weight: 1, arbitrary: fc.record({type: fc.constant('linger' as const), state: fc.constantFrom(undefined, State.timeWait, State.lastAck)})},
	{weight: 6, arbitrary: fc.record({type: fc.constant('update' as const), budget: fc.constantFrom(0, 5, 30, 200, Infinity)})},
);

type Event = typeof event extends fc.Arbitrary<infer Type> ? Type : never;

const choose = (from: readonly number[], number: number): number | undefined => from[number % from.length];

const play = (machine: Machine, happening: Exclude<Event, {type: 'update'}>): void => {
	if (happening.type === 'kernel') {
		machine.openInKernel();
		return;
	}

	if (happening.type === 'linger') {
		machine.state.closedState = happening.state;
		return;
	}

	const pid = choose(machine.pids(), happening.process) ?? 1;
	switch (happening.type) {
		case 'open': {
			machine.open(pid, {port: happening.port, from: happening.from});
			break;
		}

		case 'file': {
			machine.openFile(pid);
			break;
		}

		case 'close': {
			const fd = choose(machine.fds(pid), happening.fd);
			if (fd !== undefined) {
				machine.close(pid, fd);
			}

			break;
		}

		case 'fork': {
			if (!machine.pids().includes(happening.pid)) {
				machine.fork(pid, happening.pid, {isDenied: happening.isDenied});
			}

			break;
		}

		case 'exec': {
			const fd = choose(machine.fds(pid), happening.fd);
			machine.exec(pid, happening.name, fd === undefined ? [] : [fd]);
			break;
		}

		case 'exit': {
			// Process 1 always exists.
			if (pid !== 1) {
				machine.exit(pid);
			}

			break;
		}

		case 'pass': {
			const fd = choose(machine.fds(pid), happening.fd);
			if (fd !== undefined) {
				machine.pass(pid, fd, choose(machine.pids(), happening.to) ?? 1);
			}

			break;
		}
	}
};

const runs = {numRuns: 300};

for (const hasCounts of [true, false]) {
	test(`lists every readable holder once a machine is quiet (${hasCounts ? 'since' : 'before'} Linux 6.2)`, t => {
		fc.assert(fc.property(fc.array(event, {maxLength: 120}), events => {
			const machine = createMachine({hasCounts});
			machine.spawn(1, 'init');
			machine.spawn(2, 'server', {uid: 33});
			const table = new SocketTable();
			const sets = createOwnerSets();
			const finder = createOwnerFinder({proc: machine.proc, owners: sets, now: machine.now});
			machine.state.millisecondsPerCall = 1;
			const update = (budget: number): void => {
				finder.update(table, machine.sample(table), budget);
			};

			for (const happening of events) {
				if (happening.type === 'update') {
					update(happening.budget);
				} else {
					play(machine, happening);
				}
			}

			// A round.
			for (let count = 0; count < 128; count++) {
				update(500);
			}

			const unheld = machine.inodes().filter(inode => machine.holders(inode).length === 0);
			for (const inode of machine.inodes()) {
				t.deepEqual(withoutStart(sets.of(table.core.owners[table.find(inode, 0)])), machine.holders(inode));
			}

			t.is(finder.hidden, machine.isAnyDenied() ? unheld.length : 0);
			t.is(finder.open, 0);
		}), runs);
	});
}

test('never lists a process that did not hold the socket', t => {
	fc.assert(fc.property(fc.array(event, {maxLength: 120}), events => {
		const machine = createMachine();
		machine.spawn(1, 'init');
		machine.spawn(2, 'server', {uid: 33});
		const table = new SocketTable();
		const sets = createOwnerSets();
		const finder = createOwnerFinder({proc: machine.proc, owners: sets, now: machine.now});
		const everHeld = new Set<string>();
		for (const happening of events) {
			if (happening.type === 'update') {
				finder.update(table, machine.sample(table), happening.budget);
			} else {
				play(machine, happening);
			}

			for (const inode of machine.inodes()) {
				for (const {pid, fd} of machine.holders(inode)) {
					everHeld.add(`${inode} ${pid} ${fd}`);
				}

				const slot = table.find(inode, 0);
				for (const {pid, fd} of slot === -1 ? [] : sets.of(table.core.owners[slot])) {
					t.true(everHeld.has(`${inode} ${pid} ${fd}`));
				}
			}
		}
	}), runs);
});
