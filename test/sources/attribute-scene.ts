/**
Makes sockets with options of many kinds and prints what the netlink source and `ss` tell of them at the same moment: run by a test inside a namespace.
*/
import {Buffer} from 'node:buffer';
import {spawnSync} from 'node:child_process';
import dgram from 'node:dgram';
import {once} from 'node:events';
import net from 'node:net';
import process from 'node:process';
import {readCell} from '../../source/fields/cell.js';
import {formatValue} from '../../source/fields/format.js';
import {findField} from '../../source/fields/registry.js';
import {createCgroupNames} from '../../source/names/cgroups.js';
import {createNetlinkSource} from '../../source/sources/netlink.js';
import {optionalColumns, type OptionalColumn} from '../../source/table/columns.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {setOption} from '../helpers/raw-sockets.js';
import {optionalOf, slotsOf} from '../helpers/ss-replay.js';

const fieldIds = ['cookie', 'shutdown', 'tos', 'trafficClass', 'classId', 'mark', 'v6Only', 'congestion', 'socketOptions', 'cgroup'] as const;

export type SceneReport = {
	/** Of `ss`, with all its details, a line for each socket. */
	readonly text: string;
	/** Cells of the netlink source, and its columns, a record for each socket. */
	readonly sockets: ReadonlyArray<{readonly cells: Readonly<Record<string, string>>; readonly columns: Readonly<Partial<Record<OptionalColumn, number>>>}>;
};

const descriptorOf = (socket: net.Server | net.Socket | dgram.Socket): number => {
	const {_handle: handle} = socket as unknown as {_handle: {fd: number}};
	return handle.fd;
};

// Levels and names: IPPROTO_IP 0, SOL_SOCKET 1, IPPROTO_TCP 6, IPPROTO_IPV6 41 (`linux/in.h`, `linux/in6.h`, `asm/socket.h`, `linux/tcp.h`).
const connect = async (port: number, host: string, prepare: (descriptor: number) => void): Promise<net.Socket> => {
	const socket = net.connect({port, host, allowHalfOpen: true});
	await once(socket, 'connect');
	prepare(descriptorOf(socket));
	return socket;
};

const servers = await Promise.all((['127.0.0.1', '::1', '::'] as const).map(async host => {
	const server = net.createServer({allowHalfOpen: true}, socket => {
		socket.resume();
	});
	server.listen(0, host);
	await once(server, 'listening');
	return (server.address() as net.AddressInfo).port;
}));

const ended = await connect(servers[0], '127.0.0.1', descriptor => {
	setOption(descriptor, 0, 1, 0x10);
	setOption(descriptor, 1, 12, 5);
	setOption(descriptor, 0, 15, 1);
	setOption(descriptor, 6, 13, Buffer.from('reno'));
});
ended.end('over');
const marked = await connect(servers[1], '::1', descriptor => {
	setOption(descriptor, 41, 67, 0x48);
	setOption(descriptor, 1, 36, 0x12_34);
});
marked.write('some');
await connect(servers[2], '127.0.0.1', descriptor => {
	try {
		setOption(descriptor, 6, 13, Buffer.from('bbr'));
	} catch {
		// This kernel has no BBR, or keeps it for the administrator.
	}
});
const datagrams = dgram.createSocket('udp4');
datagrams.bind(0, '127.0.0.1');
await once(datagrams, 'listening');
setOption(descriptorOf(datagrams), 0, 11, 1);
setOption(descriptorOf(datagrams), 0, 1, 0xB8);

const ss = (): string => spawnSync('ss', ['-Htuaneimo', '--tos', '--cgroup', '--inet-sockopt', '-O'], {encoding: 'utf8'}).stdout;

/** What stays while nothing happens. */
const steady = (text: string): string => text.replaceAll(/(?:lastsnd|lastrcv|lastack|timer|busy|rto|ato):\S+/gv, '');

const table = new SocketTable();
const columns = new Set(Object.keys(optionalColumns) as OptionalColumn[]);
const source = createNetlinkSource(table, {hasBoundInactive: false});
const cgroups = createCgroupNames();
let text = ss();
for (;;) {
	table.want(columns);
	table.begin(performance.now());
	// eslint-disable-next-line no-await-in-loop -- Until nothing happens any more.
	const {complete} = await source.sample(table, {columns});
	table.end(complete);
	const before = text;
	text = ss();
	if (steady(text) === steady(before)) {
		break;
	}
}

const world = {
	table, owners: {of: () => []}, userName: () => undefined, namespace: () => undefined, interfaceName: () => undefined, cgroupPath: cgroups.path,
};
const report: SceneReport = {
	text,
	sockets: slotsOf(table).map(slot => ({
		cells: Object.fromEntries(fieldIds.map(id => {
			const field = findField(id);
			return [id, field === undefined ? '' : formatValue(field, readCell(field, world, slot))];
		})),
		columns: optionalOf(table, slot),
	})),
};
process.stdout.write(JSON.stringify(report));
// eslint-disable-next-line unicorn/no-process-exit -- this is a program.
process.exit();
