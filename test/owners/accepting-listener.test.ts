import test from 'ava';
import {adoptListeners} from '../../source/owners/accepting-listener.js';
import {State} from '../../source/table/columns/states.js';
import {createTestWorld} from '../helpers/world.js';

const server = [{pid: 7, name: 'server', fd: 3}];

test('a short-lived accepted connection gets the owners of its listener', t => {
	const world = createTestWorld();
	const {table} = world;
	world.add({local: ['127.0.0.1', 80], state: State.listen, owners: server});
	world.add({local: ['::', 443], state: State.listen, owners: server});
	world.add({local: ['::1', 8080], state: State.listen, owners: server});
	table.end([]);
	table.begin(1000);
	const unseen = ([
		['127.0.0.1', 80],
		['127.0.0.2', 80],
		['127.0.0.1', 443],
		['::1', 443],
		['::1', 8080],
		['127.0.0.1', 50_000],
	] as const).map(local => {
		const slot = world.add({local, peer: [local[0], 50_000]});
		table.closeShortLived(slot);
		return slot;
	});
	adoptListeners(table, unseen);
	t.deepEqual(unseen.map(slot => table.core.owners[slot] !== 0), [true, false, true, true, true, false]);
});
