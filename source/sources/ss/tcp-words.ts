/**
The words of `ss -i`, `-m`, `--tos` and `--inet-sockopt` for TCP (`tcp_stats_print` and others in misc/ss.c). `ss` prints milliseconds for the kernel's
microseconds, and bits for its bytes.
*/
import {memoryColumns} from '../../table/columns/columns.js';
import {socketOptionNames, subflowFlagLetters} from '../../text/socket-words.js';
import {readBandwidth, readNumber, readPrefixedHex} from './numbers.js';
import {
	addBits,
	bitsOf,
	flagWord,
	numberWord,
	setNumber,
	valueAt,
	type NumberName,
	type ReadNumber,
	type Values,
	type Word,
} from './values.js';

/** Words with one number after their colon, and the factor for the column's unit. */
const numbers: ReadonlyArray<readonly [key: string, name: NumberName, scale?: number]> = [
	['backoff', 'backoff'],
	['rto', 'rto', 1000],
	['ato', 'ato', 1000],
	['mss', 'sendMss'],
	['pmtu', 'pathMtu'],
	['rcvmss', 'receiveMss'],
	['advmss', 'advertisedMss'],
	['cwnd', 'cwnd'],
	['ssthresh', 'ssthresh'],
	['bytes_sent', 'bytesSent'],
	['bytes_retrans', 'bytesRetransmitted'],
	['bytes_acked', 'bytesAcked'],
	['bytes_received', 'bytesReceived'],
	['segs_out', 'segmentsOut'],
	['segs_in', 'segmentsIn'],
	['data_segs_out', 'dataSegmentsOut'],
	['data_segs_in', 'dataSegmentsIn'],
	['lastsnd', 'lastDataSent'],
	['lastrcv', 'lastDataReceived'],
	['lastack', 'lastAckReceived'],
	['delivered', 'delivered'],
	['delivered_ce', 'deliveredCe'],
	['busy', 'busyTime', 1000],
	['rwnd_limited', 'receiveWindowLimited', 1000],
	['sndbuf_limited', 'sendBufferLimited', 1000],
	['unacked', 'unacked'],
	['lost', 'lost'],
	['sacked', 'sacked'],
	['dsack_dups', 'dsackDuplicates'],
	['reordering', 'reordering'],
	['reord_seen', 'reorderingSeen'],
	['rcv_rtt', 'receiveRtt', 1000],
	['rcv_space', 'receiveSpace'],
	['rcv_ssthresh', 'rcvSsthresh'],
	['notsent', 'notSent'],
	['minrtt', 'minRtt', 1000],
	['rcv_ooopack', 'receiveOutOfOrder'],
	['snd_wnd', 'sendWindow'],
	['rcv_wnd', 'receiveWindow'],
	['rehash', 'rehash'],
];

/** Words with two numbers separated by one character. */
const pairs: ReadonlyArray<readonly [key: string, first: NumberName, second: NumberName, read: ReadNumber]> = [
	['rtt', 'rtt', 'rttVariance', (text, at) => Math.round(readNumber(text, at) * 1000)],
	['retrans', 'retransInFlight', 'totalRetransmits', readNumber],
	// `ss` prints bits, the kernel has bytes.
	['pacing_rate', 'pacingRate', 'maxPacingRate', (text, at) => Math.round(readBandwidth(text, at) / 8)],
];

const pairWord = ([key, first, second, read]: (typeof pairs)[number]): Word => ({
	key,
	names: [first, second],
	read(values, text, at) {
		const value = valueAt(text, at);
		const slash = value.indexOf('/');
		setNumber(values, first, read(value, 0));
		setNumber(values, second, slash === -1 ? NaN : read(value, slash + 1));
	},
});

/** Bits of `tcpi_options`. */
const optionBits = {
	ts: 1, sack: 2, wscale: 4, ecn: 8, ecnseen: 16, fastopen: 32, usec_ts: 64,
} as const;

/** Words of options that have no bit. */
const otherOptions: ReadonlySet<string> = new Set(['tfo_child']);

