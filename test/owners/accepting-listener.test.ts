import test from 'ava';
import {adoptListeners} from '../../source/owners/accepting-listener.js';
import {State} from '../../source/table/columns/states.js';
import {createTestContext} from '../helpers/context.js';

const server = [{pid: 7, name: 'server', fd: 3}];

test('a short-lived accepted connection gets the owners of its listener', t => {
	const context = createTestContext();
	const {table} = context;
	context.add({local: ['127.0.0.1', 80], state: State.listen, owners: server});
	context.add({local: ['::', 443], state: State.listen, owners: server});
	context.add({local: ['::1', 8080], state: State.listen, owners: server});
	table.end([]);
	table.begin(1000);
	const shortLived = ([
		['127.0.0.1', 80],
		['127.0.0.2', 80],
		['127.0.0.1', 443],
		['::1', 443],
		['::1', 8080],
		['127.0.0.1', 50_000],
	] as const).map(local => {
		const slot = context.add({local, peer: [local[0], 50_000]});
		table.closeShortLived(slot);
		return slot;
	});
	adoptListeners(table, shortLived);
	t.deepEqual(shortLived.map(slot => table.core.owners[slot] !== 0), [true, false, true, true, true, false]);
});
