import test from 'ava';
import fc from '../helpers/property.js';
import {createInodeSet} from '../../source/owners/inode-set.js';

test('contains exactly the inodes that were added since it was cleared', t => {
	const inode = fc.integer({min: 0, max: 0xFF_FF_FF_FF});
	fc.assert(fc.property(fc.array(inode), fc.array(inode), (before, after) => {
		const set = createInodeSet();
		for (const member of before) {
			set.add(member);
		}

		set.clear();
		t.is(set.size, 0);
		for (const member of after) {
			set.add(member);
		}

		t.is(set.size, new Set(after).size);
		for (const candidate of [...before, ...after, ...after.map(member => (member + 32_768) % 2 ** 32)]) {
			t.is(set.has(candidate), after.includes(candidate));
		}
	}));
});
