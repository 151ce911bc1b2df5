import {formatCount} from '../../text/units.js';
import type {FieldRecord, NumberField} from '../model/field.js';
import {internedText} from '../model/optional-text.js';
import {optionalField, toMilliseconds, type OptionalNumber} from '../model/optional-field.js';

/** Vegas and Illinois start with "infinite" times. */
const infiniteTime = 0x7F_FF_FF_FF;

const toFiniteMilliseconds = (microseconds: number): number | undefined => microseconds >= infiniteTime ? undefined : toMilliseconds(microseconds);

const formatRatio = (ratio: number): string => ratio < 100 ? ratio.toFixed(2) : formatCount(ratio);

/** A ratio that the kernel stores as a whole number of parts. */
const ratioField = (parts: number, field: Omit<OptionalNumber, 'unit' | 'convert'>): NumberField => {
	const number = optionalField({...field, unit: 'count', convert: value => value / parts});
	return {...number, unit: 'none', format: formatRatio};
};

/** BBR_UNIT and DCTCP_MAX_ALPHA in `net/ipv4/tcp_bbr.c` and `tcp_dctcp.c`. */
const bbrUnit = 256;
const dctcpMaxAlpha = 1024;

/** The congestion control algorithm, and what some algorithms report (`include/uapi/linux/inet_diag.h`). */
export const algorithmFields: readonly FieldRecord[] = [
	internedText({
		id: 'congestion',
		title: 'Algorithm',
		meaning: 'Congestion control algorithm: cubic, bbr, reno, dctcp or another.',
		width: {min: 9, max: 16},
		aliases: ['cong', 'algorithm', 'ca'],
		isForListeners: true,
	}),
	optionalField({
		id: 'bbrBandwidth',
		title: 'BBR bw/s',
		meaning: 'Bandwidth that BBR estimates, in bytes per second.',
		unit: 'bytesPerSecond',
		ss: 'bbr:bw',
		since: '4.9',
	}),
	optionalField({
		id: 'bbrMinRtt',
		title: 'BBR RTT',
		meaning: 'Minimum round-trip time that BBR uses.',
		unit: 'milliseconds',
		ss: 'bbr:mrtt',
		since: '4.9',
		// Before the first measurement all bits are set, which the column holds as absent.
		convert: toMilliseconds,
	}),
	ratioField(bbrUnit, {
		id: 'bbrPacingGain',
		title: 'BBR pgain',
		meaning: 'Factor by which BBR multiplies its bandwidth estimate to pace.',
		ss: 'bbr:pacing_gain',
		since: '4.9',
	}),
	ratioField(bbrUnit, {
		id: 'bbrCwndGain',
		title: 'BBR cgain',
		meaning: 'Factor by which BBR multiplies bandwidth times round-trip time to limit the data in flight.',
		ss: 'bbr:cwnd_gain',
		since: '4.9',
	}),
	optionalField({
		id: 'dctcpEnabled',
		title: 'DCTCP on',
		meaning: '1 if DCTCP is active, 0 if it behaves like Reno because the peer has no ECN.',
		unit: 'none',
		ss: 'dctcp',
		since: '3.18',
		aliases: ['dctcp'],
	}),
	optionalField({
		id: 'dctcpCeState',
		title: 'DCTCP CE',
		meaning: '1 if the last segment that DCTCP received had a congestion mark.',
		unit: 'none',
		ss: 'dctcp:ce_state',
		since: '3.18',
	}),
	ratioField(dctcpMaxAlpha, {
		id: 'dctcpAlpha',
		title: 'DCTCP alpha',
		meaning: 'Share of marked segments that DCTCP estimates, 0 to 1; ss prints 1024 times this value.',
		ss: 'dctcp:alpha',
		since: '3.18',
	}),
	optionalField({
		id: 'dctcpAckedMarked',
		title: 'DCTCP ECN',
		meaning: 'Bytes acknowledged with a congestion mark in the current DCTCP window.',
		unit: 'bytes',
		ss: 'dctcp:ab_ecn',
		since: '3.18',
	}),
	optionalField({
		id: 'dctcpAckedTotal',
		title: 'DCTCP all',
		meaning: 'Bytes acknowledged in the current DCTCP window.',
		unit: 'bytes',
		ss: 'dctcp:ab_tot',
		since: '3.18',
	}),
	optionalField({
		id: 'vegasEnabled',
		title: 'Vegas on',
		meaning: '1 while Vegas, Veno, Illinois or another delay-based algorithm is active.',
		unit: 'none',
		aliases: ['vegas'],
	}),
	optionalField({
		id: 'vegasRoundTrips',
		title: 'Vegas N',
		meaning: 'Round-trip times that the delay-based algorithm has measured in the current round.',
		unit: 'count',
	}),
	optionalField({
		id: 'vegasRtt',
		title: 'Vegas RTT',
		meaning: 'Round-trip time that the delay-based algorithm uses.',
		unit: 'milliseconds',
		convert: toFiniteMilliseconds,
	}),
	optionalField({
		id: 'vegasMinRtt',
		title: 'Vegas min',
		meaning: 'Minimum round-trip time that the delay-based algorithm has measured.',
		unit: 'milliseconds',
		convert: toFiniteMilliseconds,
	}),
];
