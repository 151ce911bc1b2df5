import type {FieldRecord, NumberField, Tone} from '../model/field.js';

type Traffic = Pick<NumberField, 'id' | 'title' | 'meaning' | 'read' | 'importance' | 'shownFor'> & Partial<Pick<NumberField, 'aliases' | 'ss' | 'tone'>>;

/** What a floating column holds. */
export const orUndefined = (value: number): number | undefined => Number.isNaN(value) ? undefined : value;

/** Families without rates bring no columns for them. */
const isKnown = (): boolean => true;

/** A field of payload. */
export const traffic = (field: Traffic, unit: 'bytes' | 'bytesPerSecond', since: string): FieldRecord => ({
	kind: 'number', unit, width: {min: 6, max: 6}, since, sum: field.read, isInSubflows: true, ...field,
});

/** What does not move is dim; what does is usual. */
export const moving = (rate: number): Tone | undefined => rate === 0 ? 'dim' : undefined;

/** What went through a socket, and how fast. TCP only: the kernel counts nothing for UDP. */
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
		meaning: 'Bytes received and sent per second, together.',
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
		meaning: 'Bytes received since the connection was made.',
		aliases: ['received', 'rcvd'],
		ss: 'bytes_received',
		read: ({table: {core}}, slot) => orUndefined(core.bytesReceived[slot]),
	}, 'bytes', '4.1'),
	traffic({
		id: 'bytesSent',
		title: 'Sent',
		meaning: 'Bytes sent since the connection was made, without retransmissions where the kernel can tell them (4.19).',
		aliases: ['sent'],
		ss: 'bytes_sent',
		read: ({table: {core}}, slot) => orUndefined(core.bytesSent[slot]),
	}, 'bytes', '4.1'),
];
