import test from 'ava';
import type {AlertRequest} from '../../source/contract/alert.js';
import {createAlerting} from '../../source/engine/alerting.js';
import {plainLookups} from '../../source/names/lookups.js';
import {CloseEvidence} from '../../source/table/close-reasons.js';
import {HealthProblem} from '../../source/table/health/problems.js';
import {Life} from '../../source/table/columns/columns.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import {State} from '../../source/table/columns/states.js';
import {createTestContext, type TestContext, type TestSocket} from '../helpers/context.js';

const request = (change: Partial<AlertRequest> = {}): AlertRequest => ({
	number: 1, filter: '', classes: {protocols: ['tcp', 'udp'], families: [], states: []}, ...change,
});

const owner = {
	pid: 812, startTime: 1, name: 'nginx', fd: 5,
};

const connection = (port: number, more: TestSocket = {}): TestSocket => ({local: ['10.0.0.1', port], peer: ['192.0.2.7', 40_000], ...more});

const nothing = {shortLived: []};

/** What was there in the first sample is not new. */
const nextSample = ({table}: TestContext): void => {
	table.end([]);
	table.begin(table.now + 1000);
};

/** A table with a connection to port 443 that was there before the alert. */
const start = (change?: Partial<AlertRequest>) => {
	const context = createTestContext();
	context.add(connection(443));
	nextSample(context);
	const alerting = createAlerting(context, plainLookups);
	alerting.arm(request(change));
	return {context, alerting};
};

/** A short-lived socket, as a destroy event leaves it. */
const addShortLived = (context: TestContext, port: number, evidence: number = CloseEvidence.finAcknowledged): number => {
	const slot = context.add(connection(port, {state: State.unconnected}));
	context.table.core.life[slot] |= Life.closed | Life.shortLived;
	context.table.core.closeEvidence[slot] = evidence;
	return slot;
};

test('it reports sockets that match and did not when it was armed, each once', t => {
	const {context, alerting} = start({filter: 'port 443'});
	t.is(alerting.take(nothing), undefined);
	const slot = context.add(connection(443, {owners: [owner]}));
	context.add(connection(80));
	t.deepEqual(alerting.take(nothing), {
		number: 1, count: 1, ids: [context.table.core.id[slot]], newest: {
			protocol: 'tcp', local: '10.0.0.1:443', peer: '192.0.2.7:40000', process: 'nginx/812',
		},
	});
	t.is(alerting.take(nothing), undefined);
	alerting.arm(undefined);
	context.add(connection(443));
	t.is(alerting.take(nothing), undefined);
});

test('a socket that comes to match is new, too: by its state, or by a problem', t => {
	const {context, alerting} = start({classes: {protocols: ['tcp'], families: [], states: [State.established]}});
	const slot = context.add(connection(80, {state: State.synSent}));
	t.is(alerting.take(nothing), undefined);
	context.table.setState(slot, Protocol.tcp, State.established);
	t.is(alerting.take(nothing)?.count, 1);

	const sick = start({
		classes: {
			protocols: ['tcp'], families: [], states: [], problems: true,
		},
	});
	t.is(sick.alerting.take(nothing), undefined);
	sick.context.table.column('healthProblem')?.fill(HealthProblem.loss, 0, 1);
	t.is(sick.alerting.take(nothing)?.count, 1);
});

test('another socket in the slot of one that is known is new', t => {
	const {context, alerting} = start();
	context.table.core.id[0] = 999;
	t.deepEqual(alerting.take(nothing)?.ids, [999]);
});

test('short-lived sockets count, and were established unless their handshake failed', t => {
	const {context, alerting} = start({classes: {protocols: ['tcp'], families: [], states: [State.established]}});
	const slot = addShortLived(context, 443);
	const refused = addShortLived(context, 443, CloseEvidence.neverConnected);
	t.deepEqual(alerting.take({shortLived: [slot, refused]})?.ids, [context.table.core.id[slot]]);
	t.is(context.table.core.state[slot], State.unconnected, 'the table is as it was');
	t.is(alerting.take(nothing), undefined);

	const any = start({filter: 'port 443'});
	const slots = [addShortLived(any.context, 443), addShortLived(any.context, 443, CloseEvidence.neverConnected)];
	t.is(any.alerting.take({shortLived: slots})?.count, 2);
});

test('rows of closed sockets, and what a table had when it was first read, are not new', t => {
	const {context, alerting} = start({filter: 'port 443'});
	const closed = context.add(connection(443));
	context.table.core.life[closed] |= Life.closed;
	const initial = context.add(connection(443));
	context.table.core.life[initial] |= Life.initial;
	t.is(alerting.take(nothing), undefined);
});

test('before the first sample, and while a column is missing, nothing is known to compare with', t => {
	const context = createTestContext([]);
	const alerting = createAlerting(context, plainLookups);
	alerting.arm(request({filter: 'lost > 5'}));
	t.true(alerting.needs().columns.has('lost'));
	nextSample(context);
	context.table.setOptionalColumns(alerting.needs().columns);
	context.add(connection(443, {optional: {lost: 9}}));
	t.is(alerting.take(nothing), undefined);
	context.add(connection(443, {optional: {lost: 9}}));
	t.is(alerting.take(nothing)?.count, 1);
});

test('it needs the columns and protocols of its own filter only while it is armed', t => {
	const {alerting} = start({filter: 'unix'});
	t.true(alerting.needs().protocols.includes('u_str'));
	alerting.arm(undefined);
	t.deepEqual(alerting.needs(), {columns: new Set(), protocols: []});
});

test('the table may grow, and thousands may come at once', t => {
	const {context, alerting} = start({filter: 'port 443'});
	const {capacity} = context.table;
	for (let count = 0; count < capacity * 3; count++) {
		context.add(connection(443));
	}

	const alerted = alerting.take(nothing);
	t.is(alerted?.count, capacity * 3);
	t.is(alerted?.ids.length, Math.min(500, capacity * 3));
	t.is(alerting.take(nothing), undefined);
});
