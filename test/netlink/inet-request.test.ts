import {Buffer} from 'node:buffer';
import test from 'ava';
import {
	allStates,
	bothFamiliesRequest,
	dumpRequest,
	extensionBit,
	lookupLength,
	writeLookup,
} from '../../source/netlink/inet-request.js';
import {Family} from '../../source/addresses/family.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {State} from '../../source/table/columns/states.js';
import {parseAddress} from '../../source/addresses/address.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test('a dump request is a struct inet_diag_req_v2', t => {
	const message = dumpRequest({
		family: Family.inet6, ipProtocol: 6, states: allStates, extensions: extensionBit(2),
	}, 7);
	t.is(hex(message.subarray(0, 24)), '480000001400010307000000000000000a060200fe1f0000');
	t.is(message.byteLength, 72);
	t.true(message.subarray(24).every(byte => byte === 0));
});

test('a request for both families is a struct inet_diag_req, the older form', t => {
	const message = bothFamiliesRequest({states: 1 << State.listen, extensions: 0x42}, 1);
	t.is(message.byteLength, 76);
	t.is(hex(message.subarray(0, 8)), '4c00000012000103');
	t.is(message[16 + 3], 0x42);
	t.is(hex(message.subarray(16 + 52, 16 + 56)), '00040000');
});

test('a lookup has the tuple and the cookie of the socket', t => {
	const table = new SocketTable();
	table.begin(0);
	const slot = table.observe(0x11_22_33_44, 0x55_66_77_88);
	table.setState(slot, Protocol.tcp, State.established);
	table.core.family[slot] = Family.inet;
	table.core.localPort[slot] = 0x1F_90;
	table.core.peerPort[slot] = 0x01_BB;
	parseAddress('127.0.0.1', table.core.localAddress, slot * 16);
	parseAddress('10.1.2.3', table.core.peerAddress, slot * 16);
	table.core.interfaceIndex[slot] = 3;
	const message = new Uint8Array(2 * lookupLength);
	writeLookup(message.subarray(lookupLength), table, slot, {extensions: 2, sequence: 9});
	t.is(hex(message.subarray(lookupLength)), '48000000140001000900000000000000'
	+ '0206020000000000'
	+ '1f9001bb7f000001' + '00'.repeat(12) + '0a010203' + '00'.repeat(12) + '030000004433221188776655');
	t.true(message.subarray(0, lookupLength).every(byte => byte === 0));
});
