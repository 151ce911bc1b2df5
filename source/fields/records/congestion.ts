import type {FieldRecord, Tone} from '../model/field.js';
import {optionalField, toMilliseconds} from '../model/optional-field.js';
import {isListening, readOptional} from '../model/read.js';

/** `enum tcp_ca_state` in `include/uapi/linux/tcp.h`. */
const congestionStates = ['Open', 'Disorder', 'CWR', 'Recovery', 'Loss'] as const;

const congestionTones: Readonly<Record<string, Tone>> = {
	Disorder: 'notice', CWR: 'notice', Recovery: 'warning', Loss: 'bad',
};

/** TCP_INFINITE_SSTHRESH in `include/net/tcp.h`: slow start has no limit yet. */
const infiniteThreshold = 0x7F_FF_FF_FF;

/** All 64 bits set mean "no limit"; as a double that is 2 ** 64. */
const orUnlimited = (rate: number): number | undefined => rate >= 2 ** 64 ? undefined : rate;

/** How fast TCP sends, and what limits it. */
export const congestionFields: readonly FieldRecord[] = [
	{
		id: 'congestionState',
		kind: 'text',
		title: 'Congest.',
		meaning: 'State of congestion control: Open (normal), Disorder, CWR (window reduced), Recovery (retransmitting) or Loss (after a timeout).',
		width: {min: 8, max: 8},
		descending: true,
		aliases: ['caState'],
		columns: ['congestionState'],
		values: [...congestionStates, 'unknown'],
		read(context, slot) {
			const state = isListening(context, slot) ? undefined : readOptional(context, slot, 'congestionState');
			return state === undefined ? undefined : (congestionStates[state] ?? 'unknown');
		},
		tone: state => congestionTones[state],
		order: {
			key: (context, slot) => isListening(context, slot) ? NaN : (readOptional(context, slot, 'congestionState') ?? NaN),
		},
	},
	optionalField({
		id: 'cwnd',
		title: 'Cwnd',
		meaning: 'Congestion window: the number of segments that may be in flight.',
		unit: 'segments',
		ss: 'cwnd',
	}),
	optionalField({
		id: 'ssthresh',
		title: 'Ssthresh',
		meaning: 'Congestion window at which slow start ends; absent while there is no limit.',
		unit: 'segments',
		ss: 'ssthresh',
		convert: threshold => threshold >= infiniteThreshold ? undefined : threshold,
	}),
	optionalField({
		id: 'pacingRate',
		title: 'Pacing/s',
		meaning: 'Rate at which the kernel paces segments, per second; absent without pacing.',
		unit: 'bytesPerSecond',
		ss: 'pacing_rate',
		since: '3.15',
		convert: orUnlimited,
	}),
	optionalField({
		id: 'maxPacingRate',
		title: 'MaxPac/s',
		meaning: 'Maximum pacing rate set by the process; absent if none is set.',
		unit: 'bytesPerSecond',
		ss: 'pacing_rate',
		since: '3.15',
		convert: orUnlimited,
	}),
	optionalField({
		id: 'deliveryRate',
		title: 'Deliv/s',
		meaning: 'Rate at which data last reached the peer, measured over one round trip; not an average over time.',
		unit: 'bytesPerSecond',
		ss: 'delivery_rate',
		since: '4.9',
	}),
	optionalField({
		id: 'appLimited',
		title: 'AppLim',
		meaning: '1 if the process wrote too little for the delivery rate to show what the path can carry.',
		unit: 'none',
		ss: 'app_limited',
		since: '4.9',
	}),
	optionalField({
		id: 'busyTime',
		title: 'Busy',
		meaning: 'Time during which there was data to send.',
		unit: 'age',
		ss: 'busy',
		since: '4.10',
		aliases: ['busy'],
		convert: toMilliseconds,
	}),
	optionalField({
		id: 'receiveWindowLimited',
		title: 'RwndLim',
		meaning: 'Time during which the peer\'s window limited sending.',
		unit: 'age',
		ss: 'rwnd_limited',
		since: '4.10',
		aliases: ['rwndLimited'],
		convert: toMilliseconds,
		tone: 'warning',
	}),
	optionalField({
		id: 'sendBufferLimited',
		title: 'SndbLim',
		meaning: 'Time during which the send buffer limited sending.',
		unit: 'age',
		ss: 'sndbuf_limited',
		since: '4.10',
		aliases: ['sndbufLimited'],
		convert: toMilliseconds,
		tone: 'warning',
	}),
	optionalField({
		id: 'sendWindow',
		title: 'SndWnd',
		meaning: 'Window that the peer advertises: the bytes that it would accept.',
		unit: 'bytes',
		ss: 'snd_wnd',
		since: '5.4',
		aliases: ['sndWnd'],
	}),
	optionalField({
		id: 'receiveWindow',
		title: 'RcvWnd',
		meaning: 'Window advertised to the peer: the bytes that this socket would accept.',
		unit: 'bytes',
		ss: 'rcv_wnd',
		since: '6.2',
		aliases: ['rcvWnd'],
	}),
	optionalField({
		id: 'receiveSpace',
		title: 'RcvSpace',
		meaning: 'Bytes that the process read in the last round trip; the kernel uses it to size the receive buffer.',
		unit: 'bytes',
		ss: 'rcv_space',
	}),
	optionalField({
		id: 'rcvSsthresh',
		title: 'RcvSsth',
		meaning: 'Limit up to which the advertised window may grow at the moment.',
		unit: 'bytes',
		ss: 'rcv_ssthresh',
	}),
];
