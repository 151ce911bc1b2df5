import test from 'ava';
import {CloseEvidence} from '../../source/table/close-reasons.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import {State} from '../../source/table/columns/states.js';
import {SocketTable} from '../../source/table/socket-table.js';

const addresses = Uint8Array.from({length: 32}, (_, index) => index + 1);
const other = Uint8Array.from(addresses, byte => byte + 1);
const endpoints = {localPort: 443, peerPort: 50_000, addresses};

/** A table in its third sample; the second has opened a socket whose cookie is 5. */
const start = (state: number, evidence: number = CloseEvidence.none) => {
	const table = new SocketTable();
	table.begin(1000);
	table.end([]);
	table.begin(2000);
	const slot = table.observe(5, 0);
	table.setState(slot, Protocol.tcp, state);
	table.core.localPort[slot] = endpoints.localPort;
	table.core.peerPort[slot] = endpoints.peerPort;
	table.core.localAddress.set(addresses.subarray(0, 16), slot * 16);
	table.core.peerAddress.set(addresses.subarray(16), slot * 16);
	table.core.closeEvidence[slot] = evidence;
	table.end([]);
	table.begin(3000);
	return {table, slot};
};

test('a connection has the row of its request socket, whatever its cookie', t => {
	const {table, slot} = start(State.synReceived);
	t.true(table.hasFormer);
	t.is(table.observe(9, 1, () => table.findFormer(endpoints, 'connection')), slot);
	t.is(table.find(9, 1), slot);
	t.is(table.find(5, 0), -1);
	t.is(table.observe(9, 1), slot, 'a dump finds the row by the new cookie');
	t.deepEqual(table.openedSoFar, []);
	t.is(table.size, 1);
	table.close(slot);
	t.is(table.size, 0);
	t.is(table.find(9, 1), -1);
});

test('a minisocket has the row of its request socket or connection', t => {
	for (const state of [State.synReceived, State.established, State.finWait1, State.finWait2, State.closing]) {
		const {table, slot} = start(state);
		t.is(table.findFormer(endpoints, 'minisocket'), slot);
	}

	const {table, slot} = start(State.established, CloseEvidence.finAcknowledged);
	t.is(table.findFormer(endpoints, 'minisocket'), slot);
});

test('other sockets do not', t => {
	const request = start(State.synReceived).table;
	t.is(request.findFormer({...endpoints, addresses: other}, 'connection'), -1);
	t.is(request.findFormer({...endpoints, peerPort: 50_001}, 'connection'), -1);
	request.enter(1);
	t.is(request.findFormer(endpoints, 'connection'), -1);

	t.is(start(State.established).table.findFormer(endpoints, 'connection'), -1, 'a connection is not another connection');
	t.is(start(State.established, CloseEvidence.finUnacknowledged).table.findFormer(endpoints, 'minisocket'), -1, 'it was reset, and its endpoints are used again');
	t.is(start(State.timeWait).table.findFormer(endpoints, 'minisocket'), -1);
	t.is(start(State.unconnected).table.findFormer(endpoints, 'minisocket'), -1);
});

test('only rows that the previous sample has opened, and that have not closed', t => {
	const closed = start(State.synReceived);
	closed.table.close(closed.slot);
	t.is(closed.table.findFormer(endpoints, 'connection'), -1);

	const {table} = start(State.synReceived);
	table.end([]);
	table.begin(4000);
	t.false(table.hasFormer);
	t.is(table.findFormer(endpoints, 'connection'), -1);
});
