/**
Rows of families whose ends are no addresses of IP → table. What netlink tells in numbers, `ss` writes in words; they come to the same.
*/
import {Buffer} from 'node:buffer';
import {netlinkName} from '../../text/netlink-names.js';
import {absentIn, memoryColumns, type OptionalColumn} from '../../table/columns.js';
import {domainFamilies, Protocol, protocols} from '../../table/protocols.js';
import type {SocketTable} from '../../table/socket-table.js';
import {hashBit, isCookie} from '../../table/cookie.js';
import {fanoutNames, packetFlagNames, shutdownMarks} from '../../text/socket-words.js';
import type {NamedRow} from './named-row.js';
import {didReadHex} from './scan.js';

const toText = (bytes: string): string => Buffer.from(bytes, 'latin1').toString();

/** FNV-1a. */
const hashOf = (text: string, seed: number): number => {
	let hash = seed;
	for (let at = 0; at < text.length; at++) {
		// eslint-disable-next-line unicorn/prefer-code-point -- One byte is one character here.
		hash = Math.imul(hash ^ text.charCodeAt(at), 0x01_00_01_93);
	}

	return hash >>> 0;
};

/** `ss` takes the kernel's device number apart as the C library would its own; this puts it together again. */
const deviceOf = (major: number, minor: number): number => (((major & 0xF_FF) << 8) | (minor & 0xFF) | ((minor & ~0xFF) << 12)) >>> 0;

const shutdownMark = /(?:^|\s)(?<mark><->|-->|<--|---)(?=\s|$)/v;
const memoryWord = /skmem:\((?<members>[^\)]*)\)/v;
const fileWords = /(?:^|\s)ino:(?<inode>\d+) dev:(?<major>\d+)\/(?<minor>\d+)/v;
const pendingWord = /(?:^|\s)peers:(?<inodes>(?: \d+)+)/v;

const xdpStats = [
	['xdpReceiveDropped', 'rx dropped'],
	['xdpReceiveInvalid', 'rx invalid'],
	['xdpReceiveFull', 'rx queue full'],
	['xdpFillEmpty', 'rx fill ring empty'],
	['xdpSendInvalid', 'tx invalid'],
	['xdpSendEmpty', 'tx ring empty'],
] as const;

/** The number behind a word and a sign, or undefined. */
const numberOf = (details: string, word: RegExp): number | undefined => {
	const value = word.exec(details)?.groups?.value;
	return value === undefined ? undefined : Number(value);
};

/** The bits of the flags of a packet socket. */
const bitsOf = (flags: readonly string[]): number => {
	let bits = 0;
	for (const [bit, flag] of packetFlagNames.entries()) {
		bits |= flags.includes(flag) ? 1 << bit : 0;
	}

	return bits;
};

/** The numbers of the bits of `groups=0x…`, from 1. */
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

/**
 @param table
 @param indexOf Index of the interface with a name, 0 for none.
 */
