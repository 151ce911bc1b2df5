import test from 'ava';
import {createSummary} from '../../source/engine/summary.js';
import {healthColumns} from '../../source/table/health/columns.js';
import {bindEvidence} from '../../source/table/health/evidence.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import type {Changes} from '../../source/table/changes.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {State} from '../../source/table/columns/states.js';

/** A sample of listeners with queues of the given lengths and a limit of four, and of a connection with the given retransmissions. */
const sample = (table: SocketTable, now: number, {queues = [0], retransmits = 0}: {readonly queues?: readonly number[]; readonly retransmits?: number}): Changes => {
	table.begin(now);
	const evidence = bindEvidence(table);
	for (const [index, queue] of queues.entries()) {
		const slot = table.observe(index + 1, 0);
		table.setState(slot, Protocol.tcp, State.listen);
		table.core.recvQ[slot] = queue;
		table.core.sendQ[slot] = 4;
	}

	const slot = table.observe(1000, 0);
	table.setState(slot, Protocol.tcp, State.established);
	const isMeasured = table.setCounters(slot, 0, 0);
	evidence?.noteRetransmits(slot, isMeasured, retransmits);
	return table.end([]);
};

test('counts what meters need, over the time between two samples', t => {
	const table = new SocketTable();
	table.setOptionalColumns(healthColumns);
	const summary = createSummary(table);
	const parts = ['retransmits', 'backlogs', 'missed', 'healthProblems'] as const;
	summary.add(sample(table, 0, {}), parts);
	summary.add(sample(table, 2000, {queues: [5, 4, 3, 2, 0], retransmits: 9}), parts);
	const {retransmitsPerSecond, backlogs, healthProblems, missedPerSecond, history} = summary.read(parts);
	t.is(retransmitsPerSecond, 4.5);
	t.deepEqual(backlogs, {full: 2, near: 1});
	t.deepEqual(healthProblems, [{name: 'backlog full', count: 2, isGrave: true}, {name: 'loss', count: 1, isGrave: true}]);
	t.is(missedPerSecond, 0);
	t.deepEqual(history.retransmits, [4.5]);
	t.deepEqual(history.missed, [0]);
});

test('parts that are not requested are missing', t => {
	const table = new SocketTable();
	const summary = createSummary(table);
	summary.add(sample(table, 0, {}));
	summary.add(sample(table, 1000, {queues: [5], retransmits: 9}));
	t.is(table.retransmitsInSample, 0);
	const {retransmitsPerSecond, backlogs, healthProblems, history} = summary.read();
	t.deepEqual([retransmitsPerSecond, backlogs, healthProblems, history.retransmits, history.missed], [undefined, undefined, undefined, undefined, undefined]);
});

test('idle connections are not counted as problems', t => {
	const table = new SocketTable();
	table.setOptionalColumns(healthColumns);
	const summary = createSummary(table);
	for (const now of [0, 1000]) {
		table.begin(now);
		const slot = table.observe(1, 0);
		table.setState(slot, Protocol.tcp, State.established);
		bindEvidence(table)?.noteActivity(slot, 3_600_000, false);
		summary.add(table.end([]), ['healthProblems']);
	}

	t.deepEqual(summary.read(['healthProblems']).healthProblems, []);
});
