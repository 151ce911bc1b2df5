import test from 'ava';
import {createNumbers} from '../../source/namespaces/numbers.js';

test('a returned number is reused after the delay', t => {
	const numbers = createNumbers(10, 1000);
	t.deepEqual([numbers.take(0), numbers.take(0)], [1, 2]);
	numbers.giveBack(1, 500);
	t.is(numbers.take(1499), 3);
	t.is(numbers.take(1500), 1);
	t.is(numbers.take(1500), 4);
});

test('the numbers are limited', t => {
	const numbers = createNumbers(2, 0);
	t.deepEqual([numbers.take(0), numbers.take(0), numbers.take(0)], [1, 2, undefined]);
	numbers.giveBack(2, 0);
	t.is(numbers.take(0), 2);
});
