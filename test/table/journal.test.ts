import test from 'ava';
import {createJournal} from '../../source/table/journal.js';
import {Protocol} from '../../source/table/protocols.js';
import {State} from '../../source/table/states.js';
import {createTestWorld} from '../helpers/world.js';

const server = [{pid: 7, name: 'server', fd: 3}];

test('notes what opened, changed, closed and was never seen, but not what was there before', t => {
	const world = createTestWorld();
	const {table} = world;
	const journal = createJournal(table, world.owners);
	const old = world.add({local: ['10.0.0.1', 22]});
	journal.record(table.end([]), 100);
	t.deepEqual(journal.entries(), []);

	table.begin(1000);
	const slot = world.add({local: ['10.0.0.1', 443], peer: ['10.0.0.2', 50_000], owners: server});
	table.setState(old, Protocol.tcp, State.closeWait);
	journal.record(table.end([]), 200);

	table.begin(3500);
	table.setCounters(slot, 10, 20);
	table.core.rtt[slot] = 1500;
	table.close(slot);
	table.close(old);
	const short = world.add({local: ['::1', 443], peer: ['::1', 50_001]});
	table.closeUnseen(short);
	journal.record(table.end([]), 300);

	const basics = {protocol: 'tcp', local: '10.0.0.1'};
	const connection = {
		...basics, id: table.core.id[slot], localPort: 443, peer: '10.0.0.2', peerPort: 50_000, state: 'ESTAB', owners: server,
	};
	const [opened, changed, closed, closedOld, unseen] = journal.entries();
	t.deepEqual(opened, {...connection, event: 'opened', time: 200});
	t.like(changed, {
		...basics, event: 'changed', time: 200, previousState: 'ESTAB', state: 'CLOSE-WAIT',
	});
	t.deepEqual(closed, {
		...connection, event: 'closed', time: 300, duration: 2500, bytesSent: 10, bytesReceived: 20, rtt: 1500,
	});
	t.is(closedOld.duration, undefined);
	t.like(unseen, {
		event: 'closed', local: '::1', peer: '::1', unseen: true, duration: undefined,
	});
	t.is(journal.entries().length, 5);
	t.is(journal.missedByPolls, 1);
});

test('names the namespace of each socket as it was called then', t => {
	const world = createTestWorld();
	const {table} = world;
	const names = new Map([[1, 'blue'], [2, 'green']]);
	const journal = createJournal(table, world.owners, {namespaceName: number => names.get(number)});
	journal.record(table.end([]), 0);
	table.begin(1);
	const slots = [1, 2, 3].map(namespace => world.add({local: ['10.0.0.1', 443], core: {namespace}}));
	journal.record(table.end([]), 1);
	names.delete(1);
	names.set(2, 'verdant');
	table.begin(2);
	table.close(slots[1]);
	journal.record(table.end([]), 2);
	t.deepEqual(journal.entries().map(({event, namespace}) => [event, namespace]), [
		['opened', 'blue'], ['opened', 'green'], ['opened', undefined], ['closed', 'verdant'],
	]);
	t.false(Object.hasOwn(journal.entries()[2], 'namespace'));
});

test('keeps the newest', t => {
	const world = createTestWorld();
	const journal = createJournal(world.table, world.owners, {length: 3});
	world.table.end([]);
	for (let index = 1; index <= 5; index++) {
		world.table.begin(index);
		world.add({local: ['10.0.0.1', index]});
		journal.record(world.table.end([]), index);
	}

	t.deepEqual(journal.entries().map(({localPort}) => localPort), [3, 4, 5]);
	world.table.begin(6);
	for (let index = 10; index < 20; index++) {
		world.table.closeUnseen(world.add({local: ['10.0.0.1', index]}));
	}

	journal.record(world.table.end([]), 6);
	t.deepEqual(journal.entries().map(({localPort}) => localPort), [17, 18, 19]);
	t.is(journal.missedByPolls, 10);
});
