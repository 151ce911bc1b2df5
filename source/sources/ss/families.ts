/**
Writes sockets whose endpoints are not IP addresses into the table. `ss` prints as words what netlink gives as numbers; the values in the table are the same.
*/
import {netlinkName} from '../../text/netlink-names.js';
import {fanoutNames, packetFlagNames} from '../../text/socket-words.js';
import {absentIn, type OptionalColumn} from '../../table/columns/columns.js';
import {domainFamilies, protocols, type Domain} from '../../table/columns/protocols.js';
import type {SocketTable} from '../../table/socket-table.js';
import type {Row} from './rows.js';
import {toText} from './text.js';
import {bitsOf} from './values.js';

/** `ss` splits the kernel's device number as the C library splits its own format; this joins it again. */
const deviceOf = (major: number, minor: number): number => (((major & 0xF_FF) << 8) | (minor & 0xFF) | ((minor & ~0xFF) << 12)) >>> 0;

const fileWords = /(?:^|\s)ino:(?<inode>\d+) dev:(?<major>\d+)\/(?<minor>\d+)/v;
const pendingWord = /(?:^|\s)peers:(?<inodes>(?: \d+)+)/v;
const packetFilter = / bpf filter \(\d+\): {2}(?<program>0x[\da-f]+(?: \d+){3}(?:, 0x[\da-f]+(?: \d+){3})*)/v;

const xdpStats = [
	['xdpReceiveDropped', 'rx dropped'],
	['xdpReceiveInvalid', 'rx invalid'],
	['xdpReceiveFull', 'rx queue full'],
	['xdpFillEmpty', 'rx fill ring empty'],
	['xdpSendInvalid', 'tx invalid'],
	['xdpSendEmpty', 'tx ring empty'],
] as const;

/** The number after a word and a separator, or undefined. */
const numberOf = (details: string, word: RegExp): number | undefined => {
	const value = word.exec(details)?.groups?.value;
	return value === undefined ? undefined : Number(value);
};

/** The numbers of the bits in `groups=0x…`, counted from 1. */
const groupsText = (hex: string): string => {
	const bits = BigInt(`0x${hex}`);
	const groups: number[] = [];
	for (let group = 1; group <= hex.length * 4; group++) {
		if (((bits >> BigInt(group - 1)) & 1n) === 1n) {
			groups.push(group);
		}
	}

	return groups.join(' ');
};

/** Values that come from elsewhere than the row. */
export type OtherValues = {
	readonly uid: number | undefined;
	/** Index of the interface with a name, 0 for none. */
	readonly indexOf: (name: string) => number;
};

type Writer = (table: SocketTable, slot: number, row: Row, other: OtherValues) => void;

/** Writes an optional column, if it is wanted and the value is known. */
const set = (table: SocketTable, slot: number, column: OptionalColumn, value: number | undefined): void => {
	const array = table.optional(column);
	if (array !== undefined && value !== undefined) {
		array[slot] = value;
	}
};

/** The text between the parentheses of `word(…)`; empty if missing. */
const listOf = (details: string, word: string): string => new RegExp(String.raw`(?:^|\s)${word}\((?<list>[^\)]*)\)`, 'v').exec(details)?.groups?.list ?? '';

const writeUnix: Writer = (table, slot, {local, peer, peerInode, details}) => {
	const {core, texts} = table;
	core.localName[slot] = local === '*' ? 0 : texts.intern(toText(local));
	core.peerName[slot] = peer === '*' ? 0 : texts.intern(toText(peer));
	core.peerInode[slot] = peerInode;
	const file = fileWords.exec(details)?.groups;
	set(table, slot, 'vfsInode', file && Number(file.inode));
	set(table, slot, 'vfsDevice', file && deviceOf(Number(file.major), Number(file.minor)));
	set(table, slot, 'pendingConnections', texts.intern(pendingWord.exec(details)?.groups?.inodes.trim() ?? ''));
};

