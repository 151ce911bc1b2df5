import test from 'ava';
import {createJournal} from '../../source/table/journal.js';
import {Life, Trait} from '../../source/table/columns/columns.js';
import {CloseEvidence} from '../../source/table/close-reasons.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import {State} from '../../source/table/columns/states.js';
import {readEntries} from '../helpers/journal-entries.js';
import {createTestWorld} from '../helpers/world.js';

const server = [{pid: 7, name: 'server', fd: 3}];

test('records opened, changed, closed and short-lived sockets, but not those that existed before', t => {
	const world = createTestWorld();
	const {table} = world;
	const journal = createJournal(table);
	const old = world.add({local: ['10.0.0.1', 22]});
	journal.record(table.end([]), 100);
	t.deepEqual(readEntries(journal.table), []);

	table.begin(1000);
	const slot = world.add({local: ['10.0.0.1', 443], peer: ['10.0.0.2', 50_000], owners: server});
	table.setState(old, Protocol.tcp, State.closeWait);
	journal.record(table.end([]), 200);

	table.begin(3500);
	table.setCounters(slot, 10, 20);
	table.core.closeEvidence[slot] = CloseEvidence.finAcknowledged;
	table.close(slot);
	table.close(old);
	const short = world.add({local: ['::1', 443], peer: ['::1', 50_001]});
	table.closeShortLived(short);
	journal.record(table.end([]), 300);

	const basics = {protocol: 'tcp', local: '10.0.0.1'};
	const connection = {
		...basics, socket: table.core.id[slot], localPort: 443, peer: '10.0.0.2', peerPort: 50_000, state: 'ESTAB', owners: table.core.owners[slot],
	};
	const [opened, changed, closed, closedOld, unseen, ...rest] = readEntries(journal.table);
	t.deepEqual(rest, []);
	t.deepEqual(opened, {...connection, event: 'opened', time: 200});
	t.like(changed, {
		...basics, event: 'changed', time: 200, previousState: 'ESTAB', state: 'CLOSE-WAIT',
	});
	t.deepEqual(closed, {
		...connection, event: 'closed', time: 300, lived: 2500, bytesSent: 10, bytesReceived: 20, ended: 'closed by peer',
	});
	t.is(closedOld.lived, 3500);
	t.true((journal.table.core.life[3] & Life.initial) !== 0, 'only a minimum is known');
	t.like(unseen, {
		event: 'closed', local: '::1', peer: '::1', unseen: true, lived: undefined,
	});
	t.is(journal.missedByPolls, 1);
});

test('a connection ends when it enters TIME-WAIT, with its last counters', t => {
	const world = createTestWorld();
	const {table} = world;
	const journal = createJournal(table);
	const [told, late] = [1, 2].map(port => world.add({local: ['10.0.0.1', port], peer: ['10.0.0.2', 80]}));
	table.end([]);
	table.begin(1000);
	table.setState(told, Protocol.tcp, State.timeWait);
	table.core.life[told] |= Life.ended;
	table.setState(late, Protocol.tcp, State.timeWait);
	journal.record(table.end([]), 100);
	t.deepEqual(readEntries(journal.table).map(({localPort, event}) => [localPort, event]), [[1, 'closed']]);

	table.begin(2000);
	table.setCounters(late, 77, 0);
	table.core.life[late] |= Life.ended;
	const found = world.add({local: ['10.0.0.1', 3], peer: ['10.0.0.2', 80], state: State.timeWait});
	table.core.life[found] |= Life.ended;
	journal.record(table.end([]), 200);
	table.begin(60_000);
	table.close(told);
	table.close(late);
	table.close(found);
	journal.record(table.end([]), 300);
	t.deepEqual(readEntries(journal.table).map(({localPort, time, lived, bytesSent, ended}) => [localPort, time, lived, bytesSent, ended]), [
		[1, 100, 1000, undefined, 'closed here'],
		[2, 200, 1000, 77, 'closed here'],
		[3, 200, undefined, undefined, 'closed here'],
	], 'each once, and none when TIME-WAIT is over');
});

test('a connection that leaves TIME-WAIT at once is recorded, too', t => {
	const world = createTestWorld();
	const {table} = world;
	const journal = createJournal(table);
	const slot = world.add({local: ['10.0.0.1', 1], peer: ['10.0.0.2', 80]});
	table.end([]);
	table.begin(1000);
	table.setState(slot, Protocol.tcp, State.timeWait);
	table.close(slot);
	journal.record(table.end([]), 100);
	t.deepEqual(readEntries(journal.table).map(({event}) => event), ['closed']);
	table.begin(2000);
	journal.record(table.end([]), 200);
	t.is(journal.table.entries, 1);
});