/** `(r0,rb131072,…)`: members in a fixed order, the last of which may be missing. */
const memoryWord = (key: string, order: ReadonlyArray<readonly [prefix: string, name: NumberName]>): Word => ({
	key,
	names: memoryColumns,
	read(values, text, at) {
		for (const [index, member] of valueAt(text, at + 1).split(',').entries()) {
			const [prefix, name] = order[index] ?? [];
			if (prefix === undefined || name === undefined || !member.startsWith(prefix)) {
				return;
			}

			setNumber(values, name, readNumber(member, prefix.length));
		}
	},
});

/** The number after `name:` in a list in parentheses; NaN if missing. */
const readMember = (list: string, name: string, read: ReadNumber = readNumber): number => {
	const at = list.search(new RegExp(String.raw`[\(,]${name}:`, 'v'));
	return at === -1 ? NaN : read(list, at + name.length + 2);
};

/** All bits set, which is the value before the first measurement, in milliseconds and with six digits. */
const unknownMinRtt = 4_294_960;

/** BBR_UNIT in `net/ipv4/tcp_bbr.c`. `ss` omits a gain of 0. */
const readGain = (list: string, name: string): number => {
	const gain = readMember(list, name);
	return Number.isNaN(gain) ? 0 : Math.round(gain * 256);
};

/** Whether the word has a value: the name of an algorithm also occurs alone, among the options. */
const hasValue = (text: string, at: number): boolean => text[at - 1] === ':';

const dctcpMembers = [
	['ce_state', 'dctcpCeState'],
	['alpha', 'dctcpAlpha'],
	['ab_ecn', 'dctcpAckedMarked'],
	['ab_tot', 'dctcpAckedTotal'],
] as const;

/** A word with a blank after its colon: `version: 1.3`. `ss` prints `unknown(N)` if it has no name for the value. */
const namedWord = (key: string, name: NumberName, codes: Readonly<Record<string, number>>): Word => numberWord(key, name, (text, at) => {
	const value = valueAt(text, text[at] === ' ' ? at + 1 : at);
	return codes[value] ?? (value.startsWith('unknown(') ? readNumber(value, 8) : NaN);
});

const tlsModes = {
	none: 1, sw: 2, hw: 3, 'hw-record': 4,
} as const;

/** Peer first, then this endpoint: `0000(id:0)/471f0a3e(id:0)`. */
const subflowTokens = /^(?<peer>[0-9a-f]{4,8})\(id:(?<peerId>\d{1,3})\)\/(?<own>[0-9a-f]{4,8})\(id:(?<ownId>\d{1,3})\)/v;
/** The token of an MPTCP connection. */
const connectionToken = /^[0-9a-f]{1,8}$/v;

const upperProtocol = /\stcp-ulp-(?<name>\S+)/v;
const socketOptionList = /\sinet-sockopt: ?\([^\)]*\)/v;
const algorithm = /^[a-z][\w\-]*$/v;

/**
Parses the two names that have no key: the congestion control algorithm, which is the first bare word before `cwnd:` that is no option, and the protocol above
TCP.
*/
export const readNames = ({texts}: Values, text: string): void => {
	const end = Math.max(0, text.indexOf(' cwnd:'));
	const words = text.slice(0, end).replace(socketOptionList, '').split(/\s+/v);
	const congestion = words.find(word => algorithm.test(word) && !Object.hasOwn(optionBits, word) && !otherOptions.has(word));
	const upper = upperProtocol.exec(text)?.groups?.name;
	if (congestion !== undefined) {
		texts.set('congestion', congestion);
	}

	if (upper !== undefined) {
		texts.set('ulp', upper);
	}
};

