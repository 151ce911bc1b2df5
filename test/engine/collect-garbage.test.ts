import {setImmediate as nextTurn} from 'node:timers/promises';
import test from 'ava';
import {collectGarbage} from '../../source/engine/collect-garbage.js';

test('collects what nobody refers to', async t => {
	const reference = new WeakRef({something: 'large'});
	// What a weak reference was just made for lives as long as the code that runs.
	await nextTurn();
	collectGarbage();
	t.is(reference.deref(), undefined);
});
