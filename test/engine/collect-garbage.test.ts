import {setImmediate as nextTurn} from 'node:timers/promises';
import test from 'ava';
import {collectGarbage} from '../../source/engine/collect-garbage.js';

test('collects unreferenced objects', async t => {
	const reference = new WeakRef({something: 'large'});
	// The target of a new weak reference is kept until the current job ends.
	await nextTurn();
	collectGarbage();
	t.is(reference.deref(), undefined);
});
