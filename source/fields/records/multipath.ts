import type {OptionalColumn} from '../../table/columns/columns.js';
import type {FieldRecord} from '../model/field.js';
import {wideHex} from '../model/hexadecimal.js';
import {bitNames, optionalText} from '../model/optional-text.js';
import {optionalField} from '../model/optional-field.js';

/** MPTCP_INFO_FLAG_* (`include/uapi/linux/mptcp.h`). */
const flagNames = ['fallback', 'remote_key'] as const;

/** Numbers that one kernel introduced. */
const from = (since: string) => (id: OptionalColumn, title: string, meaning: string, ss?: string) => optionalField({
	id, title, meaning, since, unit: 'count', ...(ss !== undefined && {ss}),
});

const mptcp = from('5.9');

/** What MPTCP tells of a connection. */
export const multipathFields: readonly FieldRecord[] = [
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
	optionalField({
		id: 'mptcpToken',
		title: 'Token',
		meaning: 'Token of an MPTCP connection, hexadecimal.',
		unit: 'hexadecimal',
		ss: 'token',
		since: '5.9',
	}),
	...([
		['mptcpWriteSequence', 'mptcpWriteSequenceHigh', 'WriteSeq', 'Sequence number of the next byte that the process writes to an MPTCP connection, hexadecimal.', 'write_seq'],
		['mptcpSendUnacked', 'mptcpSendUnackedHigh', 'SndUna', 'Sequence number of the first byte of an MPTCP connection that the other end has not acknowledged, hexadecimal.', 'snd_una'],
		['mptcpReceiveNext', 'mptcpReceiveNextHigh', 'RcvNxt', 'Sequence number of the next byte that an MPTCP connection expects from the other end, hexadecimal.', 'rcv_nxt'],
	] as const).map(([id, high, title, meaning, ss]) => wideHex({
		id, high, title, meaning, ss, since: '5.9',
	})),
	from('6.18')('mptcpLaminarMax', 'LaminarMax', 'How many laminar endpoints an MPTCP connection may use.', 'endp_laminar_max'),
	from('6.19')('mptcpFullmeshMax', 'FullmeshMax', 'How many fullmesh endpoints an MPTCP connection may use.'),
];
