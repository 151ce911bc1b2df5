/**
Ten quiet minutes, as the kernel reports them and as `ss` prints them. Only time sets these clocks (not even `TCP_REPAIR` does), so the scene was left alone for
603 seconds on Linux 6.18 and then recorded. The ports identify what each connection did.
*/
import {readFileSync} from 'node:fs';
import test from 'ava';
import {readCell} from '../../../source/fields/model/cell.js';
import {createOwnerSets} from '../../../source/owners/owner-sets.js';
import {explainHealth} from '../../../source/fields/explain-health.js';
import type {FieldContext} from '../../../source/fields/model/field.js';
import {formatValue} from '../../../source/fields/model/format.js';
import {findField} from '../../../source/fields/registry.js';
import {createNetlinkSource} from '../../../source/sources/netlink/netlink.js';
import {optionalColumns, type OptionalColumn} from '../../../source/table/columns/columns.js';
import {healthColumns} from '../../../source/table/health/columns.js';
import {SocketTable} from '../../../source/table/socket-table.js';
import {State} from '../../../source/table/columns/states.js';
import {isMainTcp, scriptedSocket} from '../../helpers/scripted-socket.js';
import {readFixture, replay, slotsOf} from '../../helpers/ss-replay.js';

const silent = 7001;
/** The client has `SO_KEEPALIVE` with a `TCP_KEEPIDLE` of 60 seconds. */
const kept = 7002;
/** Sent data six seconds after the others. */
const neighbour = 7003;
/** The client sent a byte ten seconds before the recording; before that, ten minutes without data. */
const oneWay = 7004;
/** `SO_KEEPALIVE` with the kernel's default: after two hours. */
const keptTooSeldom = 7005;
/** Closed by the client, not by the server. */
const halfClosed = 7006;
/** In SYN-SENT to a full backlog, for seconds: the kernel has not set the times yet, and reports the time since boot. */
const connecting = 7007;
const listener = 7008;
/** Connected, without any data. */
const neverUsed = 7009;
const overIpv6 = 7011;

/** One sample of the recording, from either source, with these columns wanted. */
const sources: Readonly<Record<string, (columns: ReadonlySet<OptionalColumn>) => Promise<SocketTable>>> = {
	async netlink(columns) {
		const recording = readFileSync(new URL('../../fixtures/netlink/idle-compat18-ext255.nl', import.meta.url));
		const {socket} = scriptedSocket(asked => isMainTcp(asked) ? {bytes: recording} : {});
		const table = new SocketTable();
		table.setOptionalColumns(columns);
		const source = createNetlinkSource(table, {hasBoundInactive: false, open: () => socket});
		table.begin(1000);
		const {complete} = await source.sample(table, {columns});
		table.end(complete);
		return table;
	},
	async ss(columns) {
		const {table, sample} = await replay([readFixture('ss-6.1.0-idle')], {columns});
		await sample();
		return table;
	},
};

const worldOf = (table: SocketTable): FieldContext => ({
	table, owners: createOwnerSets(), userName: () => undefined, interfaceName: () => undefined, namespace: () => undefined, cgroupPath: () => undefined,
});

const server = (table: SocketTable, port: number): number =>
	slotsOf(table).find(slot => table.core.localPort[slot] === port) ?? -1;

const client = (table: SocketTable, port: number, state?: number): number =>
	slotsOf(table).find(slot => table.core.peerPort[slot] === port && (state === undefined || table.core.state[slot] === state)) ?? -1;

for (const [name, take] of Object.entries(sources)) {
	test(`connections without data for ten minutes are idle, and no others (${name})`, async t => {
		const table = await take(new Set(healthColumns));
		const context = worldOf(table);
		const field = findField('health');
		const textOf = (slot: number): string => field === undefined ? 'no field' : formatValue(field, readCell(field, context, slot));
		for (const port of [silent, keptTooSeldom, neverUsed, overIpv6]) {
			for (const slot of [server(table, port), client(table, port)]) {
				t.is(textOf(slot), 'idle', `port ${port}`);
				t.is(explainHealth(context, slot), 'No data has been sent or received for 10m00: a firewall or load balancer on the path may have dropped the connection.');
			}
		}

		for (const slot of [
			client(table, kept),
			server(table, neighbour),
			client(table, neighbour),
			client(table, oneWay),
			server(table, oneWay),
			client(table, halfClosed),
			server(table, listener),
		]) {
			t.not(slot, -1);
			t.is(textOf(slot), '', `ports ${table.core.localPort[slot]} and ${table.core.peerPort[slot]}`);
			t.is(explainHealth(context, slot), undefined);
		}

		// Its FIN was the last segment, ten minutes ago; the first sample reports that time.
		t.is(textOf(server(table, halfClosed)), 'CLOSE-WAIT leak');
		t.regex(explainHealth(context, server(table, halfClosed)) ?? '', /^The peer closed at least 10m\d\d ago /v);
		t.is(textOf(client(table, connecting, State.synSent)), 'SYN unanswered');
		// The endpoint that receives keepalive probes records nothing.
		t.is(textOf(server(table, kept)), 'idle');
	});

	test(`the recording has both sides of the limit, and clocks that were never set (${name})`, async t => {
		const table = await take(new Set(Object.keys(optionalColumns) as OptionalColumn[]));
		const clocks = (slot: number): readonly number[] =>
			(['lastDataSent', 'lastDataReceived', 'lastAckReceived'] as const).map(column => Math.floor((table.optional(column)?.[slot] ?? 0) / 1000));
		t.true(clocks(client(table, silent)).every(seconds => seconds >= 600 && seconds < 610));
		t.true(clocks(client(table, neighbour)).every(seconds => seconds >= 595 && seconds < 600));
		const [sent, received] = clocks(client(table, oneWay));
		t.true(sent < 20 && received >= 600);
		const [keptSent, keptReceived, keptAnswered] = clocks(client(table, kept));
		t.true(keptSent >= 600 && keptReceived >= 600 && keptAnswered < 60);
		t.true(clocks(client(table, connecting, State.synSent)).every(seconds => seconds > 600));
	});
}
