/**
Opens pairs of sockets of all kinds in the current namespace, and prints how the netlink source and `ss` show them, as JSON: one record for each socket that has
a name or an address.
*/
import {Buffer} from 'node:buffer';
import dgram from 'node:dgram';
import {once} from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import koffi from 'koffi';
import {createSampler} from '../../source/sampling/sampler.js';
import {readCell} from '../../source/fields/model/cell.js';
import {formatValue} from '../../source/fields/model/format.js';
import {fields} from '../../source/fields/registry.js';
import {protocolGroups, type ProtocolName} from '../../source/table/columns/protocols.js';
import {openListener} from '../helpers/raw-sockets.js';

process.title = 'pair-scene';

const libc = koffi.load(null);
const socket = libc.func('int socket(int domain, int type, int protocol)');
const bind = libc.func('int bind(int fd, const void *address, uint32_t length)');
const listen = libc.func('int listen(int fd, int backlog)');
const connect = libc.func('int connect(int fd, const void *address, uint32_t length)');
const accept = libc.func('int accept(int fd, void *address, void *length)');

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'pairs-'));

/** Listens with Node.js and connects once. */
const openStream = async (listening: net.ListenOptions, connecting: net.NetConnectOpts): Promise<void> => {
	const server = net.createServer();
	server.listen(listening);
	await once(server, 'listening');
	const client = net.connect(connecting);
	await Promise.all([once(client, 'connect'), once(server, 'connection')]);
};

await openStream({host: '127.0.0.1', port: 7001}, {host: '127.0.0.1', port: 7001, localPort: 8001});
await openStream({host: '::1', port: 7002}, {host: '::1', port: 7002, localPort: 8002});
await openStream({host: '::', port: 7003}, {host: '127.0.0.1', port: 7003, localPort: 8003});
await openStream({path: path.join(directory, 'stream')}, {path: path.join(directory, 'stream')});
await openStream({path: '\0pairs abstract'}, {path: '\0pairs abstract'});

// A connection that is not accepted.
openListener('127.0.0.1', 7004, 4);
await once(net.connect({host: '127.0.0.1', port: 7004, localPort: 8004}), 'connect');

const [one, two] = [dgram.createSocket('udp4'), dgram.createSocket('udp4')];
one.bind(7005, '127.0.0.1');
two.bind(8005, '127.0.0.1');
await Promise.all([once(one, 'listening'), once(two, 'listening')]);
one.connect(8005, '127.0.0.1');
two.connect(7005, '127.0.0.1');
await Promise.all([once(one, 'connect'), once(two, 'connect')]);

/** A struct sockaddr_un. */
const unixAddress = (name: string): Uint8Array => Buffer.concat([new Uint8Array(new Uint16Array([1]).buffer), Buffer.from(`${name}\0`)]);

const openUnix = (type: number): number => socket(1, type, 0) as number;

const log = openUnix(2);
bind(log, unixAddress(path.join(directory, 'log')), unixAddress(path.join(directory, 'log')).byteLength);
const writer = openUnix(2);
bind(writer, unixAddress(path.join(directory, 'writer')), unixAddress(path.join(directory, 'writer')).byteLength);
connect(writer, unixAddress(path.join(directory, 'log')), unixAddress(path.join(directory, 'log')).byteLength);

// A UNIX connection that is not accepted.
const waiting = openUnix(1);
bind(waiting, unixAddress(path.join(directory, 'waiting')), unixAddress(path.join(directory, 'waiting')).byteLength);
listen(waiting, 4);
connect(openUnix(1), unixAddress(path.join(directory, 'waiting')), unixAddress(path.join(directory, 'waiting')).byteLength);

/** A struct sockaddr_in on the loopback interface. */
const inetAddress = (port: number): Uint8Array => {
	const address = Buffer.alloc(16);
	new Uint16Array(address.buffer, address.byteOffset, 1).set([2]);
	address.writeUInt16BE(port, 2);
	address.set([127, 0, 0, 1], 4);
	return address;
};

const mptcp = socket(2, 1, 262) as number;
if (mptcp >= 0) {
	bind(mptcp, inetAddress(7006), 16);
	listen(mptcp, 3);
	const client = socket(2, 1, 262) as number;
	bind(client, inetAddress(8006), 16);
	connect(client, inetAddress(7006), 16);
	accept(mptcp, null, null);
}

const protocols: readonly ProtocolName[] = ['tcp', 'udp', ...protocolGroups.unix, ...(mptcp >= 0 ? ['mptcp'] as const : [])];
const ids = new Set(['protocol', 'state', 'localAddress', 'localPort', 'peer', 'cookie', 'peerCookie', 'ends', 'process', 'peerProcess', 'pendingClients']);
const shown = fields.filter(({id}) => ids.has(id));

const read = async (prefer: 'netlink' | 'ss'): Promise<Array<Record<string, string>>> => {
	const sampler = await createSampler({kind: 'local', prefer});
	const {changes} = await sampler.sample(new Set(['pendingConnections']), protocols);
	await sampler.findOwners(changes, Infinity);
	const {context} = sampler;
	const records = Array.from({length: context.table.used}, (_, slot) =>
		Object.fromEntries(shown.map(field => [field.id, formatValue(field, readCell(field, context, slot))])));
	sampler.close();
	return records;
};

const hasSs = process.argv[2] === 'ss';
console.log(JSON.stringify({
	pid: process.pid, directory, hasMptcp: mptcp >= 0, netlink: await read('netlink'), ...(hasSs && {ss: await read('ss')}),
}));
fs.rmSync(directory, {recursive: true, force: true});
// eslint-disable-next-line unicorn/no-process-exit -- All sockets close with it.
process.exit();
