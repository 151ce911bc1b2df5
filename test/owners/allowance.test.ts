import test from 'ava';
import {createAllowance} from '../../source/owners/allowance.js';

test('an allowance is spent when its time is over', t => {
	let time = 100;
	const allowance = createAllowance(() => time, 10);
	t.false(allowance.isSpent());
	time = 110;
	allowance.use(16);
	t.true(allowance.isSpent());
	time = 0;
	t.true(allowance.isSpent());
});

test('an allowance is spent after its reads', t => {
	const allowance = createAllowance(() => 0, Infinity, 100);
	allowance.use(96);
	t.false(allowance.isSpent());
	t.is(allowance.left(), 4);
	allowance.use(16);
	t.true(allowance.isSpent());
	t.is(allowance.left(), 0);
	t.is(createAllowance(() => 0, 10).left(), Infinity);
});

test('checks the clock once in sixteen reads', t => {
	let checks = 0;
	const allowance = createAllowance(() => checks++ / 1e9, 10);
	for (let count = 0; count < 1600; count++) {
		t.false(allowance.isSpent());
		allowance.use(1);
	}

	t.true(checks < 110);
});

test('an allowance without time is spent from the start', t => {
	t.true(createAllowance(() => 5, 0).isSpent());
});
