import {differenceSince, type Difference} from '../../table/mark.js';
import type {FieldRecord, Tone, World} from '../model/field.js';
import {moving, orUndefined, traffic} from './traffic.js';

/** In their order. */
const differences: Readonly<Record<Difference, {readonly key: number; readonly tone: Tone}>> = {
	opened: {key: 0, tone: 'good'},
	closed: {key: 1, tone: 'dim'},
	grown: {key: 2, tone: 'notice'},
};

/** Entries of the journal say what happened, and do not become anything. */
const differenceOf = ({table: {mark}, entries}: World, slot: number): Difference | undefined =>
	mark && entries === undefined ? differenceSince(mark, slot) : undefined;

/** What a socket did since the moment that was marked in the live view; absent while none is. */
export const sinceMarkFields: readonly FieldRecord[] = [
	{
		id: 'sinceMark',
		kind: 'text',
		title: 'Since',
		meaning: 'What became of the socket since the mark (key m): opened, closed, or grown, which is that it has sent or received.',
		width: {min: 6, max: 6},
		values: Object.keys(differences),
		read: differenceOf,
		tone(_, world, slot) {
			const difference = differenceOf(world, slot);
			return difference === undefined ? undefined : differences[difference].tone;
		},
		order: {
			key(world, slot) {
				const difference = differenceOf(world, slot);
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
		meaning: 'Bytes sent since the mark (key m), without retransmissions where the kernel can tell them (4.19).',
		read: ({table: {mark}}, slot) => mark && orUndefined(mark.sentSince(slot)),
		tone: moving,
		importance: 75,
	}, 'bytes', '4.1'),
];
