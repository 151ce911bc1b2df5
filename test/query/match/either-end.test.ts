import test from 'ava';
import fc from '../../helpers/property.js';
import {filterConnections} from '../../../source/query/match/either-end.js';
import {
	filterBy,
	filterSlots,
	keepAll,
	union,
} from '../../../source/query/match/selection-filter.js';
import type {Connections} from '../../../source/table/connections.js';

/** Connections between random slots; of each two, one is hidden. */
const anyConnections = fc.tuple(fc.shuffledSubarray(Array.from({length: 200}, (_, slot) => slot)), fc.nat()).map(([ends, seed]): Connections => {
	const others = new Map<number, number>();
	for (let index = 0; index + 1 < ends.length; index += 2) {
		others.set(ends[index], ends[index + 1]);
		others.set(ends[index + 1], ends[index]);
	}

	return {
		otherEnd: slot => others.get(slot) ?? -1,
		isHidden: slot => others.has(slot) && (slot > (others.get(slot) ?? -1)) === (seed % 2 === 0),
		isListenedAt: () => false,
		hidden: others.size / 2,
		bytes: 0,
	};
});

test('a row is kept where the filter keeps either end, and the other end has none', t => {
	fc.assert(fc.property(anyConnections, fc.uniqueArray(fc.nat(199)), fc.uniqueArray(fc.nat(199)), (connections, wanted, slots) => {
		const sorted = Uint32Array.from(slots).toSorted();
		// A filter that takes slots in ascending order only.
		const filter = union([filterBy(slot => wanted.includes(slot) && slot % 2 === 0), filterBy(slot => wanted.includes(slot) && slot % 2 === 1)]);
		const kept = filterSlots(sorted, filterConnections(connections, filter, 200));
		const expected = [...sorted].filter(slot => !connections.isHidden(slot) && (wanted.includes(slot) || wanted.includes(connections.otherEnd(slot))));
		t.deepEqual([...kept], expected);
		t.deepEqual([...filterSlots(sorted, filterConnections(connections, keepAll, 200))], [...sorted].filter(slot => !connections.isHidden(slot)));
	}));
});
