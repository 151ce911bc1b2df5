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

/** `asoc->peer` as `sctp_get_sctp_info` of the kernel packs it, from the lowest bit. */
const capabilities = ['auth', 'prsctp', 'asconf', 'reconf', 'ipv6', 'ipv4', 'ecn'] as const;

const sackStates = ['zero_window', 'generation', 'needed'] as const;

/** `enum sctp_spinfo_state` (`linux/sctp.h`). */
const pathState = codeName({
	0: 'inactive', 1: 'failing', 2: 'active', 3: 'unconfirmed',
});

/** `enum sctp_socket_type` in the kernel's `net/sctp/structs.h`. */
const styles: Readonly<Record<number, string>> = {0: 'one-to-many', 1: 'high bandwidth', 2: 'one-to-one'};

const numbers = (entries: readonly Entry[], isOfListeners = false): readonly FieldRecord[] => entries.map(([id, title, meaning, unit = 'count', ss]) => optionalField({
	id, title, meaning, unit, since, ofListeners: isOfListeners, ...(ss !== undefined && {ss}),
}));

const tag = (id: OptionalColumn, title: string, meaning: string, ss: string): FieldRecord => optionalField({
	id, title, meaning, ss, since, unit: 'hexadecimal',
});

const addresses = (id: OptionalColumn, title: string, meaning: string, ss?: string): FieldRecord => internedText({
	id, title, meaning, since, width: {min: 15, max: 80}, ofListeners: true, ...(ss !== undefined && {ss}),
});

/** What SCTP tells of an association (`struct sctp_info`), of its primary path, and of how a socket is set up. */
export const sctpFields: readonly FieldRecord[] = [
	tag('sctpTag', 'Tag', 'Verification tag of this end of an SCTP association, hexadecimal.', 'tag'),
	tag('sctpPeerTag', 'PeerTag', 'Verification tag of the other end of an SCTP association, hexadecimal.', 'ptag'),
	addresses('sctpLocals', 'Locals', 'All local addresses of an SCTP socket.', 'locals'),
	addresses('sctpPeers', 'Peers', 'All addresses of the other end of an SCTP association.', 'peers'),
	...numbers([
		['sctpInStreams', 'InStrms', 'Incoming streams of an SCTP association.', 'count', 'instrms'],
		['sctpOutStreams', 'OutStrms', 'Outgoing streams of an SCTP association.', 'count', 'outstrms'],
		['sctpPending', 'PendData', 'Chunks that an SCTP association has received and the process has not read.', 'count', 'penddata'],
		['sctpInQueue', 'InQueue', 'Chunks in the receive queue of an SCTP association.', 'count', 'inqueue'],
		['sctpOutQueue', 'OutQueue', 'Chunks in the send queue of an SCTP association.', 'count', 'outqueue'],
		['sctpErrors', 'Errors', 'Errors of an SCTP association since the last acknowledgement.', 'count', 'overerr'],
		['sctpMaxBurst', 'MaxBurst', 'Packets that an SCTP association may send in one burst.', 'count', 'maxburst'],
		['sctpMaxSegment', 'MaxSeg', 'Bytes of data that one chunk of an SCTP association may carry, as the process has limited it.', 'bytes', 'maxseg'],
		['sctpFragmentation', 'FragPoint', 'Length from which an SCTP association sends a message in several chunks.', 'bytes'],
	]),
	optionalText({
		id: 'sctpPeerCapable',
		title: 'PeerCan',
		meaning: `What the other end of an SCTP association can do: ${capabilities.join(', ')}.`,
		width: {min: 8, max: 40},
		ss: 'pcapable',
		since,
		write: bitNames(capabilities),
	}),
	optionalText({
		id: 'sctpPeerSack',
		title: 'SackState',
		meaning: 'State of acknowledging in an SCTP association: needed (one is due), generation (its lowest bit), zero_window (announced to the other end).',
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
		['sctpOutOfSequence', 'OutOfSeq', 'Chunks that an SCTP association received beyond what its window allows.'],
		['sctpDuplicates', 'DupIn', 'Chunks that an SCTP association received twice.'],
		['sctpGaps', 'Gaps', 'Gaps that the other end of an SCTP association has reported.'],
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
		['sctpPathSsthresh', 'PathSsth', 'Congestion window at which slow start of the primary path of an SCTP association ends.', 'bytes'],
		['sctpPathFlight', 'PathFlight', 'Bytes under way on the primary path of an SCTP association.', 'bytes'],
		['sctpPathPartialAcked', 'PathPart', 'Bytes acknowledged on the primary path of an SCTP association since its window last grew.', 'bytes'],
		['sctpPathRto', 'PathRTO', 'Time after which the primary path of an SCTP association sends again.', 'milliseconds'],
		['sctpPathHeartbeat', 'PathHB', 'Time between two heartbeats on the primary path of an SCTP association.', 'milliseconds'],
		['sctpPathSackDelay', 'PathSackD', 'Time that the primary path of an SCTP association may delay an acknowledgement.', 'milliseconds'],
		['sctpPathSackFrequency', 'PathSackN', 'Packets after which the primary path of an SCTP association acknowledges at once.'],
		['sctpPathRetransmitsMax', 'PathMaxRtx', 'How often the primary path of an SCTP association sends again before it counts as failed.'],
		['sctpPathErrors', 'PathErr', 'Errors of the primary path of an SCTP association since the last acknowledgement.'],
	]),
	optionalText({
		id: 'sctpStyle',
		title: 'Style',
		meaning: 'Whether an SCTP socket has one association (one-to-one, as TCP) or many (one-to-many, as UDP).',
		width: {min: 11, max: 14},
		since,
		ofListeners: true,
		write: style => styles[style],
	}),
	...numbers([
		['sctpAutoclose', 'Autoclose', 'Seconds after which an SCTP socket closes an association on which nothing happens; 0 for never.', 'none', 'autoclose'],
		['sctpAdaptation', 'Adapt', 'Number that an SCTP socket tells the other end about the layer above (adaptation indication).', 'none', 'adapind'],
		['sctpPartialDelivery', 'PdPoint', 'Bytes of a message from which an SCTP socket hands it on before it is whole.', 'bytes', 'pdpoint'],
		['sctpNodelay', 'Nodelay', 'Is 1 when an SCTP socket sends small messages without waiting for more (SCTP_NODELAY).', 'none', 'nodelay'],
		['sctpNoFragments', 'NoFrag', 'Is 1 when an SCTP socket refuses messages that need several chunks.', 'none', 'nofrag'],
		['sctpV4Mapped', 'V4mapped', 'Is 1 when an SCTP socket of IPv6 shows addresses of IPv4 as mapped ones.', 'none', 'v4mapped'],
		['sctpInterleave', 'FragInt', 'Level at which an SCTP socket may be handed parts of several messages in turn (SCTP_FRAGMENT_INTERLEAVE).', 'none', 'fraginl'],
	], true).map(field => ({...field, width: {min: field.width.min, max: 10}})),
];
