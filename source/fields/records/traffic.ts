import type {FieldRecord, NumberField, Tone} from '../model/field.js';

type Traffic = Pick<NumberField, 'id' | 'title' | 'meaning' | 'read' | 'importance' | 'shownFor'> & Partial<Pick<NumberField, 'aliases' | 'ss' | 'tone'>>;

/** Reads a floating-point column; NaN means absent. */
export const orUndefined = (value: number): number | undefined => Number.isNaN(value) ? undefined : value;

/** A column of rates is shown only if a shown socket has rates. */
const isKnown = (): boolean => true;

/** Makes a field that counts payload bytes. */
export const traffic = (field: Traffic, unit: 'bytes' | 'bytesPerSecond', since: string): FieldRecord => ({
	kind: 'number', unit, width: {min: 6, max: 6}, since, sum: field.read, isInSubflows: true, ...field,
});

/** A rate of 0 is dim. */
export const moving = (rate: number): Tone | undefined => rate === 0 ? 'dim' : undefined;

/** Traffic of a socket. TCP only: the kernel counts no bytes for UDP. */
export const trafficFields: readonly FieldRecord[] = [
	traffic({
		id: 'rxRate',
		title: 'Rx/s',
		meaning: 'Bytes received per second, measured between the last two samples.',
		aliases: ['rx', 'rxBps'],
		read: ({table: {core}}, slot) => orUndefined(core.rxRate[slot]),
		tone: moving,
		importance: 20,
		shownFor: isKnown,
	}, 'bytesPerSecond', '4.1'),
	traffic({
		id: 'txRate',
		title: 'Tx/s',
		meaning: 'Bytes sent per second without retransmissions, measured between the last two samples.',
		aliases: ['tx', 'txBps'],
		read: ({table: {core}}, slot) => orUndefined(core.txRate[slot]),
		tone: moving,
		importance: 20,
		shownFor: isKnown,
	}, 'bytesPerSecond', '4.1'),
	traffic({
		id: 'rate',
		title: 'Rate/s',
		meaning: 'Bytes received and sent per second, in total.',
		read({table: {core}}, slot) {
			const received = core.rxRate[slot];
			const sent = core.txRate[slot];
			return orUndefined(Number.isNaN(received) ? sent : (Number.isNaN(sent) ? received : received + sent));
		},
		tone: moving,
	}, 'bytesPerSecond', '4.1'),
	traffic({
		id: 'bytesReceived',
		title: 'Rcvd',
		meaning: 'Bytes received since the connection started.',
		aliases: ['received', 'rcvd'],
		ss: 'bytes_received',
		read: ({table: {core}}, slot) => orUndefined(core.bytesReceived[slot]),
	}, 'bytes', '4.1'),
	traffic({
		id: 'bytesSent',
		title: 'Sent',
		meaning: 'Bytes sent since the connection started, without retransmissions if the kernel reports them (4.19).',
		aliases: ['sent'],
		ss: 'bytes_sent',
		read: ({table: {core}}, slot) => orUndefined(core.bytesSent[slot]),
	}, 'bytes', '4.1'),
];
