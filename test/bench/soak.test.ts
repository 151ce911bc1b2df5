import test from 'ava';
import {slopeOf} from '../../bench/groups/soak.js';
import {runInside} from '../../bench/inside/run-inside.js';
import type {SoakFigures, SoakPoint} from '../../bench/inside/soak.js';
import {openScene, testInNamespace} from '../helpers/conntop.js';

testInNamespace('handles and descriptors do not grow while sockets open and close and keys are typed', async t => {
	const scene = await openScene(t);
	const {points, frames, opened} = await runInside<SoakFigures>(scene, 'soak.ts', ['200', '4']);
	t.deepEqual(points.map(({ticks}) => ticks), [50, 100, 150, 200]);
	t.true(frames > 0 && opened > 0);
	const [first, ...others] = points;
	// Fewer are allowed: the start may open something that is closed later, such as the code cache.
	for (const {ticks, handles, descriptors} of others) {
		t.true(handles <= first.handles, `${handles} handles after ${ticks} samples, ${first.handles} at first`);
		t.true(descriptors <= first.descriptors, `${descriptors} descriptors after ${ticks} samples, ${first.descriptors} at first`);
	}
});

const pointsOf = (...values: readonly number[]): readonly SoakPoint[] => values.map((heap, index) => ({
	ticks: index * 10, heap, external: 0, resident: 0, handles: 0, descriptors: 0,
}));

test('computes the growth per sample', t => {
	t.is(slopeOf(pointsOf(5, 5, 5), 'heap'), 0);
	t.is(slopeOf(pointsOf(0, 100, 200, 300), 'heap'), 10);
	t.is(slopeOf(pointsOf(300, 200, 100), 'heap'), -10);
});
