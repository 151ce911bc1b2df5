/**
What it means that a connection with `tcp_info` lacks a word. `ss` leaves out what is 0: for a count or a window an omitted word is 0, provided that
this `ss` prints the word and this kernel has the value. For a measure or a size (MSS, MTU, `rcv_rtt`, `minrtt`, rates, `rcv_space`, thresholds) 0 is
what the kernel has before it knows: absent.
*/
import type {OptionalColumn} from '../../table/columns/columns.js';
import type {Version} from './version.js';

type Omission = {
	/** What the column holds when the word is omitted. */
	readonly value: number;
	/** The first `ss` that prints the word, and the first kernel that has the value, where they are younger than all that this program meets. */
	readonly ss?: Version;
	readonly kernel?: Version;
};

const zero: Omission = {value: 0};
/** Where the fixtures do not show the first version that prints a word, the first that is known to print it is here: too late is only "absent". */
const omissions: Readonly<Partial<Record<OptionalColumn, Omission>>> = {
	backoff: zero,
	appLimited: {value: 0, ss: 418, kernel: 409},
	tcpOptions: zero,
	windowScale: zero,
	// The kernel's initial timeout of old (`TCP_TIMEOUT_INIT`) is not printed.
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
	// The usual value is not printed.
	reordering: {value: 3},
	reorderingSeen: {value: 0, ss: 420, kernel: 419},
	notSent: {value: 0, kernel: 406},
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

/** Whether an omitted `bytes_sent` is 0. Otherwise what was sent follows from `bytes_acked`. */
export const doesCountSent = (ss: Version, kernel: Version): boolean => ss >= 420 && kernel >= 419;

/** Whether an omitted `bytes_acked` and `bytes_received` are 0. */
export const doesCountPayload = (kernel: Version): boolean => kernel >= 401;
