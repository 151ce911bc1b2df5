import test from 'ava';
import fc from '../../helpers/property.js';
import {lazySort} from '../../../source/query/order/lazy-sort.js';
import {takeOrder} from '../../../source/query/order/order.js';
import type {Sort} from '../../../source/query/query.js';
import {createTestContext, type TestContext} from '../../helpers/context.js';

const sorted = (context: TestContext, slots: readonly number[], field: string, isDescending = false): number[] => {
	const all = Uint32Array.from(slots);
	const levels = takeOrder({field, descending: isDescending}, context, all).levels(all);
	return lazySort(new Uint32Array(all), levels).range(0, all.length);
};

test('sorts by a number, absent values last in both directions', t => {
	const context = createTestContext();
	const [big, none, small] = [context.add({core: {rtt: 900}}), context.add(), context.add({core: {rtt: 5}})];
	t.deepEqual(sorted(context, [big, none, small], 'rtt'), [small, big, none]);
	t.deepEqual(sorted(context, [big, none, small], 'rtt', true), [big, small, none]);
});

test('sorts equal sockets by the next field, absent values last there, too', t => {
	const context = createTestContext();
	const users = [[1000, 5], [0, 9], [1000, 9], [0, undefined], [0, 5]] as const;
	const slots = users.map(([uid, rtt]) => context.add({core: {uid, ...(rtt !== undefined && {rtt: rtt * 1000})}}));
	const [ann5, root9, ann9, root, root5] = slots;
	const all = Uint32Array.from(slots);
	const inOrder = (isDescending: boolean): number[] => {
		const {levels} = takeOrder({field: 'user', descending: true, finer: {field: 'rtt', descending: isDescending}}, context, all);
		return lazySort(new Uint32Array(all), levels(all)).range(0, all.length);
	};

	t.deepEqual(inOrder(false), [root5, root9, root, ann5, ann9]);
	t.deepEqual(inOrder(true), [root9, root5, root, ann9, ann5]);
});

test('sorts by text, up to the last character', t => {
	const context = createTestContext();
	const names = ['postgres: b', 'postgres: a', 'apache', 'postgres: ab'];
	const slots = names.map((name, index) => context.add({owners: [{pid: index + 1, name}]}));
	const [b, a, apache, ab] = slots;
	t.deepEqual(sorted(context, slots, 'process'), [apache, a, ab, b]);
	t.deepEqual(sorted(context, slots, 'process', true), [b, ab, a, apache]);
});

test('sorts addresses as numbers', t => {
	const context = createTestContext();
	const ends = [['10.0.0.2', 5], ['10.0.0.10', 5], ['9.0.0.1', 5], ['::1', 5], ['9.0.0.1', 4]] as const;
	const slots = ends.map(peer => context.add({peer}));
	const [two, ten, nine, loopback, nine4] = slots;
	t.deepEqual(sorted(context, slots, 'peer'), [nine4, nine, two, ten, loopback]);
});

test('sorts equal sockets by age, newest first, then by local port, then by id, in both directions', t => {
	const context = createTestContext();
	const old = context.add({local: ['1.1.1.1', 1]});
	context.table.begin(5000);
	const [first, port9, second] = [
		context.add({local: ['1.1.1.1', 7]}),
		context.add({local: ['1.1.1.1', 9]}),
		context.add({local: ['1.1.1.1', 7]}),
	];
	const expected = [first, second, port9, old];
	t.deepEqual(sorted(context, [old, second, first, port9], 'state'), expected);
	t.deepEqual(sorted(context, [old, second, first, port9], 'state', true), expected);
	t.deepEqual(sorted(context, [old, second, first, port9], 'nonsense'), expected);
});

test('property: the same order of other sockets is the order that they have of their own, whatever order was used before', t => {
	const context = createTestContext();
	const fields = ['rtt', 'user', 'health', 'process', 'state'] as const;
	const slots = Array.from({length: 400}, (_, number) => {
		context.table.begin(number % 7 * 1000);
		return context.add({local: ['10.0.0.1', number % 11], core: {uid: number % 3, ...(number % 5 !== 0 && {rtt: number * 7919 % 101})}});
	});
	const subset = fc.subarray(slots, {minLength: 1});
	fc.assert(fc.property(fc.array(subset, {minLength: 2, maxLength: 5}), fc.constantFrom(...fields), fc.boolean(), (parts, field, descending) => {
		const sort: Sort = {field, descending, finer: {field: 'rtt', descending: !descending}};
		const [first, ...others] = parts.map(part => Uint32Array.from(part));
		let order = takeOrder(sort, context, first);
		lazySort(new Uint32Array(first), order.levels(first)).range(0, Math.min(5, first.length));
		for (const other of others) {
			order = order.of(other);
			const own = takeOrder(sort, context, other);
			t.deepEqual(lazySort(new Uint32Array(other), order.levels(other)).range(0, other.length), lazySort(new Uint32Array(other), own.levels(other)).range(0, other.length));
		}
	}));
});

