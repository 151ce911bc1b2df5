import test from 'ava';
import {readLocalPorts} from '../../source/names/local-ports.js';

test('reads the range of local ports', t => {
	t.deepEqual(readLocalPorts(() => '1024\t65535\n'), {from: 1024, to: 65_535});
	t.deepEqual(readLocalPorts(() => 'odd'), {from: 32_768, to: 60_999});
	t.deepEqual(readLocalPorts(() => {
		throw new Error('ENOENT');
	}), {from: 32_768, to: 60_999});
});
