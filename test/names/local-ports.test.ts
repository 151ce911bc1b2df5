import test from 'ava';
import {readLocalPorts} from '../../source/names/local-ports.js';

test('reads the range of local ports', t => {
	t.deepEqual(readLocalPorts(() => '1024\t65535\n'), {from: 1024, to: 65_535});
	t.is(readLocalPorts(() => 'odd'), undefined);
	t.is(readLocalPorts(() => {
		throw new Error('ENOENT');
	}), undefined);
});
