import test from 'ava';
import fc from '../../helpers/property.js';
import {filterConnections} from '../../../source/query/match/either-end.js';
import {
	filterBy,
	filterSlots,
	keepAll,
	union,
} from '../../../source/query/match/selection-filter.js';
import type {ConnectionColumns} from '../../../source/table/connections.js';

/** Connections between random slots. One slot of each pair is hidden. */
const anyConnections = fc.tuple(fc.shuffledSubarray(Array.from({length: 200}, (_, slot) => slot)), fc.nat()).map(([ends, seed]): ConnectionColumns => {
	const otherEnds = new Int32Array(200).fill(-1);
	const hidden = new Uint8Array(200);
	for (let index = 0; index + 1 < ends.length; index += 2) {
		otherEnds[ends[index]] = ends[index + 1];
		otherEnds[ends[index + 1]] = ends[index];
		hidden[ends[index + ((seed + index) % 4 < 2 ? 0 : 1)]] = 1;
	}

	return {otherEnds, hidden};
});

test('keeps the row of a connection if the filter matches either socket, and hides the other one', t => {
	fc.assert(fc.property(anyConnections, fc.uniqueArray(fc.nat(199)), fc.uniqueArray(fc.nat(199)), (connections, wanted, slots) => {
		const {otherEnds, hidden} = connections;
		const sorted = Uint32Array.from(slots).toSorted();
		// This filter requires slots in ascending order.
		const filter = union([filterBy(slot => wanted.includes(slot) && slot % 2 === 0), filterBy(slot => wanted.includes(slot) && slot % 2 === 1)]);
		const kept = filterSlots(sorted, filterConnections(connections, filter));
		const expected = [...sorted].filter(slot => hidden[slot] === 0 && (wanted.includes(slot) || wanted.includes(otherEnds[slot])));
		t.deepEqual([...kept], expected);
		t.deepEqual([...filterSlots(sorted, filterConnections(connections, keepAll))], [...sorted].filter(slot => hidden[slot] === 0));
	}));
});
