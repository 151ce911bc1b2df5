import type {OptionalColumn} from '../../table/columns/columns.js';
import type {FieldRecord} from '../model/field.js';
import {wideHex} from '../model/hexadecimal.js';
import {bitNames, optionalText} from '../model/optional-text.js';
import {optionalField} from '../model/optional-field.js';

/** MPTCP_INFO_FLAG_* (`include/uapi/linux/mptcp.h`). */
const flagNames = ['fallback', 'remote_key'] as const;

/** Makes fields that were added in one kernel version. */
const from = (since: string) => (id: OptionalColumn, title: string, meaning: string, ss?: string) => optionalField({
	id, title, meaning, since, unit: 'count', ...(ss !== undefined && {ss}),
});

const mptcp = from('5.9');

/** What the kernel reports of an MPTCP connection. */
export const multipathFields: readonly FieldRecord[] = [
	mptcp('mptcpSubflows', 'Subflows', 'Subflows of an MPTCP connection, not counting the first.', 'subflows'),
	from('6.8')('mptcpSubflowsTotal', 'SubTotal', 'Subflows of an MPTCP connection, including the first.', 'subflows_total'),
	mptcp('mptcpSubflowsMax', 'SubMax', 'Maximum number of additional subflows of an MPTCP connection.', 'subflows_max'),
	mptcp('mptcpSignalled', 'AddSent', 'Addresses that an MPTCP connection has announced to the peer.', 'add_addr_signal'),
	mptcp('mptcpSignalledMax', 'AddSentMax', 'Maximum number of addresses that an MPTCP connection may announce.', 'add_addr_signal_max'),
	mptcp('mptcpAccepted', 'AddAcc', 'Addresses announced by the peer that an MPTCP connection has accepted.', 'add_addr_accepted'),
	mptcp('mptcpAcceptedMax', 'AddAccMax', 'Maximum number of announced addresses that an MPTCP connection may accept.', 'add_addr_accepted_max'),
	from('5.12')('mptcpLocal', 'LocAddr', 'Local addresses that an MPTCP connection uses for additional subflows.', 'local_addr_used'),
	from('5.12')('mptcpLocalMax', 'LocAddrMax', 'Maximum number of local addresses for additional subflows of an MPTCP connection.', 'local_addr_max'),
	from('5.14')('mptcpChecksum', 'Csum', '1 if an MPTCP connection uses data checksums.', 'csum_enabled'),
	optionalText({
		id: 'mptcpFlags',
		title: 'MptcpFlags',
		meaning: 'State of an MPTCP connection: fallback (it is plain TCP), remote_key (the peer\'s key is known).',
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
		['mptcpSendUnacked', 'mptcpSendUnackedHigh', 'SndUna', 'Sequence number of the first byte of an MPTCP connection that the peer has not acknowledged, hexadecimal.', 'snd_una'],
		['mptcpReceiveNext', 'mptcpReceiveNextHigh', 'RcvNxt', 'Sequence number of the next byte that an MPTCP connection expects from the peer, hexadecimal.', 'rcv_nxt'],
	] as const).map(([id, high, title, meaning, ss]) => wideHex({
		id, high, title, meaning, ss, since: '5.9',
	})),
	from('6.18')('mptcpLaminarMax', 'LaminarMax', 'Maximum number of laminar endpoints of an MPTCP connection.', 'endp_laminar_max'),
	from('6.19')('mptcpFullmeshMax', 'FullmeshMax', 'Maximum number of fullmesh endpoints of an MPTCP connection.'),
];
