import test from 'ava';
import {releaseMemory} from '../../source/system/release-memory.js';

test('can be called at any time, with any C library', t => {
	t.notThrows(releaseMemory);
	t.notThrows(releaseMemory);
});
