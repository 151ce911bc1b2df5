import test from 'ava';
import {runParts, type WaitingParts} from '../../source/parts/parts.js';
import {createYielder} from '../../source/parts/yielder.js';

/** Parts that wait once for another thread, and what happens in which order. */
const waiting = () => {
	const order: string[] = [];
	const {promise, resolve} = Promise.withResolvers<number>();
	const parts = function * (): WaitingParts<string> {
		order.push('first');
		yield promise;
		order.push('second');
		yield;
		return 'done';
	};

	return {
		order,
		parts: parts(),
		finish() {
			order.push('finished');
			resolve(5);
		},
	};
};

const yielders = [
	['without a yielder', undefined],
	['with a yielder that has time left', createYielder(Infinity)],
	['with one that waits for nothing', () => undefined],
	['with one that waits for other work', async () => undefined],
] as const;

for (const [how, yieldNow] of yielders) {
	test(`the next part waits for work in another thread, ${how}`, async t => {
		const {order, parts, finish} = waiting();
		const run = runParts(parts, yieldNow);
		setImmediate(finish);
		t.is(await run, 'done');
		t.deepEqual(order, ['first', 'finished', 'second']);
	});
}

test('after work in another thread, work that must be finished first is waited for, too', async t => {
	const {order, parts, finish} = waiting();
	const yieldNow = createYielder(Infinity, async () => {
		order.push('other');
	});
	setImmediate(finish);
	await runParts(parts, yieldNow);
	t.deepEqual(order, ['first', 'finished', 'other', 'second']);
});
