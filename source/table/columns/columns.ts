/**
The numeric columns of the table: one typed array each, so that a sample allocates nothing per socket.

Core columns always exist. Optional columns exist only while a shown column, the order or the filter needs them: most members of `tcp_info` are rarely wanted,
and one million sockets must take less than 200 bytes each.

A value that the kernel did not give is absent, never 0: all bits set in an unsigned column, NaN in a floating-point column.
*/

const u8 = {create: (length: number) => new Uint8Array(length), absent: 0xFF} as const;
const u16 = {create: (length: number) => new Uint16Array(length), absent: 0xFF_FF} as const;
const u32 = {create: (length: number) => new Uint32Array(length), absent: 0xFF_FF_FF_FF} as const;
const f32 = {create: (length: number) => new Float32Array(length), absent: NaN} as const;
const f64 = {create: (length: number) => new Float64Array(length), absent: NaN} as const;
/** Number of a text in the table's `texts`. */
const text = {create: (length: number) => new Uint32Array(length), absent: 0} as const;

/** Columns of every socket. `lanes` is the number of elements per socket (an address takes 16 bytes). `initial` is the value for a new socket. */
export const coreColumns = {
	/** Identity: the kernel's cookie, or a hash of protocol and four-tuple if there is no cookie. */
	cookieLow: {...u32, initial: 0},
	cookieHigh: {...u32, initial: 0},
	/** Number of the network namespace, assigned by the source; part of the identity. 0 if the source reads only one namespace. */
	namespace: {...u16, initial: 0},
	/** Number of the row. Unique and increasing for the life of the table. The screen refers to sockets by it. */
	id: {...u32, initial: 0},
	/** Index into `protocols`. */
	protocol: {...u8, initial: 0},
	family: {...u8, initial: 0},
	state: {...u8, initial: 0},
	/** Addresses, 16 bytes each in network order; IPv4 uses the first four. */
	localAddress: {...u8, initial: 0, lanes: 16},
	peerAddress: {...u8, initial: 0, lanes: 16},
	localPort: {...u16, initial: 0},
	peerPort: {...u16, initial: 0},
	/** Names of endpoints that are not IP addresses: numbers of texts, 0 for none. */
	localName: {...text, initial: 0},
	peerName: {...text, initial: 0},
	/** Inode of the UNIX socket at the other end; 0 if there is none, or none yet. */
	peerInode: {...u32, initial: 0},
	/** Index of the interface that the socket is bound to or that scopes its link-local address; 0 for none. */
	interfaceIndex: {...u32, initial: 0},
	/** Bytes. For a listener: connections that wait for accept, and the limit of their number. */
	recvQ: {...u32, initial: 0},
	sendQ: {...u32, initial: 0},
	uid: {...u32, initial: u32.absent},
	inode: {...u32, initial: 0},
	/** Number of an interned list of processes; 0 if none is known. Kept when the inode is gone (TIME-WAIT). */
	owners: {...u32, initial: 0},
	/** Timer code of inet_diag_msg: 0 off, 1 on, 2 keepalive, 3 timewait, 4 persist, 5 delack. */
	timer: {...u8, initial: 0},
	timerRetransmits: {...u8, initial: 0},
	/** Milliseconds until the timer fires. */
	timerExpires: {...u32, initial: 0},
	/** Smoothed round-trip time, microseconds. */
	rtt: {...u32, initial: u32.absent},
	/** Payload counters, bytes. `bytesSent` excludes retransmissions if the kernel counts them (Linux 4.19). */
	bytesSent: {...f64, initial: f64.absent},
	bytesReceived: {...f64, initial: f64.absent},
	/** Bytes per second between the last two samples of this socket. */
	txRate: {...f32, initial: f32.absent},
	rxRate: {...f32, initial: f32.absent},
	/** When the socket was first seen, in milliseconds of the table's clock. */
	openedAt: {...f64, initial: 0},
	/** Milliseconds that the socket is known to have lived before it was first seen; 0 for a socket that opened since. */
	ageBefore: {...u32, initial: 0},
	/** When the socket entered its state, in milliseconds of the table's clock. */
	stateSince: {...f64, initial: 0},
	sampledAt: {...f64, initial: f64.absent},
	closedAt: {...f64, initial: f64.absent},
	/** Number of the last sample that saw the socket. */
	seenIn: {...u32, initial: 0},
	/** Flags of `Life`. */
	life: {...u8, initial: 0},
	/** Flags of `Trait`. */
	traits: {...u8, initial: 0},
	/** What is known about how a TCP connection closed: a value of `CloseEvidence`. */
	closeEvidence: {...u8, initial: 0},
} as const;

