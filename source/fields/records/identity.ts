import {Family} from '../../addresses/family.js';
import {
	hasInetEnds,
	Protocol,
	protocolNames,
	protocols,
	sharedCookieBit,
	type SocketType,
} from '../../table/columns/protocols.js';
import {shortStateNames, State, stateName} from '../../table/columns/states.js';
import {absent, Life} from '../../table/columns/columns.js';
import {isCookie} from '../../table/cookie.js';
import {byteOrder} from '../model/byte-order.js';
import type {FieldRecord, Tone, World} from '../model/field.js';
import {interestOf} from '../model/state-order.js';
import {compareText, packText} from '../model/text-order.js';

/** Colour roles of the states, by number; the others are plain. */
export const stateTones: Readonly<Record<number, Tone>> = {
	[State.established]: 'good',
	[State.synSent]: 'warning',
	[State.synReceived]: 'warning',
	[State.newSynReceived]: 'warning',
	[State.closeWait]: 'warning',
	[State.listen]: 'notice',
	[State.finWait2]: 'dim',
	[State.timeWait]: 'dim',
};

/** Whether it is a short-lived TCP socket: the kernel reports the state of a closed socket as UNCONN. */
const isGoneTcp = ({table: {core}}: World, slot: number): boolean =>
	(core.life[slot] & Life.unseen) !== 0 && core.state[slot] === State.unconnected && core.protocol[slot] === Protocol.tcp;

/** Colour is a signal: a normal state has none. */
const cellTone = (tone: Tone | undefined): Tone | undefined => tone === 'warning' || tone === 'dim' ? tone : undefined;

/** If several sockets share a cookie, only the lower half of the identity is the cookie. */
const isShared = ({table: {core}}: World, slot: number): boolean => {
	const protocol = core.protocol[slot];
	return (protocol === Protocol.mptcp || protocol === Protocol.sctp) && core.cookieHigh[slot] >= sharedCookieBit;
};

const cookieHighOf = (world: World, slot: number): number => isShared(world, slot) ? 0 : world.table.core.cookieHigh[slot];

const hasCookie = (world: World, slot: number): boolean => {
	const high = cookieHighOf(world, slot);
	return isCookie(high) && (high !== 0 || world.table.core.cookieLow[slot] !== 0);
};

const cookieKey = (world: World, slot: number): number =>
	hasCookie(world, slot) ? cookieHighOf(world, slot) * 0x1_00_00_00_00 + world.table.core.cookieLow[slot] : NaN;

/** Formats the cookie as `ss` does; undefined if there is none. */
export const cookieText = (world: World, slot: number): string | undefined => {
	if (!hasCookie(world, slot)) {
		return undefined;
	}

	const high = cookieHighOf(world, slot);
	const low = world.table.core.cookieLow[slot].toString(16);
	return high === 0 ? low : high.toString(16) + low.padStart(8, '0');
};

const readUid = ({table: {core}}: World, slot: number): number | undefined => core.uid[slot] === absent.u32 ? undefined : core.uid[slot];

const userText = (world: World, uid: number): string => world.userName(uid) ?? String(uid);

