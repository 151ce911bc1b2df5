/**
The words of `ss -i` for MPTCP (`mptcp_stats_print` and `mptcp_subflow_info` in misc/ss.c) and SCTP (`sctp_stats_print`).
*/
import {
	readNumber,
	readWideDecimal,
	readWideHex,
	type Halves,
} from './numbers.js';
import {
	flagWord,
	numberWord,
	setNumber,
	valueAt,
	type NumberName,
	type TextName,
	type Word,
} from './values.js';
import type {Version} from './version.js';

const numbers: ReadonlyArray<readonly [key: string, name: NumberName]> = [
	['subflows', 'mptcpSubflows'],
	['add_addr_signal', 'mptcpSignalled'],
	['add_addr_accepted', 'mptcpAccepted'],
	['subflows_max', 'mptcpSubflowsMax'],
	['add_addr_signal_max', 'mptcpSignalledMax'],
	['add_addr_accepted_max', 'mptcpAcceptedMax'],
	['local_addr_used', 'mptcpLocal'],
	['local_addr_max', 'mptcpLocalMax'],
	['csum_enabled', 'mptcpChecksum'],
	['retransmits', 'totalRetransmits'],
	['subflows_total', 'mptcpSubflowsTotal'],
	['endp_laminar_max', 'mptcpLaminarMax'],
	['last_data_sent', 'lastDataSent'],
	['last_data_recv', 'lastDataReceived'],
	['last_ack_recv', 'lastAckReceived'],
	['rwnd', 'receiveWindow'],
	['unackdata', 'unacked'],
	['penddata', 'sctpPending'],
	['instrms', 'sctpInStreams'],
	['outstrms', 'sctpOutStreams'],
	['inqueue', 'sctpInQueue'],
	['outqueue', 'sctpOutQueue'],
	['overerr', 'sctpErrors'],
	['maxburst', 'sctpMaxBurst'],
	['maxseg', 'sctpMaxSegment'],
	['prwnd', 'sendWindow'],
	['pcapable', 'sctpPeerCapable'],
	['psack', 'sctpPeerSack'],
	['autoclose', 'sctpAutoclose'],
	['adapind', 'sctpAdaptation'],
	['pdpoint', 'sctpPartialDelivery'],
	['nodelay', 'sctpNodelay'],
	['nofrag', 'sctpNoFragments'],
	['v4mapped', 'sctpV4Mapped'],
	['fraginl', 'sctpInterleave'],
];

/** Hexadecimal without `0x`, up to 32 bits. */
const readHex = (text: string, at: number): number => readWideHex(text, at)?.[0] ?? NaN;

/** A 64-bit number, in two columns. */
const wideWord = (key: string, low: NumberName, high: NumberName, read: (text: string, at: number) => Halves | undefined): Word => ({
	key,
	names: [low, high],
	read(values, text, at) {
		const halves = read(text, at);
		setNumber(values, low, halves?.[0] ?? NaN);
		setNumber(values, high, halves?.[1] ?? NaN);
	},
});

/** A list of addresses. */
const addressWord = (key: string, name: TextName): Word => ({
	key,
	names: [name],
	read({texts}, text, at) {
		texts.set(name, valueAt(text, at).replaceAll(',', ' '));
	},
});

/** Versions since which the sequence numbers of a connection, and those of its subflows, are decimal. */
const decimalSince = {connection: 605, subflow: 614} as const;

/** These words, in the format of a version, and the columns they fill. */
export const multipathWords = (version: Version): readonly Word[] => {
	const readConnection = version < decimalSince.connection ? readWideHex : readWideDecimal;
	const readSubflow = version < decimalSince.subflow ? readWideHex : readWideDecimal;
	const readShort = version < decimalSince.subflow ? readHex : readNumber;
	return [
		...numbers.map(([key, name]) => numberWord(key, name, readNumber)),
		flagWord('fallback', 'mptcpFlags', 1),
		flagWord('remote_key', 'mptcpFlags', 2),
		wideWord('write_seq', 'mptcpWriteSequence', 'mptcpWriteSequenceHigh', readConnection),
		wideWord('snd_una', 'mptcpSendUnacked', 'mptcpSendUnackedHigh', readConnection),
		wideWord('rcv_nxt', 'mptcpReceiveNext', 'mptcpReceiveNextHigh', readConnection),
		wideWord('seq', 'subflowMapSequence', 'subflowMapSequenceHigh', readSubflow),
		numberWord('sfseq', 'subflowMapStart', readShort),
		numberWord('ssnoff', 'subflowOffset', readShort),
		numberWord('maplen', 'subflowMapLength', readShort),
		numberWord('tag', 'sctpTag', readHex),
		numberWord('ptag', 'sctpPeerTag', readHex),
		addressWord('locals', 'sctpLocals'),
		addressWord('peers', 'sctpPeers'),
	];
};
