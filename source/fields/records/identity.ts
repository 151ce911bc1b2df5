import {Family} from '../../addresses/family.js';
import {
	hasInetEnds,
	Protocol,
	protocolNames,
	protocols,
	sharedCookieBit,
	type SocketType,
} from '../../table/columns/protocols.js';
import {isGoneTcp} from '../../table/columns/short-lived.js';
import {shortStateNames, State, stateName} from '../../table/columns/states.js';
import {absent} from '../../table/columns/columns.js';
import {isCookie} from '../../table/cookie.js';
import {byteOrder} from '../model/byte-order.js';
import type {FieldRecord, Tone, FieldContext} from '../model/field.js';
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

/** Colour is a signal: a normal state has none. */
const cellTone = (tone: Tone | undefined): Tone | undefined => tone === 'warning' || tone === 'dim' ? tone : undefined;

/** If several sockets share a cookie, only the lower half of the identity is the cookie. */
const isShared = ({table: {core}}: FieldContext, slot: number): boolean => {
	const protocol = core.protocol[slot];
	return (protocol === Protocol.mptcp || protocol === Protocol.sctp) && core.cookieHigh[slot] >= sharedCookieBit;
};

const cookieHighOf = (context: FieldContext, slot: number): number => isShared(context, slot) ? 0 : context.table.core.cookieHigh[slot];

const hasCookie = (context: FieldContext, slot: number): boolean => {
	const high = cookieHighOf(context, slot);
	return isCookie(high) && (high !== 0 || context.table.core.cookieLow[slot] !== 0);
};

const cookieKey = (context: FieldContext, slot: number): number =>
	hasCookie(context, slot) ? cookieHighOf(context, slot) * 0x1_00_00_00_00 + context.table.core.cookieLow[slot] : NaN;

/** Formats the cookie as `ss` does; undefined if there is none. */
export const cookieText = (context: FieldContext, slot: number): string | undefined => {
	if (!hasCookie(context, slot)) {
		return undefined;
	}

	const high = cookieHighOf(context, slot);
	const low = context.table.core.cookieLow[slot].toString(16);
	return high === 0 ? low : high.toString(16) + low.padStart(8, '0');
};

const readUid = ({table: {core}}: FieldContext, slot: number): number | undefined => core.uid[slot] === absent.u32 ? undefined : core.uid[slot];

const userText = (context: FieldContext, uid: number): string => context.userName(uid) ?? String(uid);

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
		read: (context, slot) => protocolNames[context.table.core.protocol[slot]],
		order: byteOrder('protocol', protocol => protocol),
	},
	{
		id: 'family',
		kind: 'text',
		title: 'Family',
		meaning: 'Address family: inet (IPv4), inet6 (IPv6), unix, packet, netlink, vsock, xdp or tipc.',
		width: {min: 6, max: 7},
		read(context, slot) {
			const family = context.table.core.family[slot];
			const {protocol} = context.table.core;
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
		read: (context, slot) => protocols[context.table.core.protocol[slot]].type,
	},
	{
		id: 'state',
		kind: 'text',
		title: 'State',
		shortTitle: 'St',
		meaning: 'State of the socket, named as in ss; UDP has only ESTAB (connected) and UNCONN.',
		width: {min: 2, max: 17},
		importance: 87,
		impliedBy: {field: 'event', unless: 'previousState'},
		ss: 'State',
		read: (context, slot) => isGoneTcp(context.table.core, slot) ? 'CLOSED' : stateName(context.table.core.state[slot]),
		tone: (_, context, slot) => cellTone(stateTones[context.table.core.state[slot]]),
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
		read(context, slot) {
			const uid = readUid(context, slot);
			return uid === undefined ? undefined : userText(context, uid);
		},
		order: {
			key(context, slot) {
				const uid = readUid(context, slot);
				return uid === undefined ? NaN : packText(userText(context, uid));
			},
			compare(context, a, b) {
				const {uid} = context.table.core;
				return uid[a] === uid[b] ? 0 : compareText(userText(context, uid[a]), userText(context, uid[b]));
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
