/**
Opens two MPTCP connections and a plain one to one listener, closes one of them through its MPTCP socket, and prints the results as JSON. Reports it if the kernel has
no MPTCP. A test runs this inside a namespace.
*/
import process from 'node:process';
import {closeSocket as closeForGood} from '../../source/acting/close-socket.js';
import {openDiagSocket} from '../../source/netlink/diag-socket.js';
import {createNetlinkSource} from '../../source/sources/netlink/netlink.js';
import {type ProtocolName, protocolNames} from '../../source/table/columns/protocols.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {stateName} from '../../source/table/columns/states.js';
import {
	acceptOne,
	openConnection,
	openListener,
	portOf,
	sendBytes,
} from '../helpers/raw-sockets.js';

/** IPPROTO_MPTCP. */
const multipath = 262;

export type MultipathReport = {
	/** The results of closing: without TCP in the table, with it, and once more. */
	readonly answers: ReadonlyArray<{readonly isClosed: boolean; readonly message: string}>;
	/** `protocol state local peer`, with ports, of all sockets except listeners, before and after. */
	readonly before: readonly string[];
	readonly after: readonly string[];
	/** Ports of the clients: the closed one, the other MPTCP client, the plain one. */
	readonly ports: readonly number[];
};

const listener = openListener('127.0.0.1', 7300, 10, multipath);
const clients = [openConnection('127.0.0.1', 7300, {protocol: multipath}), openConnection('127.0.0.1', 7300, {protocol: multipath}), openConnection('127.0.0.1', 7300)];
for (const client of clients) {
	acceptOne(listener);
	// A connection stays MPTCP only once it has transferred data.
	sendBytes(client, new Uint8Array(1));
}

const ports = clients.map(client => portOf(client));
const socket = openDiagSocket();

const sample = async (...protocols: readonly ProtocolName[]): Promise<SocketTable> => {
	const table = new SocketTable();
	const source = createNetlinkSource(table, {hasBoundInactive: false});
	table.begin(0);
	const {complete} = await source.sample(table, {columns: new Set(), protocols: new Set(protocols)});
	table.end(complete);
	source.close();
	return table;
};

const slotOf = ({core, used}: SocketTable, protocol: ProtocolName, localPort: number): number => {
	for (let slot = 0; slot < used; slot++) {
		if (protocolNames[core.protocol[slot]] === protocol && core.localPort[slot] === localPort) {
			return slot;
		}
	}

	throw new Error(`no ${protocol} socket has the port ${localPort}`);
};

const connections = async (): Promise<string[]> => {
	const {core, used} = await sample('tcp', 'mptcp');
	return Array.from({length: used}, (_, slot) => slot)
		.filter(slot => core.peerPort[slot] !== 0)
		.map(slot => `${protocolNames[core.protocol[slot]]} ${stateName(core.state[slot])} ${core.localPort[slot]} ${core.peerPort[slot]}`)
		.toSorted();
};

const before = await connections();
const [port] = ports;
const multipathAlone = await sample('mptcp');
const answers = [closeForGood(socket, multipathAlone, slotOf(multipathAlone, 'mptcp', port))];
const table = await sample('tcp', 'mptcp');
const slot = slotOf(table, 'mptcp', port);
answers.push(closeForGood(socket, table, slot), closeForGood(socket, table, slot));
const report: MultipathReport = {
	answers, before, after: await connections(), ports,
};
process.stdout.write(JSON.stringify(report));
// eslint-disable-next-line unicorn/no-process-exit -- this is a program.
process.exit();
