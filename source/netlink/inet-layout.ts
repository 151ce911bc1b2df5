/**
The layout of the optional columns in an inet_diag answer: attribute, byte offset, and type. Offsets are those of `struct tcp_info` (`linux/tcp.h`), of the array of
SK_MEMINFO (`linux/sock_diag.h`) and of the other attributes (`linux/inet_diag.h`, `linux/tls.h`, `linux/mptcp.h`). Structs grow at the end, so a member beyond the
attribute's length is absent in that kernel.

Left out: `tcpi_fackets` and `tcpi_last_ack_sent`, which are always 0; INET_DIAG_MD5SIG, which contains secrets.
*/
import {memoryColumns, type OptionalColumn} from '../table/columns/columns.js';
import {Protocol} from '../table/columns/protocols.js';
import {highWord, lowWord} from './framing.js';
import {Attribute} from './inet-request.js';

/** Major version times 100 plus minor version: 618 is 6.18. 0 if not known. */
export type KernelVersion = number;

export type Member = {
	readonly column: OptionalColumn;
	readonly attribute: number;
	/** For a nested attribute: the path of attributes within `attribute`. */
	readonly within?: readonly number[];
	readonly offset: number;
	/** The protocol whose INFO has the member. Default: TCP. */
	readonly protocol?: number;
	/** The kernels with this member at this offset (the second excluded), if others of the same length have another member there. */
	readonly kernels?: readonly [first: KernelVersion, before: KernelVersion];
	/** The first kernel that sets the member, if older ones have padding or reserved bytes there: a 0 of theirs means absent. */
	readonly since?: KernelVersion;
	/** Whether SCTP reports it for endpoints, too. All other members are 0 for them. */
	readonly ofEndpoints?: boolean;
	/**
	`flag` is 1 if the attribute is present. `text` ends at a NUL or at the end of the attribute, and is interned. `address` is a struct sockaddr_storage, `addresses` an
	array of them, interned as one text.
	*/
	readonly type: 'u8' | 'u16' | 'u32' | 'u64' | 'flag' | 'text' | 'address' | 'addresses' | Bits;
	/** The attribute whose bit in `idiag_ext` requests this one; undefined if the kernel always sends it. */
	readonly ask?: number;
	/** Whether the value becomes absent with the attribute, because the process may choose another algorithm or protocol. */
	readonly isVolatile?: boolean;
};

/** A bit field in a byte. */
export type Bits = {readonly shift: number; readonly mask: number};

const info = (column: OptionalColumn, offset: number, type: Member['type'] = 'u32'): Member =>
	({
		column, attribute: Attribute.info, offset, type, ask: Attribute.info,
	});

const memory = (column: OptionalColumn, index: number): Member =>
	({
		column, attribute: Attribute.skMemInfo, offset: index * 4, type: 'u32', ask: Attribute.skMemInfo,
	});

const unrequested = (column: OptionalColumn, attribute: number, type: Member['type']): Member => ({
	column, attribute, offset: 0, type,
});

/** An attribute with a request bit of its own. */
const requested = (column: OptionalColumn, attribute: number, type: Member['type']): Member => ({...unrequested(column, attribute, type), ask: attribute});

/** The bit of VEGASINFO requests the attribute of any algorithm. The others have no bits of their own. */
const algorithm = (attribute: number) => (column: OptionalColumn, offset: number, type: Member['type'] = 'u32'): Member => ({
	column, attribute, offset, type, ask: Attribute.vegasInfo, isVolatile: true,
});

const vegas = algorithm(Attribute.vegasInfo);
const dctcp = algorithm(Attribute.dctcpInfo);
const bbr = algorithm(Attribute.bbrInfo);

/** INET_ULP_INFO_*. */
const Ulp = {name: 1, tls: 2, mptcp: 3} as const;

const ulp = (column: OptionalColumn, within: readonly number[], type: Member['type']): Member => ({
	column, attribute: Attribute.ulpInfo, within, offset: 0, type, ask: Attribute.info, isVolatile: true,
});

/** TLS_INFO_* by number. */
const tls = (column: OptionalColumn, attribute: number, type: Member['type']): Member => ulp(column, [Ulp.tls, attribute], type);

