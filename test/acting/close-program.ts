/**
Closes sockets inside a namespace: all with the given protocol, local address and port, and peer port, one after the other. Prints the results as JSON.

Arguments: protocol, local address, local port, peer port.
*/
import process from 'node:process';
import {closeSocket} from '../../source/acting/close-socket.js';
import {openDiagSocket} from '../../source/netlink/diag-socket.js';
import {createNetlinkSource} from '../../source/sources/netlink/netlink.js';
import {protocolNames} from '../../source/table/columns/protocols.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {formatAddress} from '../../source/addresses/address.js';

const [protocol, address, localPort, peerPort] = process.argv.slice(2);
const table = new SocketTable();
const socket = openDiagSocket();
const source = createNetlinkSource(table, {hasBoundInactive: false});
table.begin(0);
const {complete} = await source.sample(table, {columns: new Set()});
table.end(complete);
const {core} = table;
const answers = [];
for (let slot = 0; slot < table.used; slot++) {
	const isTarget = protocolNames[core.protocol[slot]] === protocol && core.localPort[slot] === Number(localPort)
		&& core.peerPort[slot] === Number(peerPort) && formatAddress(core.localAddress, slot * 16, core.family[slot]) === address;
	if (isTarget) {
		answers.push(closeSocket(socket, table, slot), closeSocket(socket, table, slot));
	}
}

process.stdout.write(JSON.stringify(answers));
socket.close();
source.close();
