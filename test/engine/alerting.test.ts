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

/** Ends the sample and begins the next one, a second later. */
const nextSample = ({table}: TestContext): void => {
	table.end([]);
	table.begin(table.now + 1000);
};

/** Creates a table with a connection of port 443 that existed before the alert was armed. */
const start = (change?: Partial<AlertRequest>) => {
	const context = createTestContext();
	context.add(connection(443));
	nextSample(context);
	const alerting = createAlerting(context, plainLookups);
	alerting.arm(request(change));
	return {context, alerting};
};

/** Adds a short-lived socket as a destroy event does. */
const addShortLived = (context: TestContext, port: number, evidence: number = CloseEvidence.finAcknowledged): number => {
	const slot = context.add(connection(port, {state: State.unconnected}));
	context.table.core.life[slot] |= Life.closed | Life.shortLived;
	context.table.core.closeEvidence[slot] = evidence;
	return slot;
};

test('reports sockets that match now but did not when the alert was armed, each once', t => {
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

test('reports an existing socket that begins to match because of its state or a problem', t => {
	const {context, alerting} = start({classes: {protocols: ['tcp'], families: [], states: [State.established]}});
	const slot = context.add(connection(80, {state: State.synSent}));
	t.is(alerting.take(nothing), undefined);
	context.table.setState(slot, Protocol.tcp, State.established);
	t.is(alerting.take(nothing)?.count, 1);

	const problems = start({
		classes: {
			protocols: ['tcp'], families: [], states: [], problems: true,
		},
	});
	t.is(problems.alerting.take(nothing), undefined);
	problems.context.table.column('healthProblem')?.fill(HealthProblem.loss, 0, 1);
	t.is(problems.alerting.take(nothing)?.count, 1);
});

test('reports a socket in a reused slot', t => {
	const {context, alerting} = start();
	context.table.core.id[0] = 999;
	t.deepEqual(alerting.take(nothing)?.ids, [999]);
});

test('reports short-lived sockets, which match ESTAB unless their handshake failed', t => {
	const {context, alerting} = start({classes: {protocols: ['tcp'], families: [], states: [State.established]}});
	const slot = addShortLived(context, 443);
	const refused = addShortLived(context, 443, CloseEvidence.neverConnected);
	t.deepEqual(alerting.take({shortLived: [slot, refused]})?.ids, [context.table.core.id[slot]]);
	t.is(context.table.core.state[slot], State.unconnected, 'the table is unchanged');
	t.is(alerting.take(nothing), undefined);

	const any = start({filter: 'port 443'});
	const slots = [addShortLived(any.context, 443), addShortLived(any.context, 443, CloseEvidence.neverConnected)];
	t.is(any.alerting.take({shortLived: slots})?.count, 2);
});

test('does not report rows of closed sockets, nor sockets that existed when their table was first read', t => {
	const {context, alerting} = start({filter: 'port 443'});
	const closed = context.add(connection(443));
	context.table.core.life[closed] |= Life.closed;
	const initial = context.add(connection(443));
	context.table.core.life[initial] |= Life.initial;
	t.is(alerting.take(nothing), undefined);
});

test('reports nothing before the first sample, or while a column of the filter is missing', t => {
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

test('needs the columns and protocols of its filter only while it is armed', t => {
	const {alerting} = start({filter: 'unix'});
	t.true(alerting.needs().protocols.includes('u_str'));
	alerting.arm(undefined);
	t.deepEqual(alerting.needs(), {columns: new Set(), protocols: []});
});

test('counts thousands of new sockets at once, while the table grows', t => {
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