/** These words, and the columns they fill. */
export const tcpWords: readonly Word[] = [
	...numbers.map(([key, name, scale]) => numberWord(key, name, readNumber, scale)),
	...pairs.map(pair => pairWord(pair)),
	numberWord('delivery_rate', 'deliveryRate', readBandwidth, 1 / 8),
	...(['ts', 'sack', 'ecn', 'ecnseen', 'fastopen', 'usec_ts'] as const).map(key => flagWord(key, 'tcpOptions', optionBits[key])),
	{
		// The scale for sending, then the scale for receiving: the low and the high half of the kernel's byte.
		key: 'wscale',
		names: ['windowScale', 'tcpOptions'],
		read(values, text, at) {
			const [send, receive] = valueAt(text, at).split(',').map(part => readNumber(part));
			setNumber(values, 'windowScale', send | ((receive ?? 0) << 4));
			addBits(values, 'tcpOptions', optionBits.wscale);
		},
	},
	memoryWord('skmem', [
		['r', 'receiveMemory'],
		['rb', 'receiveBuffer'],
		['t', 'sendMemory'],
		['tb', 'sendBuffer'],
		['f', 'forwardAllocation'],
		['w', 'writeQueued'],
		['o', 'optionMemory'],
		['bl', 'backlog'],
		['d', 'drops'],
	]),
	// Kernels before 3.6. `w` and `t` have the same meaning as in `skmem:` (`struct inet_diag_meminfo`).
	memoryWord('mem', [['r', 'receiveMemory'], ['w', 'writeQueued'], ['f', 'forwardAllocation'], ['t', 'sendMemory']]),
	numberWord('tos', 'tos', readPrefixedHex),
	numberWord('tclass', 'trafficClass', readPrefixedHex),
	numberWord('class_id', 'classId', readPrefixedHex),
	{
		// `( recverr mc_loop)`.
		key: 'inet-sockopt',
		names: ['socketOptions'],
		read(values, text, at) {
			const list = /^ ?\((?<words>[^\)]*)\)/v.exec(text.slice(at))?.groups?.words.split(' ');
			if (list !== undefined) {
				values.numbers.set('socketOptions', bitsOf(socketOptionNames, list));
			}
		},
	},
	flagWord('app_limited', 'appLimited'),
	{
		key: 'bbr',
		names: ['bbrBandwidth', 'bbrMinRtt', 'bbrPacingGain', 'bbrCwndGain'],
		read(values, text, at) {
			if (!hasValue(text, at)) {
				return;
			}

			const list = valueAt(text, at);
			const minRtt = readMember(list, 'mrtt');
			setNumber(values, 'bbrBandwidth', Math.round(readMember(list, 'bw', readBandwidth) / 8));
			setNumber(values, 'bbrMinRtt', minRtt >= unknownMinRtt ? NaN : Math.round(minRtt * 1000));
			setNumber(values, 'bbrPacingGain', readGain(list, 'pacing_gain'));
			setNumber(values, 'bbrCwndGain', readGain(list, 'cwnd_gain'));
		},
	},
	{
		key: 'dctcp',
		names: ['dctcpEnabled', ...dctcpMembers.map(([, name]) => name)],
		read(values, text, at) {
			if (!hasValue(text, at)) {
				return;
			}

			const list = valueAt(text, at);
			setNumber(values, 'dctcpEnabled', list.startsWith('fallback_mode') ? 0 : 1);
			for (const [member, name] of dctcpMembers) {
				setNumber(values, name, readMember(list, member));
			}
		},
	},
	namedWord('version', 'tlsVersion', {1.2: 0x03_03, 1.3: 0x03_04}),
	namedWord('cipher', 'tlsCipher', {'aes-gcm-128': 51, 'aes-gcm-256': 52}),
	namedWord('txconf', 'tlsSend', tlsModes),
	namedWord('rxconf', 'tlsReceive', tlsModes),
	flagWord('zc_ro_tx', 'tlsZeroCopy'),
	flagWord('no_pad_rx', 'tlsNoPadding'),
	{
		key: 'flags',
		names: ['subflowFlags'],
		read(values, text, at) {
			values.numbers.set('subflowFlags', bitsOf(subflowFlagLetters, [...valueAt(text, at)]));
		},
	},
	{
		key: 'token',
		names: ['subflowPeerToken', 'subflowToken', 'subflowPeerId', 'subflowId', 'mptcpToken'],
		read(values, text, at) {
			const value = valueAt(text, at);
			const groups = subflowTokens.exec(value)?.groups;
			if (groups !== undefined) {
				setNumber(values, 'subflowPeerToken', Number.parseInt(groups.peer, 16));
				setNumber(values, 'subflowToken', Number.parseInt(groups.own, 16));
				setNumber(values, 'subflowPeerId', Number(groups.peerId));
				setNumber(values, 'subflowId', Number(groups.ownId));
			} else if (connectionToken.test(value)) {
				setNumber(values, 'mptcpToken', Number.parseInt(value, 16));
			}
		},
	},
];
