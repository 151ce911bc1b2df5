/**
Reads raw sockets from /proc/net/raw and /proc/net/raw6 (`net/ipv4/raw.c`, `net/ipv6/datagram.c`), for kernels that do not list them over netlink (RAW_DIAG is
an option since Linux 4.10). The files have no cookies, interfaces or options.
*/
import {readFileSync} from 'node:fs';
import {Family} from '../../addresses/family.js';
import {hashBit} from '../../table/cookie.js';
import {Protocol} from '../../table/columns/protocols.js';
import type {Scope, SocketTable} from '../../table/socket-table.js';
import {addressWords} from '../../table/swapped.js';

/** Reads a file of /proc/net in a network namespace; undefined if it does not exist. */
export type ReadNetFile = (name: string) => string | undefined;

/** Reads a file in the network namespace of the calling thread. */
export const readNetFile: ReadNetFile = name => {
	try {
		return readFileSync(`/proc/thread-self/net/${name}`, 'latin1');
	} catch {
		return undefined;
	}
};

const files = [['raw', Family.inet], ['raw6', Family.inet6]] as const;

/** The high half of the identity of raw sockets, which have no cookie here. The low half is the inode, which stays the same for the life of the socket. */
const identityHigh = (hashBit | 0x72_61_77) >>> 0;

/** `sl: local:port remote:port state tx:rx timer retransmits uid timeout inode references pointer drops`. The ports are protocol numbers. */
const linePattern = /^\s*\d+: (?<local>[\dA-F]+):(?<protocol>[\dA-F]{4}) (?<peer>[\dA-F]+):(?<peerPort>[\dA-F]{4}) (?<state>[\dA-F]{2}) (?<sent>[\dA-F]{8}):(?<received>[\dA-F]{8}) \S+ \S+ +(?<uid>\d+) +\d+ (?<inode>\d+) \d+ \S+ (?<drops>\d+)/v;

/**
Reads the raw sockets of the table's current namespace, between `begin` and `end` of the table. Lines that are not sockets are skipped.

@returns The scopes that were read completely; undefined if the files do not exist.
*/
export const readRawFiles = (table: SocketTable, read: ReadNetFile): readonly Scope[] | undefined => {
	const complete: Scope[] = [];
	for (const [name, family] of files) {
		const text = read(name);
		if (text !== undefined) {
			readLines(table, text, family);
			complete.push({
				protocol: Protocol.raw, family, states: -1, namespace: table.namespace,
			});
		}
	}

	return complete.length === 0 ? undefined : complete;
};

const readLines = (table: SocketTable, text: string, family: number): void => {
	for (const line of text.split('\n')) {
		const fields = linePattern.exec(line)?.groups;
		// A socket without inode is being closed.
		if (fields !== undefined && fields.inode !== '0' && fields.local.length === fields.peer.length) {
			merge(table, fields, family);
		}
	}
};

const fromHex = (text: string): number => Number.parseInt(text, 16);

const merge = (table: SocketTable, fields: Readonly<Record<string, string>>, family: number): void => {
	const slot = table.observe(Number(fields.inode), identityHigh);
	const {core} = table;
	table.setState(slot, Protocol.raw, fromHex(fields.state));
	core.family[slot] = family;
	const words = addressWords(core);
	writeAddress(words.local, slot, fields.local);
	writeAddress(words.peer, slot, fields.peer);
	core.localPort[slot] = fromHex(fields.protocol);
	core.peerPort[slot] = fromHex(fields.peerPort);
	core.recvQ[slot] = fromHex(fields.received);
	core.sendQ[slot] = fromHex(fields.sent);
	core.uid[slot] = Number(fields.uid);
	core.inode[slot] = Number(fields.inode);
	for (const [name, value] of [['ipProtocol', fromHex(fields.protocol)], ['drops', Number(fields.drops)]] as const) {
		const column = table.optional(name);
		if (column !== undefined) {
			column[slot] = value;
		}
	}
};

/** The kernel prints addresses as words in this machine's byte order, one for IPv4 and four for IPv6. */
const writeAddress = (words: Uint32Array, slot: number, text: string): void => {
	for (let word = 0; word * 8 < text.length && word < 4; word++) {
		words[slot * 4 + word] = fromHex(text.slice(word * 8, word * 8 + 8));
	}
};
