import {formatCount} from '../../text/units.js';
import type {FieldRecord, NumberField} from '../model/field.js';
import {internedText} from '../model/optional-text.js';
import {optionalField, toMilliseconds, type OptionalNumber} from '../model/optional-field.js';

/** Both algorithms start with "infinite" times. */
const infiniteTime = 0x7F_FF_FF_FF;

const toFiniteMilliseconds = (microseconds: number): number | undefined => microseconds >= infiniteTime ? undefined : toMilliseconds(microseconds);

const formatRatio = (ratio: number): string => ratio < 100 ? ratio.toFixed(2) : formatCount(ratio);

/** A ratio that the kernel has as a whole number of parts. */
const ratioField = (parts: number, field: Omit<OptionalNumber, 'unit' | 'convert'>): NumberField => {
	const number = optionalField({...field, unit: 'count', convert: value => value / parts});
	return {...number, unit: 'none', format: formatRatio};
};

/** BBR_UNIT and DCTCP_MAX_ALPHA in `net/ipv4/tcp_bbr.c` and `tcp_dctcp.c`. */
const bbrUnit = 256;
const dctcpMaxAlpha = 1024;

/** What congestion control is made with, and what some algorithms tell of themselves (`include/uapi/linux/inet_diag.h`). */
export const algorithmFields: readonly FieldRecord[] = [
	internedText({
		id: 'congestion',
		title: 'Algorithm',
		meaning: 'Algorithm of congestion control: cubic, bbr, reno, dctcp or another.',
		width: {min: 9, max: 16},
		aliases: ['cong', 'algorithm', 'ca'],
		ofListeners: true,
	}),
	optionalField({
		id: 'bbrBandwidth',
		title: 'BBR bw/s',
		meaning: 'Bandwidth that BBR reckons with, in bytes per second.',
		unit: 'bytesPerSecond',
		ss: 'bbr:bw',
		since: '4.9',
	}),
	optionalField({
		id: 'bbrMinRtt',
		title: 'BBR RTT',
		meaning: 'Least round-trip time that BBR reckons with.',
		unit: 'milliseconds',
		ss: 'bbr:mrtt',
		since: '4.9',
		// All bits set before the first measurement, which the column holds as absent.
		convert: toMilliseconds,
	}),
	ratioField(bbrUnit, {
		id: 'bbrPacingGain',
		title: 'BBR pgain',
		meaning: 'Factor by which BBR now paces above or below the bandwidth.',
		ss: 'bbr:pacing_gain',
		since: '4.9',
	}),
	ratioField(bbrUnit, {
		id: 'bbrCwndGain',
		title: 'BBR cgain',
		meaning: 'Factor by which BBR now lets more be under way than bandwidth times round-trip time.',
		ss: 'bbr:cwnd_gain',
		since: '4.9',
	}),
	optionalField({
		id: 'dctcpEnabled',
		title: 'DCTCP on',
		meaning: 'Is 1 when DCTCP is at work, 0 when it behaves as Reno because the peer has no ECN.',
		unit: 'none',
		ss: 'dctcp',
		since: '3.18',
		aliases: ['dctcp'],
	}),
	optionalField({
		id: 'dctcpCeState',
		title: 'DCTCP CE',
		meaning: 'Is 1 when the last segment that DCTCP received bore a mark of congestion.',
		unit: 'none',
		ss: 'dctcp:ce_state',
		since: '3.18',
	}),
	ratioField(dctcpMaxAlpha, {
		id: 'dctcpAlpha',
		title: 'DCTCP alpha',
		meaning: 'Share of marked segments as DCTCP estimates it, 0 to 1; ss prints 1024 times as much.',
		ss: 'dctcp:alpha',
		since: '3.18',
	}),
	optionalField({
		id: 'dctcpAckedMarked',
		title: 'DCTCP ECN',
		meaning: 'Bytes acknowledged with a mark of congestion in the current window of DCTCP.',
		unit: 'bytes',
		ss: 'dctcp:ab_ecn',
		since: '3.18',
	}),
	optionalField({
		id: 'dctcpAckedTotal',
		title: 'DCTCP all',
		meaning: 'Bytes acknowledged in the current window of DCTCP.',
		unit: 'bytes',
		ss: 'dctcp:ab_tot',
		since: '3.18',
	}),
	optionalField({
		id: 'vegasEnabled',
		title: 'Vegas on',
		meaning: 'Is 1 while Vegas, Veno, Illinois or another algorithm that goes by delays is at work.',
		unit: 'none',
		aliases: ['vegas'],
	}),
	optionalField({
		id: 'vegasRoundTrips',
		title: 'Vegas N',
		meaning: 'Round trips that such an algorithm measured in the current round.',
		unit: 'count',
	}),
	optionalField({
		id: 'vegasRtt',
		title: 'Vegas RTT',
		meaning: 'Round-trip time that such an algorithm reckons with.',
		unit: 'milliseconds',
		convert: toFiniteMilliseconds,
	}),
	optionalField({
		id: 'vegasMinRtt',
		title: 'Vegas min',
		meaning: 'Least round-trip time that such an algorithm saw.',
		unit: 'milliseconds',
		convert: toFiniteMilliseconds,
	}),
];
