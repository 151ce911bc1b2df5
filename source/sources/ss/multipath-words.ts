/**
The words of `ss -i` for MPTCP (`mptcp_stats_print` and `mptcp_subflow_info` in misc/ss.c) and SCTP (`sctp_stats_print`).
*/
import {Protocol} from '../../table/protocols.js';
import {lane, type Lane, type Row} from './row.js';
import {
	didReadHex,
	endOfDigits,
	endOfWord,
	readNumber,
} from './scan.js';
import type {Version} from './version.js';
import type {LaneWord} from './words.js';

const numbers: ReadonlyArray<readonly [key: string, lane: Lane]> = [
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

const halves = new Uint32Array(2);

/** Hexadecimal without `0x`, up to 32 bits. */
const readHex = (text: string, at: number): number => didReadHex(text, at, halves) ? halves[0] : NaN;

const word = (key: string, name: Lane, read: (text: string, at: number) => number): LaneWord => {
	const position = lane(name);
	return {
		key,
		lanes: [name],
		read(row, text, at) {
			row.values[position] = read(text, at);
		},
	};
};

const flagsLane = lane('mptcpFlags');

const flagWord = (key: string, bit: number): LaneWord => ({
	key,
	lanes: ['mptcpFlags'],
	read({values}) {
		values[flagsLane] = (Number.isNaN(values[flagsLane]) ? 0 : values[flagsLane]) | bit;
	},
});

/** A number of 64 bits, in two lanes. */
const wideWord = (key: string, low: Lane, high: Lane, isHex: boolean): LaneWord => {
	const [lowLane, highLane] = [lane(low), lane(high)];
	return {
		key,
		lanes: [low, high],
		read({values}, text, at) {
			if (!isHex) {
				const end = endOfDigits(text, at);
				const number = BigInt(text.slice(at, Math.min(end, at + 20)));
				values[lowLane] = Number(number & 0xFF_FF_FF_FFn);
				values[highLane] = Number((number >> 32n) & 0xFF_FF_FF_FFn);
			} else if (didReadHex(text, at, halves)) {
				values[lowLane] = halves[0];
				values[highLane] = halves[1];
			}
		},
	};
};

const addressWord = (key: 'locals' | 'peers', name: Lane): LaneWord => ({
	key,
	lanes: [name],
	read(row, text, at, end) {
		row[key].start = at;
		row[key].end = endOfWord(text, at, end);
	},
});

const tokenLane = lane('mptcpToken');

/** Takes the token of an MPTCP connection, `token:9633a3af`. Its subflows, which are TCP sockets, have two behind the same word. */
export const didReadToken = (row: Row, text: string, at: number): boolean => {
	if (row.protocol !== Protocol.mptcp) {
		return false;
	}

	row.values[tokenLane] = readHex(text, at);
	return true;
};

/** Since 6.5, the sequence numbers of a connection are decimal, since 6.14 those of its subflows. */
const decimalSince = {connection: 605, subflow: 614} as const;

/** These words, as a version writes them, and the lanes that each fills. */
export const multipathWords = (version: Version): readonly LaneWord[] => {
	const isHex = version < decimalSince.connection;
	const isSubflowHex = version < decimalSince.subflow;
	const readSubflow = isSubflowHex ? readHex : readNumber;
	return [
		...numbers.map(([key, name]) => word(key, name, readNumber)),
		flagWord('fallback', 1),
		flagWord('remote_key', 2),
		wideWord('write_seq', 'mptcpWriteSequence', 'mptcpWriteSequenceHigh', isHex),
		wideWord('snd_una', 'mptcpSendUnacked', 'mptcpSendUnackedHigh', isHex),
		wideWord('rcv_nxt', 'mptcpReceiveNext', 'mptcpReceiveNextHigh', isHex),
		wideWord('seq', 'subflowMapSequence', 'subflowMapSequenceHigh', isSubflowHex),
		word('sfseq', 'subflowMapStart', readSubflow),
		word('ssnoff', 'subflowOffset', readSubflow),
		word('maplen', 'subflowMapLength', readSubflow),
		word('tag', 'sctpTag', readHex),
		word('ptag', 'sctpPeerTag', readHex),
		addressWord('locals', 'sctpLocals'),
		addressWord('peers', 'sctpPeers'),
	];
};