/** Columns that exist only while they are wanted. Sources and fields share these names. */
export const optionalColumns = {
	retransmits: u8,
	probes: u8,
	backoff: u8,
	congestionState: u8,
	tcpOptions: u8,
	windowScale: u8,
	rto: u32,
	ato: u32,
	sendMss: u32,
	receiveMss: u32,
	unacked: u32,
	sacked: u32,
	lost: u32,
	retransInFlight: u32,
	lastDataSent: u32,
	lastDataReceived: u32,
	lastAckReceived: u32,
	pathMtu: u32,
	rcvSsthresh: u32,
	rttVariance: u32,
	ssthresh: u32,
	cwnd: u32,
	advertisedMss: u32,
	reordering: u32,
	receiveRtt: u32,
	receiveSpace: u32,
	totalRetransmits: u32,
	pacingRate: f64,
	maxPacingRate: f64,
	bytesAcked: f64,
	bytesRetransmitted: f64,
	segmentsOut: u32,
	segmentsIn: u32,
	notSent: u32,
	minRtt: u32,
	dataSegmentsIn: u32,
	dataSegmentsOut: u32,
	deliveryRate: f64,
	busyTime: f64,
	receiveWindowLimited: f64,
	sendBufferLimited: f64,
	delivered: u32,
	deliveredCe: u32,
	dsackDuplicates: u32,
	reorderingSeen: u32,
	receiveOutOfOrder: u32,
	sendWindow: u32,
	receiveWindow: u32,
	rehash: u32,
	receiveMemory: u32,
	receiveBuffer: u32,
	sendMemory: u32,
	sendBuffer: u32,
	forwardAllocation: u32,
	writeQueued: u32,
	optionMemory: u32,
	backlog: u32,
	drops: u32,
	appLimited: u8,
	fastopenFailure: u8,
	totalTimeouts: u16,
	totalTimeoutRecoveries: u16,
	totalTimeoutTime: u32,
	receivedCe: u32,
	deliveredE1Bytes: u32,
	deliveredE0Bytes: u32,
	deliveredCeBytes: u32,
	receivedE1Bytes: u32,
	receivedE0Bytes: u32,
	receivedCeBytes: u32,
	ecnMode: u8,
	accEcnOptionSeen: u8,
	accEcnFailures: u8,
	shutdown: u8,
	v6Only: u8,
	/** 1 if a program chose the local port, 0 if the kernel did. */
	portAsked: u8,
	/** Bits of INET_DIAG_SOCKOPT. */
	socketOptions: u16,
	/** May be any byte, including 255, so it takes a 16-bit column. */
	tos: u16,
	trafficClass: u16,
	/** May be any 32-bit value, so no value of a `u32` is left for "absent". */
	classId: f64,
	mark: f64,
	/** 64 bits. The upper half counts how often the lower half has wrapped, so the value stays within the 53 bits of a double. */
	cgroupId: f64,
	/** The path, from a source that gives it instead of the id. */
	cgroup: text,
	/** `raw` sockets have a protocol that their type does not imply; 255 is one of the possible values. */
	ipProtocol: u16,
	congestion: text,
	vegasEnabled: u8,
	vegasRoundTrips: u32,
	vegasRtt: u32,
	vegasMinRtt: u32,
	dctcpEnabled: u8,
	dctcpCeState: u8,
	dctcpAlpha: u32,
	dctcpAckedMarked: u32,
	dctcpAckedTotal: u32,
	bbrBandwidth: f64,
	bbrMinRtt: u32,
	bbrPacingGain: u32,
	bbrCwndGain: u32,
	ulp: text,
	tlsVersion: u16,
	tlsCipher: u16,
	tlsSend: u16,
	tlsReceive: u16,
	tlsZeroCopy: u8,
	tlsNoPadding: u8,
	subflowFlags: u16,
	subflowToken: u32,
	subflowPeerToken: u32,
	subflowId: u16,
	subflowPeerId: u16,
	/** Sequence numbers, which may be any 32-bit value. */
	subflowOffset: f64,
	subflowMapSequence: f64,
	subflowMapSequenceHigh: f64,
	subflowMapStart: f64,
	subflowNext: f64,
	subflowMapLength: u16,
	/** Inodes of the UNIX sockets that wait for accept. */
	pendingConnections: text,
	vfsInode: u32,
	/** In the kernel's format: major number shifted left by 20 bits, plus minor. */
	vfsDevice: u32,
	packetVersion: u8,
	packetCopyThreshold: u32,
	packetFlags: u8,
	/** Id, plus type shifted left by 16 bits. */
	packetFanout: u32,
	packetReceiveRing: text,
	packetSendRing: text,
	packetReserve: u32,
	packetTimestamps: u32,
	packetMulticast: text,
	packetFilterLength: u16,
	packetFilter: text,
	netlinkGroups: text,
	netlinkFlags: u16,
	xdpReceiveRing: u32,
	xdpSendRing: u32,
	xdpFillRing: u32,
	xdpCompletionRing: u32,
	xdpMemory: text,
	xdpReceiveDropped: f64,
	xdpReceiveInvalid: f64,
	xdpReceiveFull: f64,
	xdpFillEmpty: f64,
	xdpSendInvalid: f64,
	xdpSendEmpty: f64,
	mptcpSubflows: u8,
	mptcpSubflowsMax: u8,
	mptcpSubflowsTotal: u8,
	mptcpSignalled: u8,
	mptcpSignalledMax: u8,
	mptcpAccepted: u8,
	mptcpAcceptedMax: u8,
	mptcpLocal: u8,
	mptcpLocalMax: u8,
	mptcpFlags: u32,
	mptcpToken: f64,
	mptcpChecksum: u8,
	mptcpLaminarMax: u8,
	mptcpFullmeshMax: u8,
	/** 64-bit sequence numbers, kept exactly as two halves. */
	mptcpWriteSequence: f64,
	mptcpWriteSequenceHigh: f64,
	mptcpSendUnacked: f64,
	mptcpSendUnackedHigh: f64,
	mptcpReceiveNext: f64,
	mptcpReceiveNextHigh: f64,
	sctpTag: f64,
	sctpPeerTag: f64,
	sctpInStreams: u16,
	sctpOutStreams: u16,
	sctpPending: u16,
	sctpInQueue: u32,
	sctpOutQueue: u32,
	sctpErrors: u32,
	sctpMaxBurst: u32,
	sctpLocals: text,
	sctpPeers: text,
	sctpMaxSegment: u32,
	sctpFragmentation: u32,
	sctpPeerCapable: u8,
	sctpPeerSack: u8,
	sctpSacksReceived: f64,
	sctpSacksSent: f64,
	sctpPacketsSent: f64,
	sctpPacketsReceived: f64,
	sctpOutOfSequence: f64,
	sctpDuplicates: f64,
	sctpGaps: f64,
	sctpUnorderedSent: f64,
	sctpUnorderedReceived: f64,
	sctpOrderedSent: f64,
	sctpOrderedReceived: f64,
	sctpControlSent: f64,
	sctpControlReceived: f64,
	sctpPathAddress: text,
	sctpPathState: u16,
	sctpPathCwnd: u32,
	sctpPathRto: u32,
	sctpPathHeartbeat: u32,
	sctpPathRetransmitsMax: u32,
	sctpPathSackDelay: u32,
	sctpPathSackFrequency: u32,
	sctpPathSsthresh: u32,
	sctpPathPartialAcked: u32,
	sctpPathFlight: u32,
	sctpPathErrors: u16,
	sctpAutoclose: u32,
	sctpAdaptation: u32,
	sctpPartialDelivery: u32,
	sctpNodelay: u8,
	sctpNoFragments: u8,
	sctpV4Mapped: u8,
	sctpInterleave: u8,
	sctpStyle: u8,
	tipcCongestion: u8,
	tipcPublished: u8,
	tipcService: text,
	smcMode: u8,
	smcFallback: f64,
	smcPeerDiagnosis: f64,
	smcToken: f64,
	smcSendBuffer: u32,
	smcReceiveBuffer: u32,
	smcPeerReceiveBuffer: u32,
	smcLink: text,
	smcDmb: text,
	/** The health problem of the socket, a number of `health/problems.ts`; the suspected problem, and in how many samples in a row it was suspected. */
	healthProblem: u8,
	suspicion: u8,
	suspicionSamples: u8,
	/** As of the last sample: segments retransmitted, or drops; and how many of them are recent (decaying). */
	countedLosses: u32,
	recentLosses: u8,
	/** As of the last sample: microseconds in which the send buffer limited sending, and its percentage of the time since the previous sample. */
	countedSendLimit: u32,
	sendLimitShare: u8,
	/** Samples in a row in which the process supplied too little data to send. */
	appLimitedSamples: u8,
	/** Minutes since data were last sent or received. */
	quietMinutes: u8,
	/** Seconds since data were last sent, while the window of the peer is closed and bytes wait; otherwise 0. */
	blockedSeconds: u8,
	/** Recv-Q in the previous sample. */
	queuedBefore: u32,
} as const;