const writePacket: Writer = (table, slot, {local, details}, {indexOf}) => {
	const {core, texts} = table;
	const colon = local.lastIndexOf(':');
	const interfaceName = local.slice(colon + 1);
	core.localName[slot] = texts.intern(local.slice(0, colon));
	core.interfaceIndex[slot] = interfaceName === '*' ? 0 : indexOf(interfaceName);
	const flags = listOf(details, 'flags').trim();
	set(table, slot, 'packetFlags', flags === '' ? undefined : bitsOf(packetFlagNames, flags.split(' ')));
	set(table, slot, 'packetVersion', numberOf(details, /(?:^|\s)ver:(?<value>\d+)/v));
	set(table, slot, 'packetCopyThreshold', numberOf(details, /cpy_thresh:(?<value>\d+)/v));
	set(table, slot, 'packetReceiveRing', texts.intern(listOf(details, 'ring_rx')));
	set(table, slot, 'packetSendRing', texts.intern(listOf(details, 'ring_tx')));
	const fanout = /fanout\(id:(?<id>\d+),type:(?<type>[a-z]+)/v.exec(details)?.groups;
	set(table, slot, 'packetFanout', fanout && (Number(fanout.id) | (Math.max(0, (fanoutNames as readonly string[]).indexOf(fanout.type)) << 16)));
	// The filter is shown only to privileged users.
	const program = packetFilter.exec(details)?.groups?.program;
	set(table, slot, 'packetFilterLength', program === undefined ? absentIn('packetFilterLength') : program.split(',').length);
	set(table, slot, 'packetFilter', texts.intern(program ?? ''));
};

const writeNetlink: Writer = (table, slot, {local, peer, details}) => {
	const {core, texts} = table;
	const {protocol, port} = /^(?<protocol>\d+):(?<port>\d+)$/v.exec(local)?.groups ?? {};
	core.localName[slot] = texts.intern(protocol === undefined ? toText(local) : netlinkName(Number(protocol), Number(port)));
	core.peerName[slot] = peer === '*' ? 0 : texts.intern(toText(peer));
	const groups = /groups=0x(?<hex>[\da-f]{1,16})/v.exec(details)?.groups?.hex;
	set(table, slot, 'netlinkGroups', groups === undefined ? undefined : texts.intern(groupsText(groups)));
};

const writeXdp: Writer = (table, slot, {local, details}, {indexOf}) => {
	const {core, texts} = table;
	const colon = local.lastIndexOf(':');
	core.localName[slot] = colon === -1 ? 0 : texts.intern(local.slice(colon + 1));
	core.interfaceIndex[slot] = indexOf(local.slice(0, Math.max(0, colon)));
	for (const [column, word] of [['xdpReceiveRing', 'rx'], ['xdpSendRing', 'tx'], ['xdpFillRing', 'fr'], ['xdpCompletionRing', 'cr']] as const) {
		set(table, slot, column, numberOf(listOf(details, word), /^entries:(?<value>\d+)/v));
	}

	set(table, slot, 'xdpMemory', texts.intern(listOf(details, 'umem')));
	for (const [column, word] of xdpStats) {
		set(table, slot, column, numberOf(details, new RegExp(String.raw`[\(,]${word}:(?<value>\d+)`, 'v')));
	}
};

const writeNames: Writer = ({core, texts}, slot, {local, peer}) => {
	core.localName[slot] = texts.intern(toText(local));
	core.peerName[slot] = peer === '*' || peer === '-' ? 0 : texts.intern(toText(peer));
};

const writers: Readonly<Partial<Record<Domain, Writer>>> = {
	unix: writeUnix, packet: writePacket, netlink: writeNetlink, xdp: writeXdp,
};

/** Writes a socket whose endpoints are names: the endpoints, inode and user, and the details of its family. */
export const writeNamedSocket: Writer = (table, slot, row, other) => {
	const {domain} = protocols[row.protocol];
	const {core} = table;
	core.family[slot] = domain === 'inet' ? 0 : domainFamilies[domain];
	if (row.inode !== 0) {
		core.inode[slot] = row.inode;
	}

	// `ss` omits the uid 0, and prints none for UNIX, netlink and VSOCK sockets.
	if (other.uid !== undefined || ((domain === 'packet' || domain === 'xdp') && row.inode !== 0)) {
		core.uid[slot] = other.uid ?? 0;
	}

	(writers[domain] ?? writeNames)(table, slot, row, other);
};