test('the entry about a socket closed at the user\'s request says so', t => {
	const world = createTestWorld();
	const {table} = world;
	const journal = createJournal(table);
	const slots = [1, 2].map(port => world.add({local: ['10.0.0.1', port], peer: ['10.0.0.2', 80]}));
	table.end([]);
	journal.noteDestroyed(table.core.id[slots[0]]);
	table.begin(1000);
	for (const slot of slots) {
		table.core.closeEvidence[slot] = CloseEvidence.finUnacknowledged;
		table.close(slot);
	}

	journal.record(table.end([]), 100);
	t.deepEqual(readEntries(journal.table).map(({ended}) => ended), ['destroyed', 'reset']);
});

test('keeps the mapped namespace number, the texts and the wanted optional columns', t => {
	const world = createTestWorld(['cwnd', 'congestion']);
	const {table} = world;
	const journal = createJournal(table, {keepNamespace: number => number + 10});
	journal.record(table.end([]), 0);
	journal.table.want(['cwnd', 'congestion', 'lost']);
	table.begin(1);
	world.add({
		local: ['10.0.0.1', 443], core: {namespace: 5}, names: {localName: '/run/a'}, optional: {cwnd: 7, congestion: table.texts.intern('bbr')},
	});
	journal.record(table.end([]), 1);
	const {core, texts} = journal.table;
	t.is(core.namespace[0], 15);
	t.is(texts.of(core.localName[0]), '/run/a');
	t.is(journal.table.optional('cwnd')?.[0], 7);
	t.is(texts.of(journal.table.optional('congestion')?.[0] ?? 0), 'bbr');
	t.is(journal.table.optional('lost')?.[0], 0xFF_FF_FF_FF);
});

test('keeps the newest entries', t => {
	const world = createTestWorld();
	const journal = createJournal(world.table, {length: 3});
	world.table.end([]);
	for (let index = 1; index <= 5; index++) {
		world.table.begin(index);
		world.add({local: ['10.0.0.1', index]});
		journal.record(world.table.end([]), index);
	}

	const ports = (): readonly number[] => readEntries(journal.table).map(({localPort}) => localPort);
	t.deepEqual(ports(), [3, 4, 5]);
	t.is(journal.table.core.localPort[journal.table.slotOf(5)], 5);
	world.table.begin(6);
	for (let index = 10; index < 20; index++) {
		world.table.closeShortLived(world.add({local: ['10.0.0.1', index]}));
	}

	journal.record(world.table.end([]), 6);
	t.deepEqual(ports(), [17, 18, 19]);
	t.is(journal.missedByPolls, 10);
	t.is(journal.table.used, 3);
});

test('a sample with many changes is recorded in parts, and each part counts as a new sample of entries', t => {
	const world = createTestWorld();
	const {table} = world;
	const journal = createJournal(table);
	table.end([]);
	table.begin(1000);
	const count = 3000;
	for (let port = 1; port <= count; port++) {
		world.add({local: ['10.0.0.1', port]});
	}

	journal.record(table.end([]), 100);
	t.is(readEntries(journal.table).length, count);
	const counts: number[] = [];
	table.begin(2000);
	for (let slot = 0; slot < count; slot++) {
		table.setState(slot, Protocol.tcp, State.closeWait);
	}

	let {sample} = journal.table;
	for (const _ of journal.recordInParts(table.end([]), 200)) {
		t.true(journal.table.sample > sample);
		({sample} = journal.table);
		counts.push(journal.table.entries);
	}

	t.true(counts.length > 4 && counts.every((entries, index) => index === 0 || entries > counts[index - 1]), counts.join(' '));
	t.is(readEntries(journal.table).length, 2 * count);
});

