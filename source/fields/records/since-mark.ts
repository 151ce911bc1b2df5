import {differenceSince, type Difference} from '../../table/mark.js';
import type {FieldRecord, Tone, FieldContext} from '../model/field.js';
import {moving, orUndefined, traffic} from './traffic.js';

/** In sort order. */
const differences: Readonly<Record<Difference, {readonly key: number; readonly tone: Tone}>> = {
	opened: {key: 0, tone: 'good'},
	closed: {key: 1, tone: 'dim'},
	grown: {key: 2, tone: 'notice'},
};

/** Journal entries do not change, so they have no difference. */
const differenceOf = ({table: {mark}, entries}: FieldContext, slot: number): Difference | undefined =>
	mark && entries === undefined ? differenceSince(mark, slot) : undefined;

/** What a socket has done since the mark set in the live view; absent without a mark. */
export const sinceMarkFields: readonly FieldRecord[] = [
	{
		id: 'sinceMark',
		kind: 'text',
		title: 'Since',
		meaning: 'What happened to the socket since the mark (key m): opened, closed, or grown (it has sent or received data).',
		width: {min: 6, max: 6},
		values: Object.keys(differences),
		read: differenceOf,
		tone(_, context, slot) {
			const difference = differenceOf(context, slot);
			return difference === undefined ? undefined : differences[difference].tone;
		},
		order: {
			key(context, slot) {
				const difference = differenceOf(context, slot);
				return difference === undefined ? NaN : differences[difference].key;
			},
		},
	},
	traffic({
		id: 'receivedSinceMark',
		title: '+Rcvd',
		meaning: 'Bytes received since the mark (key m).',
		read: ({table: {mark}}, slot) => mark && orUndefined(mark.receivedSince(slot)),
		tone: moving,
		importance: 75,
	}, 'bytes', '4.1'),
	traffic({
		id: 'sentSinceMark',
		title: '+Sent',
		meaning: 'Bytes sent since the mark (key m), without retransmissions if the kernel reports them (4.19).',
		read: ({table: {mark}}, slot) => mark && orUndefined(mark.sentSince(slot)),
		tone: moving,
		importance: 75,
	}, 'bytes', '4.1'),
];
