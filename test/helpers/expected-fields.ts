/**
The expected values of conntop's fields for an answer of the kernel decoded by `sock-diag.ts`, according to docs/fields.md and the kernel's headers. Fields that the socket
must not have are absent.
*/
import type {Decoded, SocketAnswer} from './sock-diag.js';

export type ExpectedValue = number | string;

export type Expected = Readonly<Partial<Record<string, ExpectedValue>>>;

type Values = Record<string, ExpectedValue | undefined>;

const states = ['', 'ESTAB', 'SYN-SENT', 'SYN-RECV', 'FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT', 'UNCONN', 'CLOSE-WAIT', 'LAST-ACK', 'LISTEN', 'CLOSING', 'SYN-RECV'];
const timers = ['', 'on', 'keepalive', 'timewait', 'persist', 'delack'];
const types: Readonly<Record<string, string>> = {
	tcp: 'stream', mptcp: 'stream', udp: 'dgram', u_str: 'stream', u_dgr: 'dgram', u_seq: 'seqpacket', raw: 'raw', p_raw: 'raw', p_dgr: 'dgram',
};

const number = (decoded: Decoded, name: string): number | undefined => decoded[name] === undefined ? undefined : Number(decoded[name]);

/** A number; absent if it is 0. */
const nonZero = (value: number | undefined): number | undefined => value === 0 ? undefined : value;

/** Converts microseconds to milliseconds. */
const milliseconds = (value: number | undefined): number | undefined => value === undefined ? undefined : value / 1000;

const hexadecimal = (value: number | bigint | undefined, digits = 1): string | undefined => value?.toString(16).padStart(digits, '0');

/** The words of the bits that are set, lowest first. */
const bits = (value: number | undefined, words: readonly string[], separator = ' '): string | undefined => {
	const text = words.filter((_, bit) => (((value ?? 0) >> bit) & 1) === 1).join(separator);
	return text === '' ? undefined : text;
};

