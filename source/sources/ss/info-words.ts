/**
The words of `ss -i` (`tcp_stats_print` in misc/ss.c) that hold one number each, and the columns that they fill.

`ss` prints milliseconds where the kernel has microseconds, bits where it has bytes, and leaves out what is 0. What an omitted word means is told
here for each: for a count or a window it is 0, provided that this `ss` prints the word and this kernel has the value. For a measure or a size
(MSS, MTU, `rcv_rtt`, `minrtt`, rates, `rcv_space`, thresholds) 0 is what the kernel has before it knows: absent.
*/
import type {OptionalColumn} from '../../table/columns.js';
import type {Lane} from './row.js';
import type {Version} from './version.js';

export type InfoWord = {
	readonly word: string;
	readonly lane: Lane;
	/** What the printed number is multiplied with to be in the column's unit. */
	readonly scale?: number;
};

/** Words with one number behind their colon. */
export const infoWords: readonly InfoWord[] = [
	{word: 'backoff', lane: 'backoff'},
	{word: 'rto', lane: 'rto', scale: 1000},
	{word: 'ato', lane: 'ato', scale: 1000},
	{word: 'mss', lane: 'sendMss'},
	{word: 'pmtu', lane: 'pathMtu'},
	{word: 'rcvmss', lane: 'receiveMss'},
	{word: 'advmss', lane: 'advertisedMss'},
	{word: 'ssthresh', lane: 'ssthresh'},
	{word: 'bytes_sent', lane: 'bytesSent'},
	{word: 'bytes_retrans', lane: 'bytesRetransmitted'},
	{word: 'bytes_acked', lane: 'bytesAcked'},
	{word: 'bytes_received', lane: 'bytesReceived'},
	{word: 'segs_out', lane: 'segmentsOut'},
	{word: 'segs_in', lane: 'segmentsIn'},
	{word: 'data_segs_out', lane: 'dataSegmentsOut'},
	{word: 'data_segs_in', lane: 'dataSegmentsIn'},
	{word: 'lastsnd', lane: 'lastDataSent'},
	{word: 'lastrcv', lane: 'lastDataReceived'},
	{word: 'lastack', lane: 'lastAckReceived'},
	{word: 'delivered', lane: 'delivered'},
	{word: 'delivered_ce', lane: 'deliveredCe'},
	{word: 'busy', lane: 'busyTime', scale: 1000},
	{word: 'rwnd_limited', lane: 'receiveWindowLimited', scale: 1000},
	{word: 'sndbuf_limited', lane: 'sendBufferLimited', scale: 1000},
	{word: 'unacked', lane: 'unacked'},
	{word: 'lost', lane: 'lost'},
	{word: 'sacked', lane: 'sacked'},
	{word: 'dsack_dups', lane: 'dsackDuplicates'},
	{word: 'reordering', lane: 'reordering'},
	{word: 'reord_seen', lane: 'reorderingSeen'},
	{word: 'rcv_rtt', lane: 'receiveRtt', scale: 1000},
	{word: 'rcv_space', lane: 'receiveSpace'},
	{word: 'rcv_ssthresh', lane: 'rcvSsthresh'},
	{word: 'notsent', lane: 'notSent'},
	{word: 'minrtt', lane: 'minRtt', scale: 1000},
	{word: 'rcv_ooopack', lane: 'receiveOutOfOrder'},
	{word: 'snd_wnd', lane: 'sendWindow'},
	{word: 'rcv_wnd', lane: 'receiveWindow'},
	{word: 'rehash', lane: 'rehash'},
];

/** Words without a value: the options of the connection, as bits of `tcpi_options`. */
export const optionWords = [
	{word: 'ts', bit: 1},
	{word: 'sack', bit: 2},
	{word: 'ecn', bit: 8},
	{word: 'ecnseen', bit: 16},
	{word: 'fastopen', bit: 32},
	{word: 'usec_ts', bit: 64},
] as const;

/** The bit of window scaling in `tcpi_options`; its word is `wscale:`. */
export const windowScaleBit = 4;

type Omission = {
	/** What the column holds when the word is omitted. */
	readonly value: number;
	/** The first `ss` that prints the word, and the first kernel that has the value, where they are younger than all that this program meets. */
	readonly ss?: Version;
	readonly kernel?: Version;
};

const zero: Omission = {value: 0};
/** Where the fixtures do not settle the first version that prints a word, the first of which it is known stands here: too late is only "absent". */
const omissions: Readonly<Partial<Record<OptionalColumn, Omission>>> = {
	backoff: zero,
	appLimited: {value: 0, ss: 418, kernel: 409},
	tcpOptions: zero,
	windowScale: zero,
	// The kernel's initial timeout of old (`TCP_TIMEOUT_INIT`) is not printed.
	rto: {value: 3_000_000},
	ato: zero,
	bytesAcked: zero,
	bytesRetransmitted: {value: 0, ss: 420, kernel: 419},
	segmentsOut: zero,
	segmentsIn: zero,
	dataSegmentsOut: zero,
	dataSegmentsIn: zero,
	lastDataSent: zero,
	lastDataReceived: zero,
	lastAckReceived: zero,
	delivered: {value: 0, ss: 418, kernel: 418},
	deliveredCe: {value: 0, ss: 418, kernel: 418},
	busyTime: zero,
	receiveWindowLimited: zero,
	sendBufferLimited: zero,
	unacked: zero,
	retransInFlight: zero,
	totalRetransmits: zero,
	lost: zero,
	sacked: zero,
	dsackDuplicates: {value: 0, ss: 420, kernel: 419},
	// The usual value is not printed.
	reordering: {value: 3},
	reorderingSeen: {value: 0, ss: 420, kernel: 419},
	notSent: zero,
	receiveOutOfOrder: {value: 0, ss: 601, kernel: 504},
	// A window of 0 is what holds a connection up: it must not look unknown.
	sendWindow: {value: 0, ss: 601, kernel: 504},
	receiveWindow: {value: 0, ss: 602, kernel: 602},
	rehash: {value: 0, ss: 602, kernel: 602},
};

/** What a connection with `tcp_info` has in a column whose word is omitted; NaN for absent. */
export const omittedValue = (column: OptionalColumn, ss: Version, kernel: Version): number => {
	const omission = omissions[column];
	return omission === undefined || ss < (omission.ss ?? 0) || kernel < (omission.kernel ?? 0) ? NaN : omission.value;
};

/** Whether an omitted `bytes_sent` is 0. Otherwise what was sent must be told from `bytes_acked`. */
export const doesCountSent = (ss: Version, kernel: Version): boolean => ss >= 420 && kernel >= 419;
