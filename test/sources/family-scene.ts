/**
Makes sockets of several families in the current namespace, and prints how the netlink source and `ss` show them at the same moment, as JSON. Then opens and
closes many UNIX sockets and prints how many open ones were ever reported as closed.
*/
import {Buffer} from 'node:buffer';
import {spawnSync} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import koffi from 'koffi';
import {readCell} from '../../source/fields/model/cell.js';
import {createOwnerSets} from '../../source/owners/owner-sets.js';
import {formatValue} from '../../source/fields/model/format.js';
import {findField} from '../../source/fields/registry.js';
import {createNetlinkSource} from '../../source/sources/netlink/netlink.js';
import type {SampleReport} from '../../source/sources/source.js';
import {protocolGroups, type ProtocolName} from '../../source/table/columns/protocols.js';
import {SocketTable} from '../../source/table/socket-table.js';

const libc = koffi.load(null);
const socket = libc.func('int socket(int domain, int type, int protocol)');
const socketPair = libc.func('int socketpair(int domain, int type, int protocol, _Out_ int *pair)');
const bind = libc.func('int bind(int fd, const void *address, uint32_t length)');
const listen = libc.func('int listen(int fd, int backlog)');
const connect = libc.func('int connect(int fd, const void *address, uint32_t length)');
const accept = libc.func('int accept(int fd, void *address, void *length)');
const close = libc.func('int close(int fd)');

const openSocket = (domain: number, type: number, protocol: number): number => socket(domain, type, protocol) as number;

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'families-'));

// UNIX: a listener with a blank in its path, a connection, one that is not accepted, an abstract name, pairs of each type.
const server = net.createServer();
server.listen(path.join(directory, 'a sock'));
await once(server, 'listening');
const client = net.connect(path.join(directory, 'a sock'));
await Promise.all([once(client, 'connect'), once(server, 'connection')]);
const abstract = net.createServer();
abstract.listen('\0abstract name');
await once(abstract, 'listening');
for (const type of [1, 2, 5]) {
	socketPair(1, type, 0, [0, 0]);
}

// Packet sockets of both types, one of them bound: struct sockaddr_ll.
const htons = (number: number): number => ((number & 0xFF) << 8) | (number >> 8);
const bound = openSocket(17, 3, htons(0x08_00));
const linkLayer = Buffer.alloc(20);
new Uint16Array(linkLayer.buffer, linkLayer.byteOffset, 2).set([17, htons(0x08_00)]);
new Int32Array(linkLayer.buffer, linkLayer.byteOffset + 4, 1).set([1]);
bind(bound, linkLayer, 20);
openSocket(17, 2, htons(3));

// Netlink: a member of a group, bound by the kernel.
const member = openSocket(16, 3, 0);
bind(member, Buffer.from(new Uint8Array(new Uint32Array([16, 0, 1]).buffer)), 12);

// MPTCP: a listener and an accepted connection, which share a cookie.
const loopback = (port: number): Uint8Array => {
	const address = Buffer.alloc(16);
	new Uint16Array(address.buffer, address.byteOffset, 1).set([2]);
	address.writeUInt16BE(port, 2);
	address.set([127, 0, 0, 1], 4);
	return address;
};

const hasMptcp = async (): Promise<boolean> => {
	const listener = openSocket(2, 1, 262);
	if (listener < 0) {
		return false;
	}

	bind(listener, loopback(7200), 16);
	listen(listener, 3);
	// The listener gets its cookie with the first dump; connections accepted later inherit it.
	const early = createNetlinkSource(new SocketTable(), {hasBoundInactive: false});
	await early.sample(new SocketTable(), {columns: new Set(), protocols: new Set(['mptcp'])});
	early.close();
	connect(openSocket(2, 1, 262), loopback(7200), 16);
	accept(listener, null, null);
	return true;
};

const isMptcpThere = await hasMptcp();

const table = new SocketTable();
const source = createNetlinkSource(table, {hasBoundInactive: false});
const sample = async (now: number, protocols: readonly ProtocolName[]): Promise<SampleReport & {readonly closed: readonly number[]}> => {
	table.begin(now);
	const report = await source.sample(table, {columns: new Set(), protocols: new Set(protocols)});
	return {...report, closed: table.end(report.complete).closed};
};

const protocols: readonly ProtocolName[] = [
	...protocolGroups.unix, ...protocolGroups.packet, ...protocolGroups.netlink, ...(isMptcpThere ? ['mptcp'] as const : []),
];
table.begin(0);
const report = await source.sample(table, {columns: new Set(), protocols: new Set(protocols)});
table.end(report.complete);

/** Output goes through a file, because a pipe to a child would add a pair of UNIX sockets. */
const runSs = (...ssArguments: readonly string[]): string => {
	const output = path.join(directory, 'output');
	const descriptor = fs.openSync(output, 'w');
	spawnSync('ss', ssArguments, {stdio: ['ignore', descriptor, 'ignore']});
	fs.closeSync(descriptor);
	return fs.readFileSync(output, 'utf8');
};

const theirs = runSs('-Hna', '-x', '-0', ...(isMptcpThere ? ['-M'] : []));
const theirNetlink = runSs('-Ha', '-f', 'netlink', '-x');
const context = {
	table, owners: createOwnerSets(), userName: () => undefined, namespace: () => undefined, interfaceName: (index: number) => index === 1 ? 'lo' : undefined, cgroupPath: () => undefined,
};
const fields = ['protocol', 'state', 'recvQ', 'sendQ', 'local', 'peer'].map(id => findField(id));
const ours: string[] = [];
for (let slot = 0; slot < table.used; slot++) {
	ours.push(fields.map(field => field === undefined ? '' : formatValue(field, readCell(field, context, slot))).join(' '));
}

// UNIX sockets that stay open while others open and close. Dumps miss some of them; none may be reported as closed.
const steady = Array.from({length: 200}, () => openSocket(1, 2, 0));
for (const descriptor of steady) {
	bind(descriptor, Buffer.from(new Uint16Array([1]).buffer), 2);
}

await sample(1000, protocolGroups.unix);
const lasting = new Set(Array.from({length: table.used}, (_, slot) => slot).filter(slot => table.isUsed(slot) && !table.isClosed(slot)).map(slot => table.core.id[slot]));
let flickers = 0;
let closings = 0;
for (let round = 0; round < 20; round++) {
	const passing = Array.from({length: 300}, () => openSocket(1, 1, 0));
	const {closed} = await sample(2000 + round, protocolGroups.unix);
	closings += closed.length;
	flickers += closed.filter(slot => lasting.has(table.core.id[slot])).length;
	for (const descriptor of passing) {
		close(descriptor);
	}
}

// The number of lookups per sample is limited; the next sample handles the remaining sockets.
for (const now of [10_000, 11_000]) {
	const {closed} = await sample(now, protocolGroups.unix);
	closings += closed.length;
}

console.log(JSON.stringify({
	ours, theirs, theirNetlink, problems: report.problems, isMptcpThere, flickers, closings,
}));
source.close();
server.close();
abstract.close();
client.destroy();
fs.rmSync(directory, {recursive: true, force: true});
for (const descriptor of steady) {
	close(descriptor);
}