/** MPTCP_SUBFLOW_ATTR_* by number. */
const subflow = (column: OptionalColumn, attribute: number, type: Member['type'], offset = 0): Member =>
	({...ulp(column, [Ulp.mptcp, attribute], type), offset});

const infoOf = (protocol: number) => (column: OptionalColumn, offset: number, type: Member['type'] = 'u32'): Member => ({...info(column, offset, type), protocol});

/** `struct mptcp_info` (`linux/mptcp.h`), which grew in 5.9, 5.12, 5.14, 6.5, 6.8 and 6.10. */
const mptcp = infoOf(Protocol.mptcp);

/** A member in bytes that were padding or reserved before a kernel. It does not make the struct longer. */
const inPadding = (since: KernelVersion, member: Member): Member => ({...member, since});

/** `struct sctp_info` (`linux/sctp.h`). */
const sctp = infoOf(Protocol.sctp);

const sctpSetting = (column: OptionalColumn, offset: number, type?: Member['type']): Member => ({...sctp(column, offset, type), ofEndpoints: true});

/** A 64-bit number that must stay exact, in two columns: the lower and the upper word. */
const wide = (low: OptionalColumn, high: OptionalColumn, offset: number): readonly Member[] =>
	[mptcp(low, offset + 4 * lowWord), mptcp(high, offset + 4 * highWord)];

/** Linux 6.18 and 6.19 have two 16-bit numbers at the end of `tcp_info`, 7.0 has bit fields there. */
const accEcn = (column: OptionalColumn, offset: number, type: Member['type'], kernels: Member['kernels']): Member => ({
	...info(column, offset, type), ...(kernels !== undefined && {kernels}),
});

