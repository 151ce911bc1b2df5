import type {OptionalColumn} from '../table/columns.js';
import type {Field} from './field.js';
import {bitNames, internedText, optionalText} from './optional-text.js';
import {optionalField} from './optional-field.js';

const formatHex = (value: number): string => (value >>> 0).toString(16);

/** MPTCP_INFO_FLAG_* (`include/uapi/linux/mptcp.h`). */
const flagNames = ['fallback', 'remote_key'] as const;

/** Numbers that one kernel introduced. */
const from = (since: string) => (id: OptionalColumn, title: string, meaning: string, ss: string) => optionalField({
	id, title, meaning, ss, since, unit: 'count',
});

const mptcp = from('5.9');
const sctp = from('4.7');

/** What MPTCP tells of a connection and SCTP of an association. */
export const multipathFields: readonly Field[] = [
	mptcp('mptcpSubflows', 'Subflows', 'TCP connections that an MPTCP connection has besides the first.', 'subflows'),
	from('6.8')('mptcpSubflowsTotal', 'SubTotal', 'TCP connections that an MPTCP connection has, the first included.', 'subflows_total'),
	mptcp('mptcpSubflowsMax', 'SubMax', 'How many further TCP connections an MPTCP connection may have.', 'subflows_max'),
	mptcp('mptcpSignalled', 'AddSent', 'Addresses that this end of an MPTCP connection has announced.', 'add_addr_signal'),
	mptcp('mptcpSignalledMax', 'AddSentMax', 'How many addresses this end of an MPTCP connection may announce.', 'add_addr_signal_max'),
	mptcp('mptcpAccepted', 'AddAcc', 'Announced addresses that this end of an MPTCP connection has taken.', 'add_addr_accepted'),
	mptcp('mptcpAcceptedMax', 'AddAccMax', 'How many announced addresses this end of an MPTCP connection may take.', 'add_addr_accepted_max'),
	from('5.12')('mptcpLocal', 'LocAddr', 'Local addresses that an MPTCP connection uses for further TCP connections.', 'local_addr_used'),
	from('5.12')('mptcpLocalMax', 'LocAddrMax', 'How many local addresses an MPTCP connection may use for further TCP connections.', 'local_addr_max'),
	from('5.14')('mptcpChecksum', 'Csum', 'Is 1 when an MPTCP connection protects its data by checksums.', 'csum_enabled'),
	optionalText({
		id: 'mptcpFlags',
		title: 'MptcpFlags',
		meaning: 'State of an MPTCP connection: fallback (it is plain TCP), remote_key (the key of the other end is known).',
		width: {min: 10, max: 19},
		since: '5.9',
		write: bitNames(flagNames),
	}),
	{...mptcp('mptcpToken', 'Token', 'Token of an MPTCP connection, hexadecimal.', 'token'), format: formatHex, width: {min: 8, max: 8}},
	{...sctp('sctpTag', 'Tag', 'Verification tag of this end of an SCTP association, hexadecimal.', 'tag'), format: formatHex, width: {min: 8, max: 8}},
	{...sctp('sctpPeerTag', 'PeerTag', 'Verification tag of the other end of an SCTP association, hexadecimal.', 'ptag'), format: formatHex, width: {min: 8, max: 8}},
	sctp('sctpInStreams', 'InStrms', 'Incoming streams of an SCTP association.', 'instrms'),
	sctp('sctpOutStreams', 'OutStrms', 'Outgoing streams of an SCTP association.', 'outstrms'),
	sctp('sctpPending', 'PendData', 'Chunks that an SCTP association has received and the process has not read.', 'penddata'),
	sctp('sctpInQueue', 'InQueue', 'Chunks in the receive queue of an SCTP association.', 'inqueue'),
	sctp('sctpOutQueue', 'OutQueue', 'Chunks in the send queue of an SCTP association.', 'outqueue'),
	sctp('sctpErrors', 'Errors', 'Errors of an SCTP association since the last acknowledgement.', 'overerr'),
	sctp('sctpMaxBurst', 'MaxBurst', 'Packets that an SCTP association may send in one burst.', 'maxburst'),
	...([
		['sctpLocals', 'Locals', 'All local addresses of an SCTP socket.', 'locals'],
		['sctpPeers', 'Peers', 'All addresses of the other end of an SCTP association.', 'peers'],
	] as const).map(([id, title, meaning, ss]) => internedText({
		id, title, meaning, ss, width: {min: 15, max: 80}, since: '4.7', ofListeners: true,
	})),
];
