import test from 'ava';
import {releaseMemory} from '../../source/system/release-memory.js';

test('can be asked for at any time, whatever the C library', t => {
	t.notThrows(releaseMemory);
	t.notThrows(releaseMemory);
});