export const members: readonly Member[] = [
	info('congestionState', 1, 'u8'),
	info('retransmits', 2, 'u8'),
	info('probes', 3, 'u8'),
	info('backoff', 4, 'u8'),
	info('tcpOptions', 5, 'u8'),
	info('windowScale', 6, 'u8'),
	inPadding(409, info('appLimited', 7, {shift: 0, mask: 1})),
	info('fastopenFailure', 7, {shift: 1, mask: 3}),
	info('rto', 8),
	info('ato', 12),
	info('sendMss', 16),
	info('receiveMss', 20),
	info('unacked', 24),
	info('sacked', 28),
	info('lost', 32),
	info('retransInFlight', 36),
	info('lastDataSent', 44),
	info('lastDataReceived', 52),
	info('lastAckReceived', 56),
	info('pathMtu', 60),
	info('rcvSsthresh', 64),
	info('rttVariance', 72),
	info('ssthresh', 76),
	info('cwnd', 80),
	info('advertisedMss', 84),
	info('reordering', 88),
	info('receiveRtt', 92),
	info('receiveSpace', 96),
	info('totalRetransmits', 100),
	info('pacingRate', 104, 'u64'),
	info('maxPacingRate', 112, 'u64'),
	info('bytesAcked', 120, 'u64'),
	info('segmentsOut', 136),
	info('segmentsIn', 140),
	info('notSent', 144),
	info('minRtt', 148),
	info('dataSegmentsIn', 152),
	info('dataSegmentsOut', 156),
	info('deliveryRate', 160, 'u64'),
	info('busyTime', 168, 'u64'),
	info('receiveWindowLimited', 176, 'u64'),
	info('sendBufferLimited', 184, 'u64'),
	info('delivered', 192),
	info('deliveredCe', 196),
	info('bytesRetransmitted', 208, 'u64'),
	info('dsackDuplicates', 216),
	info('reorderingSeen', 220),
	info('receiveOutOfOrder', 224),
	info('sendWindow', 228),
	info('receiveWindow', 232),
	info('rehash', 236),
	info('totalTimeouts', 240, 'u16'),
	info('totalTimeoutRecoveries', 242, 'u16'),
	info('totalTimeoutTime', 244),
	info('receivedCe', 248),
	info('deliveredE1Bytes', 252),
	info('deliveredE0Bytes', 256),
	info('deliveredCeBytes', 260),
	info('receivedE1Bytes', 264),
	info('receivedE0Bytes', 268),
	info('receivedCeBytes', 272),
	accEcn('accEcnFailures', 276, 'u16', [618, 700]),
	accEcn('accEcnOptionSeen', 278, 'u16', [618, 700]),
	accEcn('ecnMode', 276, {shift: 0, mask: 3}, [700, Infinity]),
	accEcn('accEcnOptionSeen', 276, {shift: 2, mask: 3}, [700, Infinity]),
	accEcn('accEcnFailures', 276, {shift: 4, mask: 15}, [700, Infinity]),
	...memoryColumns.map((column, index) => memory(column, index)),
	unrequested('shutdown', Attribute.shutdown, 'u8'),
	unrequested('v6Only', Attribute.v6Only, 'u8'),
	unrequested('ipProtocol', Attribute.protocol, 'u8'),
	unrequested('mark', Attribute.mark, 'u32'),
	unrequested('cgroupId', Attribute.cgroupId, 'u64'),
	unrequested('socketOptions', Attribute.socketOptions, 'u16'),
	requested('tos', Attribute.tos, 'u8'),
	requested('trafficClass', Attribute.trafficClass, 'u8'),
	{...unrequested('classId', Attribute.classId, 'u32'), ask: Attribute.trafficClass},
	requested('congestion', Attribute.congestion, 'text'),
	vegas('vegasEnabled', 0, {shift: 0, mask: 1}),
	vegas('vegasRoundTrips', 4),
	vegas('vegasRtt', 8),
	vegas('vegasMinRtt', 12),
	dctcp('dctcpEnabled', 0, {shift: 0, mask: 1}),
	dctcp('dctcpCeState', 2, {shift: 0, mask: 1}),
	dctcp('dctcpAlpha', 4),
	dctcp('dctcpAckedMarked', 8),
	dctcp('dctcpAckedTotal', 12),
	bbr('bbrBandwidth', 0, 'u64'),
	bbr('bbrMinRtt', 8),
	bbr('bbrPacingGain', 12),
	bbr('bbrCwndGain', 16),
	ulp('ulp', [Ulp.name], 'text'),
	tls('tlsVersion', 1, 'u16'),
	tls('tlsCipher', 2, 'u16'),
	tls('tlsSend', 3, 'u16'),
	tls('tlsReceive', 4, 'u16'),
	tls('tlsZeroCopy', 5, 'flag'),
	tls('tlsNoPadding', 6, 'flag'),
	subflow('subflowPeerToken', 1, 'u32'),
	subflow('subflowToken', 2, 'u32'),
	subflow('subflowNext', 3, 'u32'),
	subflow('subflowMapSequence', 4, 'u32', 4 * lowWord),
	subflow('subflowMapSequenceHigh', 4, 'u32', 4 * highWord),
	subflow('subflowMapStart', 5, 'u32'),
	subflow('subflowOffset', 6, 'u32'),
	subflow('subflowMapLength', 7, 'u16'),
	subflow('subflowFlags', 8, 'u32'),
	subflow('subflowPeerId', 9, 'u8'),
	subflow('subflowId', 10, 'u8'),
	mptcp('mptcpSubflows', 0, 'u8'),
	mptcp('mptcpSignalled', 1, 'u8'),
	mptcp('mptcpAccepted', 2, 'u8'),
	mptcp('mptcpSubflowsMax', 3, 'u8'),
	mptcp('mptcpSignalledMax', 4, 'u8'),
	mptcp('mptcpAcceptedMax', 5, 'u8'),
	mptcp('mptcpFlags', 8),
	mptcp('mptcpToken', 12),
	...wide('mptcpWriteSequence', 'mptcpWriteSequenceHigh', 16),
	...wide('mptcpSendUnacked', 'mptcpSendUnackedHigh', 24),
	...wide('mptcpReceiveNext', 'mptcpReceiveNextHigh', 32),
	mptcp('mptcpLocal', 40, 'u8'),
	mptcp('mptcpLocalMax', 41, 'u8'),
	inPadding(514, mptcp('mptcpChecksum', 42, 'u8')),
	inPadding(605, mptcp('totalRetransmits', 44)),
	mptcp('bytesRetransmitted', 48, 'u64'),
	mptcp('bytesAcked', 72, 'u64'),
	mptcp('mptcpSubflowsTotal', 80, 'u8'),
	inPadding(618, mptcp('mptcpLaminarMax', 81, 'u8')),
	inPadding(619, mptcp('mptcpFullmeshMax', 82, 'u8')),
	inPadding(610, mptcp('lastDataSent', 84)),
	mptcp('lastDataReceived', 88),
	mptcp('lastAckReceived', 92),
	sctp('sctpTag', 0),
	sctp('receiveWindow', 8),
	sctp('unacked', 12, 'u16'),
	sctp('sctpPending', 14, 'u16'),
	sctp('sctpInStreams', 16, 'u16'),
	sctp('sctpOutStreams', 18, 'u16'),
	sctp('sctpFragmentation', 20),
	sctp('sctpInQueue', 24),
	sctp('sctpOutQueue', 28),
	sctp('sctpErrors', 32),
	sctp('sctpMaxBurst', 36),
	sctp('sctpMaxSegment', 40),
	sctp('sendWindow', 44),
	sctp('sctpPeerTag', 48),
	sctp('sctpPeerCapable', 52, 'u8'),
	sctp('sctpPeerSack', 53, 'u8'),
	sctp('sctpSacksReceived', 56, 'u64'),
	sctp('sctpSacksSent', 64, 'u64'),
	sctp('sctpPacketsSent', 72, 'u64'),
	sctp('sctpPacketsReceived', 80, 'u64'),
	sctp('totalRetransmits', 88),
	sctp('sctpOutOfSequence', 96, 'u64'),
	sctp('sctpDuplicates', 104, 'u64'),
	sctp('sctpGaps', 112, 'u64'),
	sctp('sctpUnorderedSent', 120, 'u64'),
	sctp('sctpUnorderedReceived', 128, 'u64'),
	sctp('sctpOrderedSent', 136, 'u64'),
	sctp('sctpOrderedReceived', 144, 'u64'),
	sctp('sctpControlSent', 152, 'u64'),
	sctp('sctpControlReceived', 160, 'u64'),
	sctp('sctpPathAddress', 168, 'address'),
	sctp('sctpPathState', 296),
	sctp('sctpPathCwnd', 300),
	sctp('sctpPathRto', 308),
	sctp('sctpPathHeartbeat', 312),
	sctp('sctpPathRetransmitsMax', 316),
	sctp('sctpPathSackDelay', 320),
	sctp('sctpPathSackFrequency', 324),
	sctp('sctpPathSsthresh', 328),
	sctp('sctpPathPartialAcked', 332),
	sctp('sctpPathFlight', 336),
	sctp('sctpPathErrors', 340, 'u16'),
	sctpSetting('sctpAutoclose', 344),
	sctpSetting('sctpAdaptation', 348),
	sctpSetting('sctpPartialDelivery', 352),
	sctpSetting('sctpNodelay', 356, 'u8'),
	sctpSetting('sctpNoFragments', 357, 'u8'),
	sctpSetting('sctpV4Mapped', 358, 'u8'),
	sctpSetting('sctpInterleave', 359, 'u8'),
	sctpSetting('sctpStyle', 360),
	unrequested('sctpLocals', Attribute.locals, 'addresses'),
	unrequested('sctpPeers', Attribute.peers, 'addresses'),
];

/** Offsets of the core columns for MPTCP and SCTP. The round-trip time of SCTP is that of the primary path, in milliseconds. */
export const MptcpMember = {bytesSent: 56, bytesReceived: 64} as const;
export const SctpMember = {rtt: 304} as const;

/** Offsets of the core columns for TCP. They are read for every socket. */
export const CoreMember = {
	rtt: 68, bytesAcked: 120, bytesReceived: 128, bytesSent: 200, bytesRetransmitted: 208,
} as const;

const offsetOf = (wanted: OptionalColumn): number =>
	members.find(({column, attribute, protocol}) => column === wanted && attribute === Attribute.info && protocol === undefined)?.offset ?? 0;

/** Offsets of the evidence of health problems, read only if those are wanted. */
export const HealthMember = {
	appLimited: offsetOf('appLimited'),
	lastDataSent: offsetOf('lastDataSent'),
	lastDataReceived: offsetOf('lastDataReceived'),
	lastAckReceived: offsetOf('lastAckReceived'),
	totalRetransmits: offsetOf('totalRetransmits'),
	sendBufferLimited: offsetOf('sendBufferLimited'),
} as const;
