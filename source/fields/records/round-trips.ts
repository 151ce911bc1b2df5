import {absent} from '../../table/columns/columns.js';
import {State} from '../../table/columns/states.js';
import type {FieldRecord, NumberField, World} from '../model/field.js';
import {
	optionalField,
	toMeasuredMilliseconds,
	toMilliseconds,
	type OptionalNumber,
} from '../model/optional-field.js';
import {isListening, readOptional} from '../model/read.js';

/** The field of an optional column that means something only where a condition holds. */
const optionalFieldWhere = (isMeant: (world: World, slot: number) => boolean, number: OptionalNumber): NumberField => {
	const field = optionalField(number);
	return {...field, read: (world, slot) => isMeant(world, slot) ? field.read(world, slot) : undefined};
};

const handshakeStates: ReadonlySet<number> = new Set([State.synSent, State.synReceived, State.newSynReceived]);

/** Where nothing was sent or received yet, the kernel counts from boot. */
const isConnected = ({table: {core}}: World, slot: number): boolean => !handshakeStates.has(core.state[slot]);

/** Before the first measurement, the kernel has a variance to start from. */
const isMeasured = (world: World, slot: number): boolean => readRtt(world, slot) !== undefined;

const readRtt = (world: World, slot: number): number | undefined => {
	const rtt = world.table.core.rtt[slot];
	return rtt === absent.u32 || isListening(world, slot) ? undefined : toMeasuredMilliseconds(rtt);
};

const readIdle = (world: World, slot: number): number | undefined => {
	const sent = readOptional(world, slot, 'lastDataSent');
	const received = readOptional(world, slot, 'lastDataReceived');
	return sent === undefined || received === undefined || isListening(world, slot) || !isConnected(world, slot) ? undefined : Math.min(sent, received);
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
		meaning: 'Least round-trip time seen lately.',
		unit: 'milliseconds',
		ss: 'minrtt',
		since: '4.6',
		convert: toMeasuredMilliseconds,
	}),
	optionalField({
		id: 'receiveRtt',
		title: 'RcvRTT',
		meaning: 'Round-trip time as the receiving side estimates it.',
		unit: 'milliseconds',
		ss: 'rcv_rtt',
		convert: toMeasuredMilliseconds,
	}),
	optionalField({
		id: 'rto',
		title: 'RTO ms',
		meaning: 'Time without an acknowledgement after which the kernel sends again.',
		unit: 'milliseconds',
		ss: 'rto',
		convert: toMeasuredMilliseconds,
	}),
	optionalField({
		id: 'ato',
		title: 'ATO ms',
		meaning: 'Time that the kernel delays an acknowledgement.',
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
		meaning: 'Time since data last went either way; since the connection stood, where none ever did.',
		width: {min: 6, max: 6},
		columns: ['lastDataSent', 'lastDataReceived'],
		read: readIdle,
	},
];
