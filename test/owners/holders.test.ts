import test from 'ava';
import fc from '../helpers/property.js';
import {createHolders} from '../../source/owners/holders.js';

const step = fc.oneof(
	{
		weight: 3, arbitrary: fc.record({
			type: fc.constant('add' as const), inode: fc.integer({min: 1, max: 6}), process: fc.nat({max: 3}), fd: fc.nat(),
		}),
	},
	{weight: 2, arbitrary: fc.record({type: fc.constant('remove' as const), which: fc.nat()})},
);

test('holdings match a model', t => {
	fc.assert(fc.property(fc.array(step, {maxLength: 700, size: 'max'}), steps => {
		const holders = createHolders();
		let isEachNew = true;
		const model = new Map<number, {inode: number; process: number; fd: number}>();
		for (const action of steps) {
			if (action.type === 'add') {
				const {inode, process, fd} = action;
				const holding = holders.add(inode, process, fd);
				isEachNew &&= holding > 0 && !model.has(holding);
				model.set(holding, {inode, process, fd});
			} else if (model.size > 0) {
				const [holding] = [...model][action.which % model.size];
				model.delete(holding);
				holders.remove(holding);
			}
		}

		t.true(isEachNew);
		t.is(holders.size, model.size);
		for (let inode = 1; inode <= 6; inode++) {
			const found = [];
			for (let holding = holders.first(inode); holding !== 0; holding = holders.next(holding)) {
				t.is(holders.isShared(holding), [...model].filter(([, value]) => value.inode === inode).length > 1);
				found.push([holding, {inode: holders.inode(holding), process: holders.process(holding), fd: holders.fd(holding)}] as const);
			}

			const byNumber = (a: readonly [number, unknown], b: readonly [number, unknown]) => a[0] - b[0];
			t.deepEqual(found.toSorted(byNumber), [...model].filter(([, value]) => value.inode === inode).toSorted(byNumber));
		}
	}));
});
