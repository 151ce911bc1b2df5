/**
What it means if a connection with `tcp_info` lacks a word. `ss` omits values of 0. An omitted count or window is 0, provided that this `ss` prints the word and
this kernel has the value. For a measured value or a size (MSS, MTU, `rcv_rtt`, `minrtt`, rates, `rcv_space`, thresholds) 0 is what the kernel has before it
knows one: absent.
*/
import type {OptionalColumn} from '../../table/columns/columns.js';
import type {Version} from './version.js';

type Omission = {
	/** The value of the column if the word is omitted. */
	readonly value: number;
	/** The first `ss` that prints the word, and the first kernel that has the value, if newer than the oldest supported ones. */
	readonly ss?: Version;
	readonly kernel?: Version;
};

const zero: Omission = {value: 0};
/** If the fixtures do not show the first version that prints a word, this has the first one known to print it: too late only means "absent". */
const omissions: Readonly<Partial<Record<OptionalColumn, Omission>>> = {
	backoff: zero,
	appLimited: {value: 0, ss: 418, kernel: 409},
	tcpOptions: zero,
	windowScale: zero,
	// The kernel's old initial timeout (`TCP_TIMEOUT_INIT`) is not printed.
	rto: {value: 3_000_000},
	ato: zero,
	bytesAcked: {value: 0, kernel: 401},
	bytesRetransmitted: {value: 0, ss: 420, kernel: 419},
	segmentsOut: {value: 0, kernel: 402},
	segmentsIn: {value: 0, kernel: 402},
	dataSegmentsOut: {value: 0, kernel: 406},
	dataSegmentsIn: {value: 0, kernel: 406},
	lastDataSent: zero,
	lastDataReceived: zero,
	lastAckReceived: zero,
	delivered: {value: 0, ss: 418, kernel: 418},
	deliveredCe: {value: 0, ss: 418, kernel: 418},
	busyTime: {value: 0, kernel: 410},
	receiveWindowLimited: {value: 0, kernel: 410},
	sendBufferLimited: {value: 0, kernel: 410},
	unacked: zero,
	retransInFlight: zero,
	totalRetransmits: zero,
	lost: zero,
	sacked: zero,
	dsackDuplicates: {value: 0, ss: 420, kernel: 419},
	// The default value is not printed.
	reordering: {value: 3},
	reorderingSeen: {value: 0, ss: 420, kernel: 419},
	notSent: {value: 0, kernel: 406},
	receiveOutOfOrder: {value: 0, ss: 601, kernel: 504},
	// A window of 0 stalls a connection: it must not look unknown.
	sendWindow: {value: 0, ss: 601, kernel: 504},
	receiveWindow: {value: 0, ss: 602, kernel: 602},
	rehash: {value: 0, ss: 602, kernel: 602},
};

/** The value for a connection with `tcp_info` in a column whose word is omitted; NaN for absent. */
export const omittedValue = (column: OptionalColumn, ss: Version, kernel: Version): number => {
	const omission = omissions[column];
	return omission === undefined || ss < (omission.ss ?? 0) || kernel < (omission.kernel ?? 0) ? NaN : omission.value;
};

/** Whether an omitted `bytes_sent` is 0. If not, the bytes sent are derived from `bytes_acked`. */
export const doesCountSent = (ss: Version, kernel: Version): boolean => ss >= 420 && kernel >= 419;

/** Whether omitted `bytes_acked` and `bytes_received` are 0. */
export const doesCountPayload = (kernel: Version): boolean => kernel >= 401;
