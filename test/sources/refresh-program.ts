/** Refreshes the sockets that it sampled inside a namespace, after other connections have moved bytes. Prints JSON lines of ports and counters. */
import process from 'node:process';
import {once} from 'node:events';
import {createNetlinkSource} from '../../source/sources/netlink/netlink.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import {SocketTable} from '../../source/table/socket-table.js';

const table = new SocketTable();
const source = createNetlinkSource(table, {hasBoundInactive: false});
const print = (): void => {
	const {core} = table;
	const rows = [];
	for (let slot = 0; slot < table.used; slot++) {
		rows.push({
			protocol: core.protocol[slot] === Protocol.tcp ? 'tcp' : 'udp', localPort: core.localPort[slot], peerPort: core.peerPort[slot],
			sent: core.bytesSent[slot], recvQ: core.recvQ[slot], isRefreshed: core.seenIn[slot] === table.sample,
		});
	}

	process.stdout.write(`${JSON.stringify(rows)}\n`);
};

table.begin(1000);
const {complete} = await source.sample(table, {columns: new Set()});
table.end(complete);
print();
await once(process.stdin, 'data');
table.begin(2000);
source.refresh?.(Array.from({length: table.used}, (_, slot) => slot), {columns: new Set()});
table.end([]);
print();
source.close();
process.stdin.destroy();
