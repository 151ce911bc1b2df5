/** Examines each socket that it sampled inside a namespace. Prints a JSON line for each: its protocol and state, and how much is known about it. */
import process from 'node:process';
import {createNetlinkSource} from '../../source/sources/netlink/netlink.js';
import {protocolNames, type ProtocolName} from '../../source/table/columns/protocols.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {stateName} from '../../source/table/columns/states.js';

const table = new SocketTable();
const source = createNetlinkSource(table, {hasBoundInactive: false});
const protocols: readonly ProtocolName[] = ['tcp', 'udp', 'u_str', 'nl'];
table.begin(1000);
const {complete} = await source.sample(table, {columns: new Set(), protocols: new Set(protocols)});
table.end(complete);
for (let slot = 0; slot < table.used; slot++) {
	const {core} = table;
	const examination = source.examine?.(slot);
	examination?.read(1500);
	const read = (column: 'receiveBuffer' | 'cwnd'): number | undefined => examination?.table.optional(column)?.[examination.slot];
	process.stdout.write(`${JSON.stringify({
		protocol: protocolNames[core.protocol[slot]],
		state: stateName(core.state[slot]),
		port: core.localPort[slot],
		isExamined: examination !== undefined,
		receiveBuffer: read('receiveBuffer'),
		cwnd: read('cwnd'),
		hasOwnInode: examination?.table.core.inode[examination.slot] === core.inode[slot],
		hasSampleColumn: table.optional('cwnd') !== undefined,
		sampledAt: core.sampledAt[slot],
	})}\n`);
	examination?.close();
}

source.close();
