import type {OptionalColumn} from '../../table/columns/columns.js';
import type {FieldRecord, NumberUnit} from '../model/field.js';
import {
	bitNames,
	codeName,
	internedText,
	optionalText,
} from '../model/optional-text.js';
import {optionalField} from '../model/optional-field.js';

const since = '4.7';

type Entry = readonly [id: OptionalColumn, title: string, meaning: string, unit?: NumberUnit, ss?: string];

/** `asoc->peer` as the kernel's `sctp_get_sctp_info` packs it, lowest bit first. */
const capabilities = ['auth', 'prsctp', 'asconf', 'reconf', 'ipv6', 'ipv4', 'ecn'] as const;

const sackStates = ['zero_window', 'generation', 'needed'] as const;

/** `enum sctp_spinfo_state` (`linux/sctp.h`). */
const pathState = codeName({
	0: 'inactive', 1: 'failing', 2: 'active', 3: 'unconfirmed',
});

/** `enum sctp_socket_type` in the kernel's `net/sctp/structs.h`. */
const styles: Readonly<Record<number, string>> = {0: 'one-to-many', 1: 'high bandwidth', 2: 'one-to-one'};

const numbers = (entries: readonly Entry[], isForListeners = false): readonly FieldRecord[] => entries.map(([id, title, meaning, unit = 'count', ss]) => optionalField({
	id, title, meaning, unit, since, isForListeners, ...(ss !== undefined && {ss}),
}));

const tag = (id: OptionalColumn, title: string, meaning: string, ss: string): FieldRecord => optionalField({
	id, title, meaning, ss, since, unit: 'hexadecimal',
});

const addresses = (id: OptionalColumn, title: string, meaning: string, ss?: string): FieldRecord => internedText({
	id, title, meaning, since, width: {min: 15, max: 80}, isForListeners: true, ...(ss !== undefined && {ss}),
});