/** What a socket is, and who owns it. */
export const identityFields: readonly FieldRecord[] = [
	{
		id: 'protocol',
		kind: 'text',
		title: 'Proto',
		meaning: 'Protocol of the socket, as in the column Netid of ss: tcp, udp, u_str (UNIX stream), raw, p_dgr (packet), nl (netlink), mptcp and others.',
		width: {min: 5, max: 5},
		importance: 45,
		// Without the column, every row is TCP.
		shownFor: name => name !== 'tcp',
		aliases: ['netid', 'proto'],
		ss: 'Netid',
		read: (world, slot) => protocolNames[world.table.core.protocol[slot]],
		order: byteOrder('protocol', protocol => protocol),
	},
	{
		id: 'family',
		kind: 'text',
		title: 'Family',
		meaning: 'Address family: inet (IPv4), inet6 (IPv6), unix, packet, netlink, vsock, xdp or tipc.',
		width: {min: 6, max: 7},
		read(world, slot) {
			const family = world.table.core.family[slot];
			const {protocol} = world.table.core;
			return hasInetEnds(protocol[slot]) ? {[Family.inet]: 'inet', [Family.inet6]: 'inet6'}[family] : protocols[protocol[slot]].domain;
		},
	},
	{
		id: 'type',
		kind: 'text',
		title: 'Type',
		meaning: 'Type of the socket: stream, dgram, seqpacket, raw or rdm; absent if the protocol does not determine it.',
		width: {min: 4, max: 9},
		values: ['stream', 'dgram', 'seqpacket', 'raw', 'rdm'] satisfies readonly SocketType[],
		read: (world, slot) => protocols[world.table.core.protocol[slot]].type,
	},
	{
		id: 'state',
		kind: 'text',
		title: 'State',
		meaning: 'State of the socket, named as in ss; UDP has only ESTAB (connected) and UNCONN.',
		width: {min: 2, max: 17},
		importance: 87,
		impliedBy: {field: 'event', unless: 'previousState'},
		ss: 'State',
		read: (world, slot) => isGoneTcp(world, slot) ? 'CLOSED' : stateName(world.table.core.state[slot]),
		tone: (_, world, slot) => cellTone(stateTones[world.table.core.state[slot]]),
		order: byteOrder('state', interestOf),
		forms: [state => shortStateNames.get(state)?.[0] ?? state, state => shortStateNames.get(state)?.[1] ?? state],
	},
	{
		id: 'sockets',
		kind: 'number',
		unit: 'count',
		title: 'Sockets',
		meaning: 'Number of the sockets in a group, in its head and to sort groups by; a single socket has none.',
		width: {min: 7, max: 7},
		read: () => undefined,
		sum: () => 1,
	},
	{
		id: 'uid',
		kind: 'number',
		unit: 'none',
		title: 'UID',
		meaning: 'User id of the owner of the socket.',
		width: {min: 5, max: 10},
		descending: false,
		ss: 'uid',
		read: readUid,
	},
	{
		id: 'user',
		kind: 'text',
		title: 'User',
		meaning: 'User name of the owner of the socket; the user id if it has no name.',
		width: {min: 8, max: 16},
		read(world, slot) {
			const uid = readUid(world, slot);
			return uid === undefined ? undefined : userText(world, uid);
		},
		order: {
			key(world, slot) {
				const uid = readUid(world, slot);
				return uid === undefined ? NaN : packText(userText(world, uid));
			},
			compare(world, a, b) {
				const {uid} = world.table.core;
				return uid[a] === uid[b] ? 0 : compareText(userText(world, uid[a]), userText(world, uid[b]));
			},
		},
	},
	{
		id: 'inode',
		kind: 'number',
		unit: 'none',
		title: 'Inode',
		meaning: 'Inode of the socket, as in the links of /proc/PID/fd; absent before accept, in TIME-WAIT and for sockets that no process holds.',
		width: {min: 8, max: 10},
		descending: false,
		aliases: ['ino'],
		ss: 'ino',
		zeroIsNone: true,
		read: ({table: {core}}, slot) => core.inode[slot] === 0 ? undefined : core.inode[slot],
		tone: () => 'dim',
	},
	{
		id: 'cookie',
		kind: 'text',
		title: 'Cookie',
		meaning: 'Number that identifies the socket for its whole life, hexadecimal; absent if only an ss without netlink is available.',
		width: {min: 8, max: 16},
		align: 'right',
		aliases: ['sk'],
		ss: 'sk',
		isHexadecimal: true,
		read: cookieText,
		tone: () => 'dim',
		order: {
			key: cookieKey,
			compare({table: {core}}, a, b) {
				const difference = core.cookieHigh[a] - core.cookieHigh[b];
				return difference === 0 ? core.cookieLow[a] - core.cookieLow[b] : difference;
			},
		},
	},
];
