import test from 'ava';
import {createRecentActivity, recentTime} from '../../source/engine/recent-activity.js';
import {createTestContext} from '../helpers/context.js';

test('counts short-lived sockets for a while, with the most frequent service', t => {
	const context = createTestContext();
	const recent = createRecentActivity(context.table, context.owners);
	const slots = [
		context.add({local: ['10.0.0.1', 40_000], peer: ['10.0.0.2', 5432]}),
		context.add({local: ['10.0.0.2', 5432], peer: ['10.0.0.1', 40_000], owners: [{pid: 9, name: 'postgres', fd: 3}]}),
		context.add({local: ['10.0.0.1', 40_001], peer: ['10.0.0.2', 443]}),
		context.add({local: ['0.0.0.0', 53]}),
	];
	t.is(recent.read(0), undefined);
	recent.add(slots.slice(0, 2), 0, 0);
	recent.add(slots.slice(2), 0, 1000);
	t.deepEqual(recent.read(1000), {
		shortLived: {
			count: 4, port: 5432, atPort: 2, process: 'postgres',
		},
	});
	t.deepEqual(recent.read(recentTime), {shortLived: {count: 2, port: 443, atPort: 1}}, 'older ones no longer count');
	t.is(recent.read(recentTime + 1000), undefined);
});

test('counts dropped events since the previous sample', t => {
	const context = createTestContext();
	const recent = createRecentActivity(context.table, context.owners);
	recent.add([], 3, 0);
	recent.add([], 3, 1000);
	t.deepEqual(recent.read(1000), {dropped: 3});
	recent.add([], 5, recentTime);
	t.deepEqual(recent.read(recentTime), {dropped: 2});
});
