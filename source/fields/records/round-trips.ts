import {absent} from '../../table/columns/columns.js';
import {State} from '../../table/columns/states.js';
import type {FieldRecord, NumberField, FieldContext} from '../model/field.js';
import {
	optionalField,
	toMeasuredMilliseconds,
	toMilliseconds,
	type OptionalNumber,
} from '../model/optional-field.js';
import {isListening, readOptional} from '../model/read.js';

/** Makes the field of an optional column whose value is valid only under a condition. */
const optionalFieldWhere = (isValid: (context: FieldContext, slot: number) => boolean, number: OptionalNumber): NumberField => {
	const field = optionalField(number);
	return {...field, read: (context, slot) => isValid(context, slot) ? field.read(context, slot) : undefined};
};

const handshakeStates: ReadonlySet<number> = new Set([State.synSent, State.synReceived, State.newSynReceived]);

/** Before anything is sent or received, the kernel counts from boot. */
const isConnected = ({table: {core}}: FieldContext, slot: number): boolean => !handshakeStates.has(core.state[slot]);

/** Before the first measurement, the variance is only an initial value. */
const isMeasured = (context: FieldContext, slot: number): boolean => readRtt(context, slot) !== undefined;

const readRtt = (context: FieldContext, slot: number): number | undefined => {
	const rtt = context.table.core.rtt[slot];
	return rtt === absent.u32 || isListening(context, slot) ? undefined : toMeasuredMilliseconds(rtt);
};

const readIdle = (context: FieldContext, slot: number): number | undefined => {
	const sent = readOptional(context, slot, 'lastDataSent');
	const received = readOptional(context, slot, 'lastDataReceived');
	return sent === undefined || received === undefined || isListening(context, slot) || !isConnected(context, slot) ? undefined : Math.min(sent, received);
};

/** Times that TCP measures (`struct tcp_info`, `include/uapi/linux/tcp.h`). */
export const roundTripFields: readonly FieldRecord[] = [
	{
		id: 'rtt',
		kind: 'number',
		unit: 'milliseconds',
		title: 'RTT ms',
		meaning: 'Smoothed round-trip time.',
		width: {min: 6, max: 6},
		importance: 10,
		shownFor: () => true,
		columnFormats: [milliseconds => milliseconds.toFixed(2), milliseconds => milliseconds.toFixed(1), milliseconds => milliseconds.toFixed(0)],
		ss: 'rtt',
		read: readRtt,
	},
	optionalFieldWhere(isMeasured, {
		id: 'rttVariance',
		title: 'RTTvar',
		meaning: 'Mean deviation of the round-trip time.',
		unit: 'milliseconds',
		ss: 'rtt',
		aliases: ['rttvar'],
		convert: toMilliseconds,
	}),
	optionalField({
		id: 'minRtt',
		title: 'MinRTT',
		meaning: 'Minimum round-trip time measured recently.',
		unit: 'milliseconds',
		ss: 'minrtt',
		since: '4.6',
		convert: toMeasuredMilliseconds,
	}),
	optionalField({
		id: 'receiveRtt',
		title: 'RcvRTT',
		meaning: 'Round-trip time estimated by the receiving side.',
		unit: 'milliseconds',
		ss: 'rcv_rtt',
		convert: toMeasuredMilliseconds,
	}),
	optionalField({
		id: 'rto',
		title: 'RTO ms',
		meaning: 'Retransmission timeout: time without an acknowledgement until the kernel retransmits.',
		unit: 'milliseconds',
		ss: 'rto',
		convert: toMeasuredMilliseconds,
	}),
	optionalField({
		id: 'ato',
		title: 'ATO ms',
		meaning: 'Time by which the kernel delays an acknowledgement.',
		unit: 'milliseconds',
		ss: 'ato',
		convert: toMeasuredMilliseconds,
	}),
	optionalFieldWhere(isConnected, {
		id: 'lastDataSent',
		title: 'LastSnd',
		meaning: 'Time since data was last sent.',
		unit: 'age',
		ss: 'lastsnd',
	}),
	optionalFieldWhere(isConnected, {
		id: 'lastDataReceived',
		title: 'LastRcv',
		meaning: 'Time since data was last received.',
		unit: 'age',
		ss: 'lastrcv',
	}),
	optionalFieldWhere(isConnected, {
		id: 'lastAckReceived',
		title: 'LastAck',
		meaning: 'Time since an acknowledgement was last received.',
		unit: 'age',
		ss: 'lastack',
	}),
	{
		id: 'idle',
		kind: 'number',
		unit: 'age',
		title: 'Idle',
		meaning: 'Time since data was last sent or received; if there was none yet, since the connection was established.',
		width: {min: 6, max: 6},
		columns: ['lastDataSent', 'lastDataReceived'],
		read: readIdle,
	},
];
