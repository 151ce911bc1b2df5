import {setImmediate as nextTurn} from 'node:timers/promises';
import test from 'ava';
import {createWorkClock} from '../../source/system/processor-time.js';

test('the clock stops while the work yields', async t => {
	let time = 5;
	let isDue = false;
	const {now, stopWhile} = createWorkClock(() => time);
	const yieldNow = stopWhile((): Promise<void> | undefined => isDue ? nextTurn() : undefined);
	time += 8;
	t.is(yieldNow(), undefined);
	t.is(now(), 13);
	isDue = true;
	const otherWork = yieldNow();
	time += 100;
	await otherWork;
	time += 2;
	t.is(now(), 15);
});

test('the clock counts what another thread does while the work yields', async t => {
	let time = 5;
	const {now, stopWhile} = createWorkClock(() => time);
	const yieldNow = stopWhile((threadWork): Promise<unknown> | undefined => threadWork);
	const {promise, resolve} = Promise.withResolvers<number>();
	const otherWork = yieldNow(promise);
	time += 100;
	resolve(30);
	await otherWork;
	t.is(now(), 35);
});
