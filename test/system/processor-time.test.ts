import {setImmediate as nextTurn} from 'node:timers/promises';
import test from 'ava';
import {createWorkClock} from '../../source/system/processor-time.js';

test('what others do while work yields does not count', async t => {
	let time = 5;
	let isDue = false;
	const {now, stopWhile: stopAt} = createWorkClock(() => time);
	const rest = stopAt((): Promise<void> | undefined => isDue ? nextTurn() : undefined);
	time += 8;
	t.is(rest(), undefined);
	t.is(now(), 13);
	isDue = true;
	const resting = rest();
	time += 100;
	await resting;
	time += 2;
	t.is(now(), 15);
});
