import test from 'ava';
import fc from '../helpers/property.js';
import type {Owner} from '../../source/owners/owner.js';
import {createOwnerSets} from '../../source/owners/owner-sets.js';

const owner = fc.record({
	pid: fc.integer({min: 1, max: 5}),
	name: fc.constantFrom('a', 'b', 'a b', '1 a', ''),
	fd: fc.integer({min: 0, max: 3}),
}, {requiredKeys: ['pid', 'name']}) as fc.Arbitrary<Owner>;

const list = fc.array(owner, {maxLength: 4});

const describe = (owners: readonly Owner[]): string[] => owners.map(({pid, name, fd}) => JSON.stringify([pid, name, fd ?? null]));

/** A list without repetitions, in canonical order. */
const canonical = (owners: readonly Owner[]): string => [...new Set(describe(owners))].toSorted().join(' ');

test('0 is the empty list', t => {
	const sets = createOwnerSets();
	t.is(sets.intern([]), 0);
	t.deepEqual(sets.of(0), []);
	t.deepEqual(sets.of(12), []);
});

test('sorts a list by process and descriptor, and keeps a descriptor absent', t => {
	const sets = createOwnerSets();
	const set = sets.intern([{pid: 7, name: 'b', fd: 12}, {pid: 7, name: 'b', fd: 3}, {pid: 2, name: 'z'}, {pid: 7, name: 'b', fd: 3}]);
	t.deepEqual(sets.of(set), [{pid: 2, name: 'z'}, {pid: 7, name: 'b', fd: 3}, {pid: 7, name: 'b', fd: 12}]);
	t.deepEqual(sets.read(set), sets.of(sets.intern(sets.read(set))));
	t.is(sets.of(set), sets.of(set));
});

test('equal lists have one number, different ones have different numbers', t => {
	fc.assert(fc.property(fc.array(list), lists => {
		const sets = createOwnerSets();
		const numbers = new Map<string, number>();
		for (const owners of lists) {
			const set = sets.intern(owners);
			const key = canonical(owners);
			t.is(set, numbers.get(key) ?? set);
			numbers.set(key, set);
			t.is(canonical(sets.of(set)), key);
		}

		t.is(new Set(numbers.values()).size, numbers.size);
	}));
});

test('interns numbers and owners to the same lists', t => {
	const sets = createOwnerSets();
	const server = sets.processes.numberOf(5, 'server', NaN);
	const worker = sets.processes.numberOf(4, 'worker', NaN);
	t.is(sets.internOne(server, 0), sets.intern([{pid: 5, name: 'server', fd: 0}]));
	t.is(sets.soleProcess(sets.internOne(server, 0)), server);
	t.is(sets.soleProcess(sets.internMany([server, 3, worker, 9])), 0);
	t.is(sets.soleProcess(0), 0);
	t.is(sets.internMany([server, 3, worker, 9]), sets.intern([{pid: 4, name: 'worker', fd: 9}, {pid: 5, name: 'server', fd: 3}]));
	t.is(sets.internMany([server, 0]), sets.internOne(server, 0));
	t.is(sets.internMany([]), 0);
});

test('frees only lists that are not in use', t => {
	fc.assert(fc.property(fc.array(fc.record({owners: list, isKept: fc.boolean()}), {maxLength: 40}), fc.nat({max: 100}), (lists, seed) => {
		const sets = createOwnerSets();
		const kept = new Map<number, string>();
		for (const {owners, isKept} of lists) {
			const set = sets.intern(owners);
			if (isKept) {
				kept.set(set, canonical(owners));
			}
		}

		// Enough unused lists to start a check.
		for (let fd = 0; fd < 4200; fd++) {
			sets.intern([{pid: 1000 + seed, name: 'many', fd}]);
		}

		const versions = new Map(Array.from({length: sets.size + 1}, (_, set) => [set, sets.version(set)]));
		sets.tidy(() => kept.keys());
		t.is(sets.size, [...kept].filter(([set]) => set !== 0).length);
		for (const [set, key] of kept) {
			t.is(canonical(sets.of(set)), key);
			t.is(sets.intern(sets.of(set)), set);
		}

		// Numbers are reused for other lists.
		const again = sets.intern([{pid: 99, name: 'new', fd: 1}]);
		t.false(kept.has(again));
		t.not(sets.version(again), versions.get(again));
		for (const set of kept.keys()) {
			t.is(sets.version(set), versions.get(set) ?? 0);
		}

		t.deepEqual(sets.of(again), [{pid: 99, name: 'new', fd: 1}]);
	}), {numRuns: 30});
});

test('does not check few lists', t => {
	const sets = createOwnerSets();
	sets.intern([{pid: 1, name: 'a', fd: 1}]);
	sets.tidy(() => {
		throw new Error('looked');
	});
	t.is(sets.size, 1);
});

test('frees processes with their lists, except pinned ones', t => {
	const sets = createOwnerSets();
	const pinned = sets.processes.numberOf(77, 'pinned', NaN);
	sets.processes.pin(pinned);
	for (let pid = 100; pid < 6000; pid++) {
		sets.intern([{pid, name: 'short', fd: 0}]);
	}

	sets.tidy(() => []);
	t.is(sets.size, 0);
	t.is(sets.processes.size, 1);
	t.is(sets.processes.numberOf(77, 'pinned', NaN), pinned);
	sets.processes.unpin(pinned);
	for (let pid = 100; pid < 6000; pid++) {
		sets.intern([{pid, name: 'short', fd: 0}]);
	}

	sets.tidy(() => []);
	t.is(sets.processes.size, 0);
});