/** What SCTP reports of an association (`struct sctp_info`) and of its primary path, and the options of its socket. */
export const sctpFields: readonly FieldRecord[] = [
	tag('sctpTag', 'Tag', 'Local verification tag of an SCTP association, hexadecimal.', 'tag'),
	tag('sctpPeerTag', 'PeerTag', 'Peer verification tag of an SCTP association, hexadecimal.', 'ptag'),
	addresses('sctpLocals', 'Locals', 'All local addresses of an SCTP socket.', 'locals'),
	addresses('sctpPeers', 'Peers', 'All peer addresses of an SCTP association.', 'peers'),
	...numbers([
		['sctpInStreams', 'InStrms', 'Incoming streams of an SCTP association.', 'count', 'instrms'],
		['sctpOutStreams', 'OutStrms', 'Outgoing streams of an SCTP association.', 'count', 'outstrms'],
		['sctpPending', 'PendData', 'Chunks that an SCTP association has received and the process has not read yet.', 'count', 'penddata'],
		['sctpInQueue', 'InQueue', 'Chunks in the receive queue of an SCTP association.', 'count', 'inqueue'],
		['sctpOutQueue', 'OutQueue', 'Chunks in the send queue of an SCTP association.', 'count', 'outqueue'],
		['sctpErrors', 'Errors', 'Errors of an SCTP association since the last acknowledgement.', 'count', 'overerr'],
		['sctpMaxBurst', 'MaxBurst', 'Packets that an SCTP association may send in one burst.', 'count', 'maxburst'],
		['sctpMaxSegment', 'MaxSeg', 'Maximum bytes of data in one chunk of an SCTP association, as set by the process.', 'bytes', 'maxseg'],
		['sctpFragmentation', 'FragPoint', 'Length from which an SCTP association splits a message into several chunks.', 'bytes'],
	]),
	optionalText({
		id: 'sctpPeerCapable',
		title: 'PeerCan',
		meaning: `Capabilities of the peer of an SCTP association: ${capabilities.join(', ')}.`,
		width: {min: 8, max: 40},
		ss: 'pcapable',
		since,
		write: bitNames(capabilities),
	}),
	optionalText({
		id: 'sctpPeerSack',
		title: 'SackState',
		meaning: 'State of acknowledgements in an SCTP association: needed (one is due), generation (its lowest bit), zero_window (announced to the peer).',
		width: {min: 9, max: 31},
		ss: 'psack',
		since,
		write: bitNames(sackStates),
	}),
	...numbers([
		['sctpPacketsSent', 'PktOut', 'Packets that an SCTP association has sent.'],
		['sctpPacketsReceived', 'PktIn', 'Packets that an SCTP association has received.'],
		['sctpOrderedSent', 'OrdOut', 'Chunks of ordered data that an SCTP association has sent.'],
		['sctpOrderedReceived', 'OrdIn', 'Chunks of ordered data that an SCTP association has received.'],
		['sctpUnorderedSent', 'UnordOut', 'Chunks of unordered data that an SCTP association has sent.'],
		['sctpUnorderedReceived', 'UnordIn', 'Chunks of unordered data that an SCTP association has received.'],
		['sctpControlSent', 'CtrlOut', 'Control chunks that an SCTP association has sent.'],
		['sctpControlReceived', 'CtrlIn', 'Control chunks that an SCTP association has received.'],
		['sctpSacksSent', 'SackOut', 'Selective acknowledgements that an SCTP association has sent.'],
		['sctpSacksReceived', 'SackIn', 'Selective acknowledgements that an SCTP association has received.'],
		['sctpOutOfSequence', 'OutOfSeq', 'Chunks that an SCTP association received outside its window.'],
		['sctpDuplicates', 'DupIn', 'Chunks that an SCTP association received twice.'],
		['sctpGaps', 'Gaps', 'Gaps that the peer of an SCTP association has reported.'],
	]),
	addresses('sctpPathAddress', 'PathAddr', 'Address of the primary path of an SCTP association.'),
	optionalText({
		id: 'sctpPathState',
		title: 'PathState',
		meaning: 'State of the primary path of an SCTP association: active, inactive, failing or unconfirmed.',
		width: {min: 9, max: 14},
		since,
		write: pathState,
	}),
	...numbers([
		['sctpPathCwnd', 'PathCwnd', 'Congestion window of the primary path of an SCTP association.', 'bytes'],
		['sctpPathSsthresh', 'PathSsth', 'Congestion window at which slow start ends on the primary path of an SCTP association.', 'bytes'],
		['sctpPathFlight', 'PathFlight', 'Bytes in flight on the primary path of an SCTP association.', 'bytes'],
		['sctpPathPartialAcked', 'PathPart', 'Bytes acknowledged on the primary path of an SCTP association since its congestion window last grew.', 'bytes'],
		['sctpPathRto', 'PathRTO', 'Retransmission timeout of the primary path of an SCTP association.', 'milliseconds'],
		['sctpPathHeartbeat', 'PathHB', 'Time between two heartbeats on the primary path of an SCTP association.', 'milliseconds'],
		['sctpPathSackDelay', 'PathSackD', 'Maximum delay of an acknowledgement on the primary path of an SCTP association.', 'milliseconds'],
		['sctpPathSackFrequency', 'PathSackN', 'Number of packets after which the primary path of an SCTP association acknowledges immediately.'],
		['sctpPathRetransmitsMax', 'PathMaxRtx', 'Number of retransmissions after which the primary path of an SCTP association is considered failed.'],
		['sctpPathErrors', 'PathErr', 'Errors of the primary path of an SCTP association since the last acknowledgement.'],
	]),
	optionalText({
		id: 'sctpStyle',
		title: 'Style',
		meaning: 'Whether an SCTP socket has one association (one-to-one, like TCP) or many (one-to-many, like UDP).',
		width: {min: 11, max: 14},
		since,
		isForListeners: true,
		write: style => styles[style],
	}),
	...numbers([
		['sctpAutoclose', 'Autoclose', 'Seconds after which an SCTP socket closes an idle association; 0 means never.', 'none', 'autoclose'],
		['sctpAdaptation', 'Adapt', 'Adaptation layer indication that an SCTP socket sends to the peer.', 'none', 'adapind'],
		['sctpPartialDelivery', 'PdPoint', 'Number of bytes from which an SCTP socket delivers an incomplete message.', 'bytes', 'pdpoint'],
		['sctpNodelay', 'Nodelay', '1 if an SCTP socket sends small messages immediately (SCTP_NODELAY).', 'none', 'nodelay'],
		['sctpNoFragments', 'NoFrag', '1 if an SCTP socket rejects messages that need several chunks.', 'none', 'nofrag'],
		['sctpV4Mapped', 'V4mapped', '1 if an IPv6 SCTP socket shows IPv4 addresses as IPv4-mapped ones.', 'none', 'v4mapped'],
		['sctpInterleave', 'FragInt', 'Level of interleaving of partly delivered messages on an SCTP socket (SCTP_FRAGMENT_INTERLEAVE).', 'none', 'fraginl'],
	], true).map(field => ({...field, width: {min: field.width.min, max: 10}})),
];
