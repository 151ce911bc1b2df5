import {setImmediate as nextTurn} from 'node:timers/promises';
import test from 'ava';
import {startStopwatch} from '../../source/system/processor-time.js';

test('what others do while work yields does not count', async t => {
	let time = 5;
	let isDue = false;
	const {rest, read} = startStopwatch((): Promise<void> | undefined => isDue ? nextTurn() : undefined, () => time);
	time += 8;
	t.is(rest?.(), undefined);
	isDue = true;
	const resting = rest?.();
	time += 100;
	await resting;
	time += 2;
	t.is(read(), 10);
});

test('work that does not yield is measured whole', t => {
	let time = 0;
	const {rest, read} = startStopwatch(undefined, () => time);
	time = 7;
	t.is(rest, undefined);
	t.is(read(), 7);
});
