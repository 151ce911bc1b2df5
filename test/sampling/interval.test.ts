import test from 'ava';
import {createInterval} from '../../source/sampling/interval.js';

test('cheap samples keep the requested interval', t => {
	const interval = createInterval(1000);
	t.is(interval.after(5), 1000);
	t.is(interval.after(190), 1000);
});

test('one expensive sample does not stretch the interval, two do', t => {
	const interval = createInterval(1000);
	t.is(interval.after(900), 1000);
	t.is(interval.after(5), 1000);
	t.is(interval.after(600), 1000);
	t.is(interval.after(500), 2500);
});

test('keeps to the share of the processor', t => {
	const interval = createInterval(100, 0.1);
	interval.after(50);
	t.is(interval.after(50), 500);
});
