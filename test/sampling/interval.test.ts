import test from 'ava';
import {createInterval} from '../../source/sampling/interval.js';

test('cheap samples come as often as asked', t => {
	const interval = createInterval(1000);
	t.is(interval.after(5), 1000);
	t.is(interval.after(190), 1000);
});

test('one dear sample stretches nothing, two do', t => {
	const interval = createInterval(1000);
	t.is(interval.after(900), 1000);
	t.is(interval.after(5), 1000);
	t.is(interval.after(600), 1000);
	t.is(interval.after(500), 2500);
});

test('the share of the processor is kept', t => {
	const interval = createInterval(100, 0.1);
	interval.after(50);
	t.is(interval.after(50), 500);
});
