import test from 'ava';
import {Protocol} from '../../source/table/columns/protocols.js';
import {State} from '../../source/table/columns/states.js';
import {SocketTable} from '../../source/table/socket-table.js';

const addresses = Uint8Array.from({length: 32}, (_, index) => index + 1);
const other = Uint8Array.from(addresses, byte => byte + 1);
const endpoints = {localPort: 443, peerPort: 50_000, addresses};

/** A table with a request socket whose cookie is 5. */
const start = () => {
	const table = new SocketTable();
	table.begin(1000);
	const slot = table.observe(5, 0);
	table.setState(slot, Protocol.tcp, State.synReceived);
	table.core.localPort[slot] = endpoints.localPort;
	table.core.peerPort[slot] = endpoints.peerPort;
	table.core.localAddress.set(addresses.subarray(0, 16), slot * 16);
	table.core.peerAddress.set(addresses.subarray(16), slot * 16);
	table.requests.add(slot);
	table.requests.add(slot);
	table.end([]);
	return {table, slot};
};

test('a connection takes the row of its request socket, once', t => {
	const {table, slot} = start();
	table.begin(2000);
	t.is(table.adoptRequest(9, 1, endpoints), slot);
	t.is(table.find(9, 1), slot);
	t.is(table.find(5, 0), -1);
	t.is(table.observe(9, 1), slot, 'a dump finds the row by the new cookie');
	t.is(table.size, 1);
	t.is(table.adoptRequest(10, 1, endpoints), -1);
	table.close(slot);
	t.is(table.size, 0);
	t.is(table.find(9, 1), -1);
});

test('a connection with a row of its own, other endpoints or another namespace takes no row', t => {
	const {table, slot} = start();
	table.begin(2000);
	t.is(table.adoptRequest(5, 0, endpoints), -1);
	t.is(table.adoptRequest(9, 0, {...endpoints, addresses: other}), -1);
	t.is(table.adoptRequest(9, 0, {...endpoints, peerPort: 50_001}), -1);
	table.enter(1);
	t.is(table.adoptRequest(9, 0, endpoints), -1);
	table.enter(0);
	t.is(table.adoptRequest(9, 0, endpoints), slot);
});

test('a request that has closed, or is a connection by now, is forgotten', t => {
	const closed = start();
	closed.table.close(closed.slot);
	t.is(closed.table.adoptRequest(9, 0, endpoints), -1);
	closed.table.begin(2000);
	t.is(closed.table.requests.size, 0);

	const connected = start();
	connected.table.setState(connected.slot, Protocol.tcp, State.established);
	t.is(connected.table.adoptRequest(9, 0, endpoints), -1);
	connected.table.begin(2000);
	t.is(connected.table.requests.size, 0);
});