test('a kept order stays, and new sockets come last in the order in which they appeared', t => {
	const context = createTestContext();
	const {rxRate} = context.table.core;
	const slots = [3, 1, 2].map(rate => context.add({core: {rxRate: rate}}));
	const order = takeOrder({field: 'rxRate', descending: true}, context, Uint32Array.from(slots));
	for (const slot of slots) {
		rxRate[slot] = 10 - rxRate[slot];
	}

	const late = [context.add({core: {rxRate: 99}}), context.add({core: {rxRate: 100}})];
	const all = Uint32Array.from([...late, ...slots]);
	t.deepEqual(lazySort(new Uint32Array(all), order.levels(all)).range(0, 5), [slots[0], slots[2], slots[1], ...late]);
	const later = context.add();
	const fewer = Uint32Array.from([later, late[1], slots[1]]);
	t.deepEqual(lazySort(new Uint32Array(fewer), order.levels(fewer)).range(0, 3), [slots[1], late[1], later]);
});

test('another socket in the slot of a removed one is a new socket', t => {
	const context = createTestContext();
	const slots = [context.add({core: {rxRate: 9}}), context.add({core: {rxRate: 1}})];
	const order = takeOrder({field: 'rxRate', descending: true}, context, Uint32Array.from(slots));
	context.table.close(slots[0]);
	context.table.begin(10_000);
	t.is(context.add({core: {rxRate: 100}}), slots[0]);
	const all = Uint32Array.from(slots);
	t.deepEqual(lazySort(new Uint32Array(all), order.levels(all)).range(0, 2), [slots[1], slots[0]]);
});

test('sorting by several fields is like sorting by each in turn, the last one first', t => {
	const ids = ['recvQ', 'rtt', 'user', 'localPort'] as const;
	const key = fc.record({field: fc.constantFrom(...ids), descending: fc.boolean()});
	const socket = fc.record({
		recvQ: fc.nat(2), uid: fc.constantFrom(0, 7, 1000), rtt: fc.constantFrom(1000, 2000, 0xFF_FF_FF_FF), localPort: fc.nat(3),
	});
	fc.assert(fc.property(fc.array(socket, {maxLength: 300}), fc.array(key, {minLength: 1, maxLength: 3}), fc.nat(20), (sockets, keys, height) => {
		const context = createTestContext();
		const slots = Uint32Array.from(sockets, core => context.add({core}));
		const [first, ...rest] = keys.toReversed();
		let sort: Sort = first;
		for (const next of rest) {
			sort = {...next, finer: sort};
		}

		const text = ({localPort, recvQ, rtt, uid}: (typeof sockets)[number]): Record<(typeof ids)[number], number | string | undefined> => ({
			localPort, recvQ, rtt: rtt === 0xFF_FF_FF_FF ? undefined : rtt, user: uid === 0 ? 'root' : (uid === 1000 ? 'ann' : '7'),
		});
		let expected = sockets.keys().toArray().toSorted((a, b) => sockets[a].localPort - sockets[b].localPort);
		for (const {field, descending} of keys.toReversed()) {
			expected = expected.toSorted((a, b) => {
				const [valueA, valueB] = [text(sockets[a])[field], text(sockets[b])[field]];
				if (valueA === valueB) {
					return 0;
				}

				return valueA === undefined || valueB === undefined ? (valueA === undefined ? 1 : -1) : (valueA < valueB === descending ? 1 : -1);
			});
		}

		const shown = Math.min(height, slots.length);
		const window = lazySort(new Uint32Array(slots), takeOrder(sort, context, slots).levels(slots)).range(0, shown);
		t.deepEqual(window, expected.slice(0, shown).map(index => slots[index]));
	}), {numRuns: 100});
});
