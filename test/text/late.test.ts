import test from 'ava';
import {createLate} from '../../source/text/late.js';

test('a value is created at the first call, and once', t => {
	let count = 0;
	const late = createLate(() => {
		count++;
		return {};
	});
	t.is(count, 0);
	t.is(late(), late());
	t.is(count, 1);
});