export const createNamedMerger = (table: SocketTable, indexOf: (name: string) => number): ((row: NamedRow) => number) => {
	const cookie = new Uint32Array(2);

	const locate = (row: NamedRow, inode: number): number => {
		const sk = row.details.search(/(?:^|\s)sk:[\da-f]/v);
		if (sk !== -1 && didReadHex(row.details, row.details.indexOf('sk:', sk) + 3, cookie) && isCookie(cookie[1]) && (cookie[0] !== 0 || cookie[1] !== 0)) {
			return table.observe(cookie[0], cookie[1]);
		}

		const {domain} = protocols[Protocol[row.name]];
		// A socket keeps its inode for life. Where none is told, it is the name that tells sockets apart.
		return inode === 0
			? table.observe(hashOf(row.local, 0x81_1C_9D_C5), (hashOf(row.name + row.local, 0x9E_37_79_B1) | hashBit) >>> 0)
			: table.observe(inode, (hashOf(domain, 0x81_1C_9D_C5) | hashBit) >>> 0);
	};

	const setter = (slot: number) => (column: OptionalColumn, value: number | undefined): void => {
		const array = table.optional(column);
		if (array !== undefined && value !== undefined) {
			array[slot] = value;
		}
	};

	const mergeUnix = (slot: number, row: NamedRow): void => {
		const {core, texts} = table;
		const set = setter(slot);
		core.localName[slot] = row.local === '*' ? 0 : texts.intern(toText(row.local));
		core.peerName[slot] = row.peer === '*' ? 0 : texts.intern(toText(row.peer));
		core.peerInode[slot] = row.peerInode;
		const file = fileWords.exec(row.details)?.groups;
		set('vfsInode', file && Number(file.inode));
		set('vfsDevice', file && deviceOf(Number(file.major), Number(file.minor)));
		set('pendingConnections', texts.intern(pendingWord.exec(row.details)?.groups?.inodes.trim() ?? ''));
	};

	const mergePacket = (slot: number, {local, details}: NamedRow): void => {
		const {core, texts} = table;
		const set = setter(slot);
		const colon = local.lastIndexOf(':');
		const interfaceName = local.slice(colon + 1);
		core.localName[slot] = texts.intern(local.slice(0, colon));
		core.interfaceIndex[slot] = interfaceName === '*' ? 0 : indexOf(interfaceName);
		const flags = /flags\((?<words>[^\)]*)\)/v.exec(details)?.groups?.words.trim().split(' ');
		set('packetFlags', flags && bitsOf(flags));
		set('packetVersion', numberOf(details, /(?:^|\s)ver:(?<value>\d+)/v));
		set('packetCopyThreshold', numberOf(details, /cpy_thresh:(?<value>\d+)/v));
		set('packetReceiveRing', texts.intern(/ring_rx\((?<ring>[^\)]*)\)/v.exec(details)?.groups?.ring ?? ''));
		set('packetSendRing', texts.intern(/ring_tx\((?<ring>[^\)]*)\)/v.exec(details)?.groups?.ring ?? ''));
		const fanout = /fanout\(id:(?<id>\d+),type:(?<type>[a-z]+)/v.exec(details)?.groups;
		// Those who may not know it are told of none.
		const program = / bpf filter \(\d+\): {2}(?<program>0x[\da-f]+(?: \d+){3}(?:, 0x[\da-f]+(?: \d+){3})*)/v.exec(details)?.groups?.program;
		set('packetFilterLength', program === undefined ? absentIn('packetFilterLength') : program.split(',').length);
		set('packetFilter', texts.intern(program ?? ''));
		set('packetFanout', fanout && (Number(fanout.id) | (Math.max(0, (fanoutNames as readonly string[]).indexOf(fanout.type)) << 16)));
	};

	const mergeNetlink = (slot: number, {local, peer, details}: NamedRow): void => {
		const {core, texts} = table;
		const [protocol, port] = local.split(':', 2);
		const isNumeric = /^\d+$/v.test(protocol) && /^\d+$/v.test(port);
		core.localName[slot] = texts.intern(isNumeric ? netlinkName(Number(protocol), Number(port)) : toText(local));
		core.peerName[slot] = peer === '*' ? 0 : texts.intern(toText(peer));
		const groups = /groups=0x(?<hex>[\da-f]{1,16})/v.exec(details)?.groups?.hex;
		setter(slot)('netlinkGroups', groups === undefined ? undefined : texts.intern(groupsText(groups)));
	};

	const mergeXdp = (slot: number, {local, details}: NamedRow): void => {
		const {core, texts} = table;
		const set = setter(slot);
		const colon = local.lastIndexOf(':');
		core.localName[slot] = colon === -1 ? 0 : texts.intern(local.slice(colon + 1));
		core.interfaceIndex[slot] = indexOf(local.slice(0, Math.max(0, colon)));
		for (const [column, word] of [['xdpReceiveRing', 'rx'], ['xdpSendRing', 'tx'], ['xdpFillRing', 'fr'], ['xdpCompletionRing', 'cr']] as const) {
			set(column, numberOf(details, new RegExp(String.raw`(?:^|\s)${word}\(entries:(?<value>\d+)`, 'v')));
		}

		set('xdpMemory', texts.intern(/(?:^|\s)umem\((?<umem>[^\)]*)\)/v.exec(details)?.groups?.umem ?? ''));
		for (const [column, word] of xdpStats) {
			set(column, numberOf(details, new RegExp(String.raw`[\(,]${word}:(?<value>\d+)`, 'v')));
		}
	};

	/** What the details of all families have. */
	const mergeCommon = (slot: number, row: NamedRow): void => {
		const set = setter(slot);
		const mark = shutdownMark.exec(row.details)?.groups?.mark;
		set('shutdown', mark === undefined ? undefined : (shutdownMarks as readonly string[]).indexOf(mark));
		const members = memoryWord.exec(row.details)?.groups?.members.split(',') ?? [];
		for (const [index, member] of members.entries()) {
			const column = memoryColumns[index];
			if (column !== undefined) {
				// A letter or two, and the number.
				set(column, Number(member.replace(/^[a-z]+/v, '')));
			}
		}
	};

	return row => {
		const {domain} = protocols[Protocol[row.name]];
		const inode = domain === 'unix' ? row.inode : numberOf(row.details, /(?:^|\s)ino:(?<value>\d+)/v) ?? 0;
		const slot = locate(row, inode);
		table.setState(slot, Protocol[row.name], row.state);
		const {core, texts} = table;
		core.family[slot] = domain === 'inet' ? 0 : domainFamilies[domain];
		core.recvQ[slot] = row.recvQ;
		core.sendQ[slot] = row.sendQ;
		if (inode !== 0) {
			core.inode[slot] = inode;
		}

		const uid = numberOf(row.details, /(?:^|\s)uid:(?<value>\d+)/v);
		// Ss leaves out the uid 0, and knows none of UNIX, netlink and VSOCK sockets.
		if (uid !== undefined || ((domain === 'packet' || domain === 'xdp') && inode !== 0)) {
			core.uid[slot] = uid ?? 0;
		}

		switch (domain) {
			case 'unix': {
				mergeUnix(slot, row);
				break;
			}

			case 'packet': {
				mergePacket(slot, row);
				break;
			}

			case 'netlink': {
				mergeNetlink(slot, row);
				break;
			}

			case 'xdp': {
				mergeXdp(slot, row);
				break;
			}

			case 'inet':
			case 'vsock':
			case 'tipc':
			case 'smc': {
				core.localName[slot] = texts.intern(toText(row.local));
				core.peerName[slot] = row.peer === '*' || row.peer === '-' ? 0 : texts.intern(toText(row.peer));
				break;
			}
		}

		mergeCommon(slot, row);
		return slot;
	};
};
