import test from 'ava';
import {createSystemServices} from '../../source/names/services.js';

test('reads the file once, at the first lookup', t => {
	let reads = 0;
	const services = createSystemServices(() => {
		reads++;
		return 'gopher 70/tcp\n';
	});
	t.is(reads, 0);
	t.deepEqual(services('gopher'), [70]);
	t.deepEqual(services('https'), [443]);
	t.is(services('nonsense'), undefined);
	t.is(reads, 1);
});