const addressOf = (bytes: readonly number[], family: number): string => {
	const dotted = (from: number): string => bytes.slice(from, from + 4).join('.');
	if (family === 2) {
		return dotted(0);
	}

	const isMapped = bytes.slice(0, 10).every(byte => byte === 0) && bytes[10] === 0xFF && bytes[11] === 0xFF;
	const groups = Array.from({length: 8}, (_, index) => (((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0)).toString(16)).join(':');
	// The URL Standard writes IPv6 as in RFC 5952, except for IPv4-mapped addresses.
	return isMapped ? `::ffff:${dotted(12)}` : new URL(`http://[${groups}]`).hostname.slice(1, -1);
};

const memoryFields = (memory: Decoded | undefined): Values => memory === undefined
	? {}
	: {
		receiveMemory: number(memory, 'rmem_alloc'),
		receiveBuffer: number(memory, 'rcvbuf'),
		sendMemory: number(memory, 'wmem_alloc'),
		sendBuffer: number(memory, 'sndbuf'),
		forwardAllocation: number(memory, 'fwd_alloc'),
		writeQueued: number(memory, 'wmem_queued'),
		optionMemory: number(memory, 'optmem'),
		backlog: number(memory, 'backlog'),
		drops: number(memory, 'drops'),
	};

const shutdownField = (numbers: Decoded): string | undefined => numbers.shutdown === undefined ? undefined : ['<->', '-->', '<--', '---'][Number(numbers.shutdown)];

/** Fields of `tcp_info` that are plain numbers. */
const plainTcp: Readonly<Record<string, string>> = {
	cwnd: 'tcpi_snd_cwnd',
	deliveryRate: 'tcpi_delivery_rate',
	sendWindow: 'tcpi_snd_wnd',
	receiveWindow: 'tcpi_rcv_wnd',
	receiveSpace: 'tcpi_rcv_space',
	rcvSsthresh: 'tcpi_rcv_ssthresh',
	unacked: 'tcpi_unacked',
	sacked: 'tcpi_sacked',
	lost: 'tcpi_lost',
	retransInFlight: 'tcpi_retrans',
	totalRetransmits: 'tcpi_total_retrans',
	retransmits: 'tcpi_retransmits',
	totalTimeouts: 'tcpi_total_rto',
	totalTimeoutRecoveries: 'tcpi_total_rto_recoveries',
	totalTimeoutTime: 'tcpi_total_rto_time',
	probes: 'tcpi_probes',
	backoff: 'tcpi_backoff',
	bytesAcked: 'tcpi_bytes_acked',
	bytesRetransmitted: 'tcpi_bytes_retrans',
	notSent: 'tcpi_notsent_bytes',
	segmentsOut: 'tcpi_segs_out',
	segmentsIn: 'tcpi_segs_in',
	dataSegmentsOut: 'tcpi_data_segs_out',
	dataSegmentsIn: 'tcpi_data_segs_in',
	delivered: 'tcpi_delivered',
	deliveredCe: 'tcpi_delivered_ce',
	dsackDuplicates: 'tcpi_dsack_dups',
	reordering: 'tcpi_reordering',
	reorderingSeen: 'tcpi_reord_seen',
	receiveOutOfOrder: 'tcpi_rcv_ooopack',
	rehash: 'tcpi_rehash',
	receivedCe: 'tcpi_received_ce',
	deliveredCeBytes: 'tcpi_delivered_ce_bytes',
	deliveredE0Bytes: 'tcpi_delivered_e0_bytes',
	deliveredE1Bytes: 'tcpi_delivered_e1_bytes',
	receivedCeBytes: 'tcpi_received_ce_bytes',
	receivedE0Bytes: 'tcpi_received_e0_bytes',
	receivedE1Bytes: 'tcpi_received_e1_bytes',
	sendMss: 'tcpi_snd_mss',
	receiveMss: 'tcpi_rcv_mss',
	advertisedMss: 'tcpi_advmss',
	pathMtu: 'tcpi_pmtu',
};

const unlimited = 2n ** 64n - 1n;

/** States in which the FIN of the peer has arrived. TCP counts it as a byte. */
const afterFin = new Set(['CLOSE-WAIT', 'LAST-ACK', 'CLOSING']);

const tcpFields = (info: Decoded, state: string): Values => {
	const [flags, scales, options] = [number(info, 'flags') ?? 0, number(info, 'wscale') ?? 0, number(info, 'tcpi_options') ?? 0];
	const rtt = nonZero(number(info, 'tcpi_rtt'));
	const threshold = number(info, 'tcpi_snd_ssthresh');
	const isConnecting = state.startsWith('SYN');
	const [sent, received] = [number(info, 'tcpi_last_data_sent') ?? NaN, number(info, 'tcpi_last_data_recv') ?? NaN];
	const rate = (name: string): number | undefined => info[name] === unlimited ? undefined : number(info, name);
	return {
		...Object.fromEntries(Object.entries(plainTcp).map(([field, member]) => [field, number(info, member)])),
		congestionState: ['Open', 'Disorder', 'CWR', 'Recovery', 'Loss'][number(info, 'tcpi_ca_state') ?? -1],
		ssthresh: threshold === 0x7F_FF_FF_FF ? undefined : threshold,
		pacingRate: rate('tcpi_pacing_rate'),
		maxPacingRate: rate('tcpi_max_pacing_rate'),
		appLimited: flags & 1,
		fastopenFailure: [undefined, 'no cookie', 'data not acked', 'SYN resent'][(flags >> 1) & 3],
		busyTime: milliseconds(number(info, 'tcpi_busy_time')),
		receiveWindowLimited: milliseconds(number(info, 'tcpi_rwnd_limited')),
		sendBufferLimited: milliseconds(number(info, 'tcpi_sndbuf_limited')),
		rtt: milliseconds(rtt),
		rttVariance: rtt === undefined ? undefined : milliseconds(number(info, 'tcpi_rttvar')),
		minRtt: info.tcpi_min_rtt === 0xFF_FF_FF_FF ? undefined : milliseconds(nonZero(number(info, 'tcpi_min_rtt'))),
		receiveRtt: milliseconds(nonZero(number(info, 'tcpi_rcv_rtt'))),
		rto: milliseconds(nonZero(number(info, 'tcpi_rto'))),
		ato: milliseconds(nonZero(number(info, 'tcpi_ato'))),
		lastDataSent: isConnecting ? undefined : sent,
		lastDataReceived: isConnecting ? undefined : received,
		lastAckReceived: isConnecting ? undefined : number(info, 'tcpi_last_ack_recv'),
		idle: isConnecting ? undefined : Math.min(sent, received),
		bytesSent: Number(BigInt(info.tcpi_bytes_sent ?? 0) - BigInt(info.tcpi_bytes_retrans ?? 0)),
		bytesReceived: Math.max(0, (number(info, 'tcpi_bytes_received') ?? 0) - (afterFin.has(state) ? 1 : 0)),
		tcpOptions: bits(options, ['ts', 'sack', 'wscale', 'ecn', 'ecnseen', 'fastopen', 'usec_ts', 'tfo_child']),
		windowScale: (options & 4) === 0 ? undefined : `${scales & 15},${scales >> 4}`,
		accEcnOptionSeen: ['not seen', 'empty', 'counter', 'fail'][number(info, 'tcpi_accecn_opt_seen') ?? -1],
		accEcnFailures: bits(number(info, 'tcpi_accecn_fail_mode'), ['ace_send', 'ace_receive', 'option_send', 'option_receive']),
	};
};

const mptcpFields = (info: Decoded): Values => {
	const [sent, received] = [number(info, 'mptcpi_last_data_sent') ?? NaN, number(info, 'mptcpi_last_data_recv') ?? NaN];
	return {
		mptcpSubflows: number(info, 'mptcpi_subflows'),
		mptcpSubflowsTotal: number(info, 'mptcpi_subflows_total'),
		mptcpSubflowsMax: number(info, 'mptcpi_subflows_max'),
		mptcpSignalled: number(info, 'mptcpi_add_addr_signal'),
		mptcpSignalledMax: number(info, 'mptcpi_add_addr_signal_max'),
		mptcpAccepted: number(info, 'mptcpi_add_addr_accepted'),
		mptcpAcceptedMax: number(info, 'mptcpi_add_addr_accepted_max'),
		mptcpLocal: number(info, 'mptcpi_local_addr_used'),
		mptcpLocalMax: number(info, 'mptcpi_local_addr_max'),
		mptcpChecksum: number(info, 'mptcpi_csum_enabled'),
		mptcpFlags: bits(number(info, 'mptcpi_flags'), ['fallback', 'remote_key']),
		mptcpToken: hexadecimal(info.mptcpi_token),
		mptcpWriteSequence: hexadecimal(info.mptcpi_write_seq),
		mptcpSendUnacked: hexadecimal(info.mptcpi_snd_una),
		mptcpReceiveNext: hexadecimal(info.mptcpi_rcv_nxt),
		mptcpLaminarMax: number(info, 'mptcpi_endp_laminar_max'),
		totalRetransmits: number(info, 'mptcpi_retransmits'),
		bytesRetransmitted: number(info, 'mptcpi_bytes_retrans'),
		bytesSent: number(info, 'mptcpi_bytes_sent'),
		bytesReceived: number(info, 'mptcpi_bytes_received'),
		bytesAcked: number(info, 'mptcpi_bytes_acked'),
		lastDataSent: sent,
		lastDataReceived: received,
		lastAckReceived: number(info, 'mptcpi_last_ack_recv'),
		idle: Math.min(sent, received),
	};
};

const algorithmFields = (algorithm: Decoded): Values => {
	const [bandwidth, vegas, ratio] = [algorithm.bbr_bw_lo, algorithm.tcpv_enabled, algorithm.dctcp_alpha];
	const finite = (name: string): number | undefined => algorithm[name] === 0x7F_FF_FF_FF ? undefined : milliseconds(number(algorithm, name));
	return {
		...(bandwidth !== undefined && {
			bbrBandwidth: Number(bandwidth) + Number(algorithm.bbr_bw_hi) * 2 ** 32,
			bbrMinRtt: algorithm.bbr_min_rtt === 0xFF_FF_FF_FF ? undefined : milliseconds(number(algorithm, 'bbr_min_rtt')),
			bbrPacingGain: Number(algorithm.bbr_pacing_gain) / 256,
			bbrCwndGain: Number(algorithm.bbr_cwnd_gain) / 256,
		}),
		...(ratio !== undefined && {
			dctcpEnabled: number(algorithm, 'dctcp_enabled'),
			dctcpCeState: number(algorithm, 'dctcp_ce_state'),
			dctcpAlpha: Number(ratio) / 1024,
			dctcpAckedMarked: number(algorithm, 'dctcp_ab_ecn'),
			dctcpAckedTotal: number(algorithm, 'dctcp_ab_tot'),
		}),
		...(vegas !== undefined && {
			vegasEnabled: Number(vegas) & 1, vegasRoundTrips: number(algorithm, 'tcpv_rttcnt'), vegasRtt: finite('tcpv_rtt'), vegasMinRtt: finite('tcpv_minrtt'),
		}),
	};
};

/** MPTCP_SUBFLOW_ATTR_*. */
const subflowFields = (subflow: Readonly<Record<number, bigint>>): Values => ({
	subflowPeerToken: hexadecimal(subflow[1], 4),
	subflowToken: hexadecimal(subflow[2], 4),
	subflowNext: subflow[3] === undefined ? undefined : Number(subflow[3]),
	subflowMapSequence: hexadecimal(subflow[4]),
	subflowMapStart: subflow[5] === undefined ? undefined : Number(subflow[5]),
	subflowOffset: hexadecimal(subflow[6], 4),
	subflowMapLength: subflow[7] === undefined ? undefined : Number(subflow[7]),
	subflowFlags: subflow[8] === undefined ? undefined : bits(Number(subflow[8]), ['M', 'm', 'J', 'j', 'B', 'b', 'e', 'c', 'v'], ''),
	subflowPeerId: subflow[9] === undefined ? undefined : Number(subflow[9]),
	subflowId: subflow[10] === undefined ? undefined : Number(subflow[10]),
});

const socketOptions = [
	'recverr', 'is_icsk', 'freebind', 'hdrincl', 'mc_loop', 'transparent', 'mc_all', 'nodefrag', 'bind_addr_no_port', 'recverr_rfc4884', 'defer_connect',
];

/** The fields of `tcp_info` that are valid for a listener. */
const ofListeners = ['unacked', 'sacked'];

const infoFields = ({netid, info, algorithm, subflow}: SocketAnswer, state: string): Values => {
	if (info === undefined) {
		return {};
	}

	const all = netid === 'mptcp' ? mptcpFields(info) : tcpFields(info, state);
	return state === 'LISTEN'
		? Object.fromEntries(ofListeners.map(id => [id, netid === 'tcp' ? all[id] : undefined]))
		: {...all, ...(algorithm && algorithmFields(algorithm)), ...(subflow && subflowFields(subflow))};
};

const endFields = ({sport, dport, src, dst}: NonNullable<SocketAnswer['ends']>, family: number, index: number): Values => {
	const [local, peer] = [addressOf(src, family), addressOf(dst, family)];
	const endpoint = (address: string, port: number): string => `${family === 2 ? address : `[${address}]`}:${port === 0 ? '*' : port}`;
	return {
		localAddress: local,
		localPort: sport,
		peerAddress: peer,
		peerPort: dport,
		interfaceIndex: nonZero(index),
		interface: index === 1 ? 'lo' : undefined,
		...(index === 0 && {local: endpoint(local, sport), peer: endpoint(peer, dport)}),
	};
};

const inetFields = (answer: SocketAnswer): Values => {
	const {netid, message, ends, memory, texts, numbers} = answer;
	const state = states[number(message, 'idiag_state') ?? 0] ?? 'UNKNOWN';
	const timer = number(message, 'idiag_timer') ?? 0;
	const family = number(message, 'idiag_family') ?? 0;
	const isMini = state === 'TIME-WAIT' || state === 'SYN-RECV' || (state === 'FIN-WAIT-2' && timer === 3);
	return {
		family: family === 2 ? 'inet' : 'inet6',
		state,
		uid: isMini ? undefined : number(message, 'idiag_uid'),
		inode: nonZero(number(message, 'idiag_inode')),
		cookie: hexadecimal(message.idiag_cookie),
		recvQ: number(message, 'idiag_rqueue'),
		sendQ: number(message, 'idiag_wqueue'),
		...(ends && endFields(ends, family, number(message, 'idiag_if') ?? 0)),
		timer: timers[timer] === '' ? undefined : timers[timer],
		timerExpires: timer === 0 ? undefined : number(message, 'idiag_expires'),
		timerRetransmits: timer === 0 ? undefined : number(message, 'idiag_retrans'),
		...infoFields(answer, state),
		...memoryFields(memory),
		congestion: texts.congestion,
		ulp: texts.ulp,
		shutdown: shutdownField(numbers),
		v6Only: number(numbers, 'v6only'),
		tos: number(numbers, 'tos'),
		trafficClass: number(numbers, 'tclass'),
		classId: number(numbers, 'classId'),
		mark: number(numbers, 'mark'),
		cgroupId: number(numbers, 'cgroupId'),
		socketOptions: bits(number(numbers, 'sockopt'), socketOptions),
		...(netid === 'raw' && {ipProtocol: ends?.sport}),
	};
};

const unixFields = ({message, memory, texts, numbers, words}: SocketAnswer): Values => {
	const inode = number(message, 'udiag_ino');
	const clients = words?.join(' ');
	return {
		family: 'unix',
		state: states[number(message, 'udiag_state') ?? 0],
		uid: number(numbers, 'uid'),
		inode,
		cookie: hexadecimal(message.udiag_cookie),
		recvQ: number(numbers, 'udiag_rqueue'),
		sendQ: number(numbers, 'udiag_wqueue'),
		localAddress: texts.name,
		local: `${texts.name ?? '*'} ${inode}`,
		peerInode: nonZero(number(numbers, 'peer')),
		...memoryFields(memory),
		shutdown: shutdownField(numbers),
		vfsInode: number(numbers, 'udiag_vfs_ino'),
		vfsDevice: numbers.udiag_vfs_dev === undefined ? undefined : `${Number(numbers.udiag_vfs_dev) >>> 20}:${Number(numbers.udiag_vfs_dev) & 0xF_FF_FF}`,
		pendingConnections: clients === '' ? undefined : clients,
	};
};

/** PACKET_FANOUT_*. */
const fanouts = ['hash', 'lb', 'cpu', 'roll', 'rnd', 'qm', 'cbpf', 'ebpf'];

/** PACKET_MR_* without an address. */
const multicasts: Readonly<Record<number, string>> = {1: 'promisc', 2: 'allmulti'};

/** The words of `ss` for a ring. */
const ringText = (ring: Decoded | undefined): string | undefined => ring && [
	`blk_size:${ring.pdr_block_size}`,
	`blk_nr:${ring.pdr_block_nr}`,
	`frm_size:${ring.pdr_frame_size}`,
	`frm_nr:${ring.pdr_frame_nr}`,
	`tmo:${ring.pdr_retire_tmo}`,
	`features:0x${Number(ring.pdr_features).toString(16)}`,
].join(',');

/** ETH_P_ALL. */
const everyProtocol = 3;

const packetFields = ({message, info, memory, numbers, multicast, filter, receiveRing, sendRing}: SocketAnswer): Values => {
	const index = number(info ?? {}, 'pdi_index') ?? 0;
	const fanout = number(numbers, 'fanout');
	const instructions = filter?.map(({code, jt, jf, k}) => `0x${Number(code).toString(16).padStart(2, '0')} ${jt} ${jf} ${k}`).join(', ');
	const listens = multicast?.map(({pdmc_index: at, pdmc_type: type}) => `${at === 1 ? 'lo' : at} ${multicasts[Number(type)] ?? '?'}`).join(', ');
	return {
		family: 'packet',
		state: 'UNCONN',
		uid: number(numbers, 'uid'),
		inode: nonZero(number(message, 'pdiag_ino')),
		cookie: hexadecimal(message.pdiag_cookie),
		recvQ: number(memory ?? {}, 'rmem_alloc'),
		sendQ: number(memory ?? {}, 'wmem_alloc'),
		localAddress: message.pdiag_num === everyProtocol ? '*' : `[${message.pdiag_num}]`,
		interfaceIndex: nonZero(index),
		interface: index === 1 ? 'lo' : undefined,
		...memoryFields(memory),
		packetReceiveRing: ringText(receiveRing),
		packetSendRing: ringText(sendRing),
		packetVersion: number(info ?? {}, 'pdi_version'),
		packetReserve: number(info ?? {}, 'pdi_reserve'),
		packetCopyThreshold: number(info ?? {}, 'pdi_copy_thresh'),
		packetTimestamps: number(info ?? {}, 'pdi_tstamp'),
		packetFlags: bits(number(info ?? {}, 'pdi_flags'), ['running', 'auxdata', 'origdev', 'vnethdr', 'loss']),
		packetFanout: fanout === undefined ? undefined : `${fanout & 0xFF_FF} ${fanouts[fanout >>> 16]}`,
		packetMulticast: listens === '' ? undefined : listens,
		packetFilterLength: filter === undefined ? undefined : filter.length,
		packetFilter: instructions === '' ? undefined : instructions,
	};
};

/** NETLINK_* of `linux/netlink.h`, in iproute2's words. */
const netlinkProtocols: Readonly<Record<number, string>> = {
	0: 'rtnl', 2: 'usersock', 4: 'tcpdiag', 6: 'xfrm', 9: 'audit', 10: 'fiblookup', 11: 'connector', 12: 'nft', 15: 'uevent', 16: 'genl', 20: 'rdma', 21: 'crypto',
};

const netlinkFields = ({message, memory, numbers, words = []}: SocketAnswer): Values => {
	const groups = words.flatMap((word, index) => Array.from({length: 32}, (_, bit) => ((word >>> bit) & 1) === 1 ? [index * 32 + bit + 1] : []).flat()).join(' ');
	return {
		family: 'netlink',
		state: 'UNCONN',
		localAddress: `${netlinkProtocols[Number(message.ndiag_protocol)] ?? message.ndiag_protocol}:${message.ndiag_portid === 0 ? 'kernel' : message.ndiag_portid}`,
		inode: nonZero(number(message, 'ndiag_ino')),
		cookie: hexadecimal(message.ndiag_cookie),
		recvQ: number(memory ?? {}, 'rmem_alloc'),
		sendQ: number(memory ?? {}, 'wmem_alloc'),
		...memoryFields(memory),
		netlinkGroups: groups === '' ? undefined : groups,
		netlinkFlags: bits(number(numbers, 'flags'), ['cb_running', 'pktinfo', 'broadcast_error', 'no_enobufs', 'listen_all_nsid', 'cap_ack']),
	};
};

const familyFields: ReadonlyArray<readonly [prefix: string, fields: (answer: SocketAnswer) => Values]> = [
	['u_', unixFields], ['p_', packetFields], ['nl', netlinkFields], ['', inetFields],
];

/** The expected values of the fields that the kernel's answer determines. */
export const expectedFields = (answer: SocketAnswer): Expected => {
	const {netid} = answer;
	const [, fields] = familyFields.find(([prefix]) => netid.startsWith(prefix)) ?? ['', inetFields];
	return Object.fromEntries(Object.entries({protocol: netid, type: types[netid], ...fields(answer)}).filter(([, value]) => value !== undefined));
};

/** Fields that depend on more than the kernel's answer: names, processes, other sockets, time, and values that this decoder does not read. */
export const undecided: ReadonlySet<string> = new Set([
	'user',
	'health',
	'sinceMark',
	'receivedSinceMark',
	'sentSinceMark',
	'rxRate',
	'txRate',
	'rate',
	'age',
	'stateAge',
	'local',
	'peer',
	'peerAddress',
	'process',
	'processes',
	'pid',
	'comm',
	'command',
	'processUser',
	'peerProcess',
	'peerProcesses',
	'peerCookie',
	'ends',
	'pendingClients',
	'cgroup',
	'unit',
	'container',
	'pod',
	'namespace',
	'netns',
	'portAsked',
]);
