import test from 'ava';
import {createJournal} from '../../source/table/journal.js';
import {Life, Trait} from '../../source/table/columns/columns.js';
import {CloseEvidence} from '../../source/table/close-reasons.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import {State} from '../../source/table/columns/states.js';
import {readEntries} from '../helpers/journal-entries.js';
import {createTestContext} from '../helpers/context.js';

const server = [{pid: 7, name: 'server', fd: 3}];

test('records opened, changed, closed and short-lived sockets, but not those that existed before', t => {
	const context = createTestContext();
	const {table} = context;
	const journal = createJournal(table);
	const old = context.add({local: ['10.0.0.1', 22]});
	journal.record(table.end([]), 100);
	t.deepEqual(readEntries(journal.table), []);

	table.begin(1000);
	const slot = context.add({local: ['10.0.0.1', 443], peer: ['10.0.0.2', 50_000], owners: server});
	table.setState(old, Protocol.tcp, State.closeWait);
	journal.record(table.end([]), 200);

	table.begin(3500);
	table.setCounters(slot, 10, 20);
	table.core.closeEvidence[slot] = CloseEvidence.finAcknowledged;
	table.close(slot);
	table.close(old);
	const short = context.add({local: ['::1', 443], peer: ['::1', 50_001]});
	table.closeShortLived(short);
	journal.record(table.end([]), 300);

	const basics = {protocol: 'tcp', local: '10.0.0.1'};
	const connection = {
		...basics, socket: table.core.id[slot], localPort: 443, peer: '10.0.0.2', peerPort: 50_000, state: 'ESTAB', owners: table.core.owners[slot],
	};
	const [opened, changed, closed, closedOld, shortLived, ...rest] = readEntries(journal.table);
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
	t.like(shortLived, {
		event: 'closed', local: '::1', peer: '::1', shortLived: true, lived: undefined,
	});
	t.is(journal.missedByPolls, 1);
});

test('a connection counts as closed when it enters TIME-WAIT, with its last counters', t => {
	const context = createTestContext();
	const {table} = context;
	const journal = createJournal(table);
	const [complete, late] = [1, 2].map(port => context.add({local: ['10.0.0.1', port], peer: ['10.0.0.2', 80]}));
	table.end([]);
	table.begin(1000);
	table.setState(complete, Protocol.tcp, State.timeWait);
	table.core.life[complete] |= Life.ended;
	table.setState(late, Protocol.tcp, State.timeWait);
	journal.record(table.end([]), 100);
	t.deepEqual(readEntries(journal.table).map(({localPort, event}) => [localPort, event]), [[1, 'closed']]);

	table.begin(2000);
	table.setCounters(late, 77, 0);
	table.core.life[late] |= Life.ended;
	const found = context.add({local: ['10.0.0.1', 3], peer: ['10.0.0.2', 80], state: State.timeWait});
	table.core.life[found] |= Life.ended;
	journal.record(table.end([]), 200);
	table.begin(60_000);
	table.close(complete);
	table.close(late);
	table.close(found);
	journal.record(table.end([]), 300);
	t.deepEqual(readEntries(journal.table).map(({localPort, time, lived, bytesSent, ended}) => [localPort, time, lived, bytesSent, ended]), [
		[1, 100, 1000, undefined, 'closed here'],
		[2, 200, 1000, 77, 'closed here'],
		[3, 200, undefined, undefined, 'closed here'],
	], 'each is reported once, and not again at the end of TIME-WAIT');
});