export type CoreColumn = keyof typeof coreColumns;
export type OptionalColumn = keyof typeof optionalColumns;
export type ColumnName = CoreColumn | OptionalColumn;

export type NumericArray = Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

export type CoreArrays = {[Name in CoreColumn]: ReturnType<(typeof coreColumns)[Name]['create']>};

/** The columns that hold numbers of texts. */
export const textColumns: readonly ColumnName[] = [...Object.entries(coreColumns), ...Object.entries(optionalColumns)]
	.filter(([, {create}]) => create === text.create)
	.map(([name]) => name as ColumnName);

/** Memory of a socket, in the order of SK_MEMINFO_* (`linux/sock_diag.h`) and of the letters of `skmem:` in `ss`. */
export const memoryColumns = [
	'receiveMemory',
	'receiveBuffer',
	'sendMemory',
	'sendBuffer',
	'forwardAllocation',
	'writeQueued',
	'optionMemory',
	'backlog',
	'drops',
] as const satisfies readonly OptionalColumn[];

/** The value of an optional column that means "absent". */
export const absentIn = (column: OptionalColumn): number => optionalColumns[column].absent;

/** Flags in the `life` column. A slot without a socket has none of them. */
export const Life = {
	/** The slot holds a socket. */
	used: 1,
	/** The socket is closed; the row lingers. */
	closed: 2,
	/** The last complete sample did not see the socket; a second miss closes it. */
	missed: 4,
	/** The socket existed when its protocol was first sampled: its real age is not known. */
	initial: 8,
	/** The socket reached ESTAB while it was watched. */
	established: 16,
	/** The kernel reported the end of the socket with its last counters. In TIME-WAIT, the row stays open. */
	ended: 64,
	/** The socket opened and closed between two samples: only a destroy event reported it. */
	shortLived: 128,
	/** Removed from the table because its protocol is no longer watched; the socket itself may live on. */
	dropped: 32,
} as const;

/** Flags in the `traits` column: more about a socket's past. */
export const Trait = {
	/** The state is the one in which the socket was first seen, and the socket existed before: how long it has been in that state is not known. */
	initialState: 1,
	/** A TCP socket has received the FIN of its peer, which the kernel counts as a byte. */
	finReceived: 2,
	/** A TCP socket that its process still holds after the connection ended; another row, in TIME-WAIT, represents the connection. */
	leftover: 4,
	/** Whether the received bytes of a closed TCP socket include a FIN is not known until the socket at the other end has closed, too. */
	finUndecided: 8,
} as const;

export const absent = {u8: u8.absent, u16: u16.absent, u32: u32.absent} as const;