test('an owner that is found later completes the entry, and holds back its report', t => {
	const world = createTestWorld();
	const {table} = world;
	const journal = createJournal(table);
	table.end([]);
	const reported = (): readonly number[] => journal.takeSettled().slots.map(slot => journal.table.core.localPort[slot]);

	table.begin(1000);
	const known = world.add({local: ['10.0.0.1', 1], owners: server});
	const unknown = world.add({local: ['10.0.0.1', 2]});
	const last = world.add({local: ['10.0.0.1', 3], owners: server});
	journal.record(table.end([]), 100);
	t.deepEqual(reported(), [1], 'what follows waits, too');

	table.begin(2000);
	table.core.owners[unknown] = table.core.owners[known];
	table.core.inode[unknown] = 77;
	journal.record(table.end([]), 200);
	t.deepEqual(reported(), [2, 3]);
	t.deepEqual(readEntries(journal.table).map(({owners}) => owners), [known, known, last].map(slot => table.core.owners[slot]));
	t.is(journal.table.core.inode[1], 77);

	table.begin(3000);
	const never = world.add({local: ['10.0.0.1', 4]});
	journal.record(table.end([]), 300);
	t.deepEqual(reported(), []);
	table.begin(4000);
	table.close(never);
	journal.record(table.end([]), 400);
	t.deepEqual(reported(), [4, 4], 'one sample, no longer');
	table.core.owners[never] = 1;
	journal.record(table.end([]), 500);
	t.is(readEntries(journal.table).at(-2)?.owners, 0, 'a closed socket gets no owner');
});

test('tells how many entries were overwritten before they could be reported', t => {
	const world = createTestWorld();
	const {table} = world;
	const journal = createJournal(table, {length: 3});
	table.end([]);
	table.begin(1000);
	for (let port = 1; port <= 5; port++) {
		world.add({local: ['10.0.0.1', port], owners: server});
	}

	journal.record(table.end([]), 100);
	const {slots, missed} = journal.takeSettled();
	t.is(missed, 2);
	t.deepEqual(slots.map(slot => journal.table.core.localPort[slot]), [3, 4, 5]);
	t.deepEqual(journal.takeSettled(), {slots: [], missed: 0});
});

test('last counters that come later complete the entry about the close, and its reason', t => {
	const world = createTestWorld();
	const {table} = world;
	const journal = createJournal(table);
	const [gone, here] = [1, 2].map(port => world.add({local: ['10.0.0.1', port], peer: ['10.0.0.2', 80]}));
	table.end([]);
	table.begin(1000);
	for (const slot of [gone, here]) {
		table.core.closeEvidence[slot] = CloseEvidence.aborted;
		table.close(slot);
	}

	const goneId = table.core.id[gone];
	journal.record(table.end([]), 100);
	t.deepEqual(readEntries(journal.table).map(({ended, bytesSent}) => [ended, bytesSent]), [['reset', undefined], ['reset', undefined]]);

	table.begin(2000);
	table.noteLate({
		id: goneId, evidence: CloseEvidence.finUnacknowledged, bytesSent: 500, bytesReceived: 41, rtt: 9,
	});
	table.noteLate({id: goneId, bytesReceived: 40});
	table.noteLate({id: 4711, bytesReceived: 40});
	table.core.bytesSent[here] = 7;
	table.core.bytesReceived[here] = 8;
	table.core.closeEvidence[here] = CloseEvidence.finAcknowledged;
	table.noteDestroyed(here);
	journal.record(table.end([]), 200);
	t.deepEqual(readEntries(journal.table).map(({ended, bytesSent, bytesReceived}) => [ended, bytesSent, bytesReceived]), [['reset', 500, 40], ['closed by peer', 7, 8]]);
});

test('a connection whose socket is held ends once, when it ends', t => {
	const world = createTestWorld();
	const {table} = world;
	const journal = createJournal(table);
	const slot = world.add({local: ['10.0.0.1', 1], peer: ['10.0.0.2', 80]});
	table.end([]);
	table.begin(1000);
	table.core.closeEvidence[slot] = CloseEvidence.aborted;
	table.setState(slot, Protocol.tcp, State.unconnected);
	const left = world.add({local: ['10.0.0.1', 2], peer: ['10.0.0.2', 80], state: State.unconnected});
	table.core.traits[left] |= Trait.leftover;
	const short = world.add({local: ['10.0.0.1', 3], peer: ['10.0.0.2', 80], state: State.unconnected});
	journal.record(table.end([]), 100);
	const told = (): unknown => readEntries(journal.table).map(({localPort, event, state, ended}) => [localPort, event, state, ended]);
	t.deepEqual(told(), [[1, 'closed', 'ESTAB', 'reset']]);

	table.begin(9000);
	for (const one of [slot, left, short]) {
		table.setCounters(one, 10, 0);
		table.core.closeEvidence[one] = CloseEvidence.finUnacknowledged;
		table.noteDestroyed(one);
		table.close(one);
	}

	journal.record(table.end([]), 900);
	t.deepEqual(told(), [[1, 'closed', 'ESTAB', 'reset'], [3, 'closed', 'UNCONN', 'reset']], 'and a socket that no sample saw alive ends when it goes');
	t.is(readEntries(journal.table)[0].bytesSent, 10);
	t.is(readEntries(journal.table)[0].lived, 1000);
});
