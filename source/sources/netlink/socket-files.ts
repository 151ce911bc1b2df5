/**
Reads sockets from /proc/net/tcp, tcp6, udp and so on (`net/ipv4/tcp_ipv4.c`, `net/ipv4/udp.c`, `net/ipv4/raw.c`, `net/ipv6/datagram.c`), for kernels that do not list them over
netlink because a module is missing (INET_TCP_DIAG, INET_UDP_DIAG, INET_RAW_DIAG). The files have no cookies, interfaces or options.
*/
import {readFileSync} from 'node:fs';
import {Family} from '../../addresses/family.js';
import {absent} from '../../table/columns/columns.js';
import {hashBit} from '../../table/cookie.js';
import {Protocol, type ProtocolName} from '../../table/columns/protocols.js';
import type {Scope} from '../../table/identified-sockets.js';
import type {SocketTable} from '../../table/socket-table.js';
import {State} from '../../table/columns/states.js';
import {addressWords} from '../../table/swapped.js';
import {hashText} from '../../text/hash-text.js';

/** Reads a file of /proc/net in a network namespace; undefined if it does not exist. */
export type ReadNetFile = (name: string) => string | undefined;

/** Reads a file of /proc/net in the network namespace of the calling thread. */
export const readNetFile: ReadNetFile = name => {
	try {
		return readFileSync(`/proc/thread-self/net/${name}`, 'latin1');
	} catch {
		return undefined;
	}
};

/** The protocols that have such files. */
export type FileProtocol = Extract<ProtocolName, 'tcp' | 'udp' | 'udplite' | 'raw'>;

const fileProtocols: readonly FileProtocol[] = ['tcp', 'udp', 'udplite', 'raw'];

export const hasSocketFiles = (name: ProtocolName): name is FileProtocol => (fileProtocols as readonly ProtocolName[]).includes(name);

const families = [['', Family.inet], ['6', Family.inet6]] as const;

/** `sl: local:port remote:port state tx:rx timer retransmits uid timeout inode references pointer drops`; for raw sockets, ports are protocol numbers. */
const linePattern = /^\s*\d+: (?<local>[\dA-F]+):(?<port>[\dA-F]{4}) (?<peer>[\dA-F]+):(?<peerPort>[\dA-F]{4}) (?<state>[\dA-F]{2}) (?<sent>[\dA-F]{8}):(?<received>[\dA-F]{8}) \S+ \S+ +(?<uid>\d+) +\d+ (?<inode>\d+) \d+ \S+(?: (?<drops>\d+))?/v;

/**
Reads the sockets of a protocol in the current namespace into the table, which must be between `begin` and `end`. Lines that are not sockets are skipped.

@returns The scopes that were read completely; undefined if there is no such file.
*/
export const readSocketFiles = (table: SocketTable, protocol: FileProtocol, read: ReadNetFile): readonly Scope[] | undefined => {
	const complete: Scope[] = [];
	for (const [suffix, family] of families) {
		const text = read(`${protocol}${suffix}`);
		if (text !== undefined) {
			readLines(table, text, {protocol: Protocol[protocol], family});
			complete.push({
				protocol: Protocol[protocol], family, states: -1, namespace: table.namespace,
			});
		}
	}

	return complete.length === 0 ? undefined : complete;
};

type Kind = {readonly protocol: number; readonly family: number};

const readLines = (table: SocketTable, text: string, kind: Kind): void => {
	for (const line of text.split('\n')) {
		const fields = linePattern.exec(line)?.groups;
		// A socket without inode is being closed. But a TCP socket without inode is not accepted yet, or is no longer held by a process.
		if (fields !== undefined && (fields.inode !== '0' || kind.protocol === Protocol.tcp) && fields.local.length === fields.peer.length) {
			merge(table, fields, kind);
		}
	}
};

const fromHex = (text: string): number => Number.parseInt(text, 16);

const otherSeed = 0x72_61_77;

/**
Computes an identity that cannot be a cookie. Connections are identified by their endpoints, because they have an inode only from accept to close. All other
sockets are identified by their inode, because several can share an endpoint.
*/
const identityOf = (fields: Readonly<Record<string, string>>, {protocol, family}: Kind): readonly [low: number, high: number] => {
	const isConnection = protocol === Protocol.tcp && fromHex(fields.peerPort) !== 0;
	const text = [protocol, family, ...isConnection ? [fields.local, fields.port, fields.peer, fields.peerPort] : [fields.inode]].join(' ');
	return [hashText(text), (hashText(text, otherSeed) | hashBit) >>> 0];
};

const merge = (table: SocketTable, fields: Readonly<Record<string, string>>, kind: Kind): void => {
	const {protocol, family} = kind;
	const state = fromHex(fields.state);
	const slot = table.observe(...identityOf(fields, kind));
	const {core} = table;
	table.setState(slot, protocol, state);
	core.family[slot] = family;
	const words = addressWords(core);
	writeAddress(words.local, slot, fields.local);
	writeAddress(words.peer, slot, fields.peer);
	core.localPort[slot] = fromHex(fields.port);
	core.peerPort[slot] = fromHex(fields.peerPort);
	core.recvQ[slot] = fromHex(fields.received);
	// For a listener, the files lack the limit of its accept queue.
	core.sendQ[slot] = protocol === Protocol.tcp && state === State.listen ? absent.u32 : fromHex(fields.sent);
	// Keep the last known values of a connection in TIME-WAIT, or when no process holds it any more.
	if (fields.inode !== '0') {
		core.uid[slot] = Number(fields.uid);
		core.inode[slot] = Number(fields.inode);
	}

	const more = {
		...(protocol === Protocol.raw && {ipProtocol: fromHex(fields.port)}),
		...(protocol !== Protocol.tcp && fields.drops !== undefined && {drops: Number(fields.drops)}),
	};
	for (const [name, value] of Object.entries(more) as ReadonlyArray<readonly ['ipProtocol' | 'drops', number]>) {
		const column = table.optional(name);
		if (column !== undefined) {
			column[slot] = value;
		}
	}
};

/** The kernel prints addresses as words of this machine, one for IPv4 and four for IPv6. */
const writeAddress = (words: Uint32Array, slot: number, text: string): void => {
	for (let word = 0; word * 8 < text.length && word < 4; word++) {
		words[slot * 4 + word] = fromHex(text.slice(word * 8, word * 8 + 8));
	}
};