test('a connection that leaves TIME-WAIT at once is recorded, too', t => {
	const context = createTestContext();
	const {table} = context;
	const journal = createJournal(table);
	const slot = context.add({local: ['10.0.0.1', 1], peer: ['10.0.0.2', 80]});
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

test('the close reason of a socket closed at the user\'s request is "destroyed"', t => {
	const context = createTestContext();
	const {table} = context;
	const journal = createJournal(table);
	const slots = [1, 2].map(port => context.add({local: ['10.0.0.1', port], peer: ['10.0.0.2', 80]}));
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
	const context = createTestContext(['cwnd', 'congestion']);
	const {table} = context;
	const journal = createJournal(table, {keepNamespace: number => number + 10});
	journal.record(table.end([]), 0);
	journal.table.setOptionalColumns(['cwnd', 'congestion', 'lost']);
	table.begin(1);
	context.add({
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
	const context = createTestContext();
	const journal = createJournal(context.table, {length: 3});
	context.table.end([]);
	for (let index = 1; index <= 5; index++) {
		context.table.begin(index);
		context.add({local: ['10.0.0.1', index]});
		journal.record(context.table.end([]), index);
	}

	const ports = (): readonly number[] => readEntries(journal.table).map(({localPort}) => localPort);
	t.deepEqual(ports(), [3, 4, 5]);
	t.is(journal.table.core.localPort[journal.table.slotOf(5)], 5);
	context.table.begin(6);
	for (let index = 10; index < 20; index++) {
		context.table.closeShortLived(context.add({local: ['10.0.0.1', index]}));
	}

	journal.record(context.table.end([]), 6);
	t.deepEqual(ports(), [17, 18, 19]);
	t.is(journal.missedByPolls, 10);
	t.is(journal.table.used, 3);
});

test('a sample with many changes is recorded in parts, and each part counts as a new sample of entries', t => {
	const context = createTestContext();
	const {table} = context;
	const journal = createJournal(table);
	table.end([]);
	table.begin(1000);
	const count = 3000;
	for (let port = 1; port <= count; port++) {
		context.add({local: ['10.0.0.1', port]});
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
	const context = createTestContext();
	const {table} = context;
	const journal = createJournal(table);
	table.end([]);
	const reported = (): readonly number[] => journal.takeCompleted({owners: true, counters: false}).slots.map(slot => journal.table.core.localPort[slot]);

	table.begin(1000);
	const known = context.add({local: ['10.0.0.1', 1], owners: server});
	const unknown = context.add({local: ['10.0.0.1', 2]});
	const last = context.add({local: ['10.0.0.1', 3], owners: server});
	journal.record(table.end([]), 100);
	t.deepEqual(reported(), [1], 'later entries wait, too');

	table.begin(2000);
	table.core.owners[unknown] = table.core.owners[known];
	table.core.inode[unknown] = 77;
	journal.record(table.end([]), 200);
	t.deepEqual(reported(), [2, 3]);
	t.deepEqual(readEntries(journal.table).map(({owners}) => owners), [known, known, last].map(slot => table.core.owners[slot]));
	t.is(journal.table.core.inode[1], 77);

	table.begin(3000);
	const never = context.add({local: ['10.0.0.1', 4]});
	journal.record(table.end([]), 300);
	t.deepEqual(reported(), []);
	table.begin(4000);
	table.close(never);
	journal.record(table.end([]), 400);
	t.deepEqual(reported(), [4, 4], 'entries wait for one sample only');
	table.core.owners[never] = 1;
	journal.record(table.end([]), 500);
	t.is(readEntries(journal.table).at(-2)?.owners, 0, 'a closed socket gets no owner');
});

test('counts entries that were overwritten before they could be reported', t => {
	const context = createTestContext();
	const {table} = context;
	const journal = createJournal(table, {length: 3});
	table.end([]);
	table.begin(1000);
	for (let port = 1; port <= 5; port++) {
		context.add({local: ['10.0.0.1', port], owners: server});
	}

	journal.record(table.end([]), 100);
	const {slots, missed} = journal.takeCompleted();
	t.is(missed, 2);
	t.deepEqual(slots.map(slot => journal.table.core.localPort[slot]), [3, 4, 5]);
	t.deepEqual(journal.takeCompleted(), {slots: [], missed: 0});
});

test('resizing the journal keeps the newest entries in order, whether it grows or shrinks', t => {
	const context = createTestContext(['cwnd']);
	const {table} = context;
	const journal = createJournal(table, {length: 4});
	journal.table.setOptionalColumns(['cwnd']);
	table.end([]);
	let time = 0;
	const add = (...ports: readonly number[]): void => {
		table.begin(++time);
		for (const port of ports) {
			context.add({local: ['10.0.0.1', port], optional: {cwnd: port}});
		}

		journal.record(table.end([]), time);
	};

	const ports = (): readonly number[] => readEntries(journal.table).map(({localPort}) => localPort);
	const facts = () => ports().map((_, index) => {
		const slot = journal.table.slotOf(journal.table.first + index);
		return [journal.table.optional('cwnd')?.[slot], journal.table.time[slot], journal.table.core.localAddress[slot * 16 + 12]];
	});
	for (const port of [1, 2, 3, 4, 5, 6]) {
		add(port);
	}

	t.deepEqual(ports(), [3, 4, 5, 6]);
	journal.keep({entries: 3, age: Infinity});
	t.deepEqual(ports(), [3, 4, 5, 6], 'the size changes only with the next sample');
	add();
	t.deepEqual(ports(), [4, 5, 6]);
	t.deepEqual(facts(), [[4, 4, 0], [5, 5, 0], [6, 6, 0]]);
	add(7);
	t.deepEqual(ports(), [5, 6, 7]);
	journal.keep({entries: 5, age: Infinity});
	add(8);
	t.deepEqual(ports(), [5, 6, 7, 8]);
	add(9, 10, 11);
	t.deepEqual(ports(), [7, 8, 9, 10, 11]);
	t.deepEqual(facts().map(([cwnd]) => cwnd), [7, 8, 9, 10, 11]);
	t.deepEqual(journal.takeCompleted({owners: false, counters: false}).slots.map(slot => journal.table.core.localPort[slot]), [7, 8, 9, 10, 11]);
});

test('entries are dropped when they are too old, and their slots are reused in order', t => {
	const context = createTestContext();
	const {table} = context;
	const journal = createJournal(table, {length: 3});
	table.end([]);
	const ports = (): readonly number[] => readEntries(journal.table).map(({localPort}) => localPort);
	journal.keep({entries: 3, age: 1000});
	for (const [time, port] of [[100, 1], [900, 2], [1100, 3], [1101, 4], [2500, 5], [2600, 6], [2700, 7], [2800, 8]] as const) {
		table.begin(time);
		context.add({local: ['10.0.0.1', port]});
		journal.record(table.end([]), time);
		t.deepEqual(ports(), {
			1: [1], 2: [1, 2], 3: [1, 2, 3], 4: [2, 3, 4], 5: [5], 6: [5, 6], 7: [5, 6, 7], 8: [6, 7, 8],
		}[port]);
	}

	t.is(journal.takeCompleted({owners: false, counters: false}).missed, 5);
});

test('the entry about a close waits up to one sample for the last counters, if the source reports them', t => {
	const context = createTestContext();
	const {table} = context;
	const journal = createJournal(table);
	const [late, never, known] = [1, 2, 3].map(port => context.add({local: ['10.0.0.1', port], peer: ['10.0.0.2', 80], owners: server}));
	table.end([]);
	const reported = (lacks?: Parameters<typeof journal.takeCompleted>[0]): ReadonlyArray<readonly [number, number]> =>
		journal.takeCompleted(lacks).slots.map(slot => [journal.table.core.localPort[slot], journal.table.core.bytesSent[slot]]);
	table.begin(1000);
	table.noteDestroyed(known);
	for (const slot of [late, never, known]) {
		table.close(slot);
	}

	journal.record(table.end([]), 100);
	t.deepEqual(reported(), []);
	table.begin(2000);
	table.noteLate({id: table.core.id[late], bytesSent: 500});
	journal.record(table.end([]), 200);
	t.deepEqual(reported(), [[1, 500], [2, NaN], [3, NaN]]);

	table.begin(3000);
	table.close(context.add({local: ['10.0.0.1', 4], owners: server}));
	context.add({local: ['10.0.0.1', 5]});
	journal.record(table.end([]), 300);
	t.deepEqual(reported({owners: false, counters: false}).map(([port]) => port), [4, 5, 4], 'entries do not wait for values that cannot come');
});

test('an entry waits one sample for the peer\'s socket, if that shows whether a FIN is among the received bytes', t => {
	const context = createTestContext();
	const {table} = context;
	const journal = createJournal(table);
	const slot = context.add({
		local: ['10.0.0.1', 1], peer: ['10.0.0.1', 80], owners: server, core: {bytesReceived: 101},
	});
	table.end([]);
	const received = (): readonly number[] => journal.takeCompleted().slots.map(entry => journal.table.core.bytesReceived[entry]);
	table.begin(1000);
	table.noteDestroyed(slot);
	table.core.traits[slot] |= Trait.finUndecided;
	table.close(slot);
	journal.record(table.end([]), 100);
	t.deepEqual(received(), []);
	table.begin(2000);
	table.noteLate({id: table.core.id[slot], bytesReceived: 100});
	journal.record(table.end([]), 200);
	t.deepEqual(received(), [100]);
});

test('counts short-lived sockets beyond its length as missed', t => {
	const context = createTestContext();
	const {table} = context;
	const journal = createJournal(table, {length: 3});
	table.end([]);
	table.begin(1000);
	for (let port = 1; port <= 10; port++) {
		table.closeShortLived(context.add({local: ['10.0.0.1', port], peer: ['10.0.0.2', 80]}));
	}

	journal.record(table.end([]), 100);
	const {slots, missed} = journal.takeCompleted();
	t.deepEqual([slots.length, missed], [3, 7]);
	t.is(journal.takeCompleted().missed, 0);
});

test('late counters complete the entry about the close, including its reason', t => {
	const context = createTestContext();
	const {table} = context;
	const journal = createJournal(table);
	const [removed, present] = [1, 2].map(port => context.add({local: ['10.0.0.1', port], peer: ['10.0.0.2', 80]}));
	table.end([]);
	table.begin(1000);
	for (const slot of [removed, present]) {
		table.core.closeEvidence[slot] = CloseEvidence.aborted;
		table.close(slot);
	}

	const removedId = table.core.id[removed];
	journal.record(table.end([]), 100);
	t.deepEqual(readEntries(journal.table).map(({ended, bytesSent}) => [ended, bytesSent]), [['reset', undefined], ['reset', undefined]]);

	table.begin(2000);
	table.noteLate({
		id: removedId, evidence: CloseEvidence.finUnacknowledged, bytesSent: 500, bytesReceived: 41, rtt: 9,
	});
	table.noteLate({id: removedId, bytesReceived: 40});
	table.noteLate({id: 4711, bytesReceived: 40});
	table.core.bytesSent[present] = 7;
	table.core.bytesReceived[present] = 8;
	table.core.closeEvidence[present] = CloseEvidence.finAcknowledged;
	table.noteDestroyed(present);
	journal.record(table.end([]), 200);
	t.deepEqual(readEntries(journal.table).map(({ended, bytesSent, bytesReceived}) => [ended, bytesSent, bytesReceived]), [['reset', 500, 40], ['closed by peer', 7, 8]]);
});

test('a connection whose descriptor is held is reported as closed once, when it closes', t => {
	const context = createTestContext();
	const {table} = context;
	const journal = createJournal(table);
	const slot = context.add({local: ['10.0.0.1', 1], peer: ['10.0.0.2', 80]});
	table.end([]);
	table.begin(1000);
	table.core.closeEvidence[slot] = CloseEvidence.aborted;
	table.setState(slot, Protocol.tcp, State.unconnected);
	const left = context.add({local: ['10.0.0.1', 2], peer: ['10.0.0.2', 80], state: State.unconnected});
	table.core.traits[left] |= Trait.leftover;
	const short = context.add({local: ['10.0.0.1', 3], peer: ['10.0.0.2', 80], state: State.unconnected});
	journal.record(table.end([]), 100);
	const entries = (): unknown => readEntries(journal.table).map(({localPort, event, state, ended}) => [localPort, event, state, ended]);
	t.deepEqual(entries(), [[1, 'closed', 'ESTAB', 'reset']]);

	table.begin(9000);
	for (const one of [slot, left, short]) {
		table.setCounters(one, 10, 0);
		table.core.closeEvidence[one] = CloseEvidence.finUnacknowledged;
		table.noteDestroyed(one);
		table.close(one);
	}

	journal.record(table.end([]), 900);
	t.deepEqual(entries(), [[1, 'closed', 'ESTAB', 'reset'], [3, 'closed', 'UNCONN', 'reset']], 'a socket that no sample saw connected closes when it disappears');
	t.is(readEntries(journal.table)[0].bytesSent, 10);
	t.is(readEntries(journal.table)[0].lived, 1000);
});
