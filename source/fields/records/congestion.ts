import type {FieldRecord, Tone} from '../model/field.js';
import {optionalField, toMilliseconds} from '../model/optional-field.js';
import {isListening, readOptional} from '../model/read.js';

/** `enum tcp_ca_state` in `include/uapi/linux/tcp.h`. */
const congestionStates = ['Open', 'Disorder', 'CWR', 'Recovery', 'Loss'] as const;

const congestionTones: Readonly<Record<string, Tone>> = {
	Disorder: 'notice', CWR: 'notice', Recovery: 'warning', Loss: 'bad',
};

/** TCP_INFINITE_SSTHRESH in `include/net/tcp.h`: slow start has no end yet. */
const infiniteThreshold = 0x7F_FF_FF_FF;

/** All 64 bits set stand for "no limit"; as a double that is 2 ** 64. */
const orUnlimited = (rate: number): number | undefined => rate >= 2 ** 64 ? undefined : rate;

/** How TCP paces itself and what holds it back. */
export const congestionFields: readonly FieldRecord[] = [
	{
		id: 'congestionState',
		kind: 'text',
		title: 'Congest.',
		meaning: 'State of congestion control: Open (all well), Disorder, CWR (window reduced), Recovery (sends again) or Loss (after a timeout).',
		width: {min: 8, max: 8},
		descending: true,
		aliases: ['caState'],
		columns: ['congestionState'],
		values: [...congestionStates, 'unknown'],
		read(world, slot) {
			const state = isListening(world, slot) ? undefined : readOptional(world, slot, 'congestionState');
			return state === undefined ? undefined : (congestionStates[state] ?? 'unknown');
		},
		tone: state => congestionTones[state],
		order: {
			key: (world, slot) => isListening(world, slot) ? NaN : (readOptional(world, slot, 'congestionState') ?? NaN),
		},
	},
	optionalField({
		id: 'cwnd',
		title: 'Cwnd',
		meaning: 'Congestion window: segments that may be under way.',
		unit: 'segments',
		ss: 'cwnd',
	}),
	optionalField({
		id: 'ssthresh',
		title: 'Ssthresh',
		meaning: 'Congestion window at which slow start ends; absent while it has no end.',
		unit: 'segments',
		ss: 'ssthresh',
		convert: threshold => threshold >= infiniteThreshold ? undefined : threshold,
	}),
	optionalField({
		id: 'pacingRate',
		title: 'Pacing/s',
		meaning: 'Rate at which the kernel lets segments go, per second; absent when it does not pace.',
		unit: 'bytesPerSecond',
		ss: 'pacing_rate',
		since: '3.15',
		convert: orUnlimited,
	}),
	optionalField({
		id: 'maxPacingRate',
		title: 'MaxPac/s',
		meaning: 'Limit of the pacing rate that the process has set; absent without one.',
		unit: 'bytesPerSecond',
		ss: 'pacing_rate',
		since: '3.15',
		convert: orUnlimited,
	}),
	optionalField({
		id: 'deliveryRate',
		title: 'Deliv/s',
		meaning: 'Rate at which data last reached the peer, as the kernel measured it over a round trip; no average over time.',
		unit: 'bytesPerSecond',
		ss: 'delivery_rate',
		since: '4.9',
	}),
	optionalField({
		id: 'appLimited',
		title: 'AppLim',
		meaning: 'Is 1 when the process gave too little to send for the delivery rate to tell what the way can carry.',
		unit: 'none',
		ss: 'app_limited',
		since: '4.9',
	}),
	optionalField({
		id: 'busyTime',
		title: 'Busy',
		meaning: 'Time in which there was data to send.',
		unit: 'age',
		ss: 'busy',
		since: '4.10',
		aliases: ['busy'],
		convert: toMilliseconds,
	}),
	optionalField({
		id: 'receiveWindowLimited',
		title: 'RwndLim',
		meaning: 'Time in which the window of the peer held sending back.',
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
		meaning: 'Time in which the send buffer held sending back.',
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
		meaning: 'Window that the peer offers: bytes that it would take.',
		unit: 'bytes',
		ss: 'snd_wnd',
		since: '5.4',
		aliases: ['sndWnd'],
	}),
	optionalField({
		id: 'receiveWindow',
		title: 'RcvWnd',
		meaning: 'Window that this end offers: bytes that it would take.',
		unit: 'bytes',
		ss: 'rcv_wnd',
		since: '6.2',
		aliases: ['rcvWnd'],
	}),
	optionalField({
		id: 'receiveSpace',
		title: 'RcvSpace',
		meaning: 'Bytes that the process read in the last round trip, by which the kernel sizes the receive buffer.',
		unit: 'bytes',
		ss: 'rcv_space',
	}),
	optionalField({
		id: 'rcvSsthresh',
		title: 'RcvSsth',
		meaning: 'Limit up to which the window that this end offers may grow now.',
		unit: 'bytes',
		ss: 'rcv_ssthresh',
	}),
];
