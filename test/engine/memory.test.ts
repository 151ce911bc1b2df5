import {setImmediate as nextTurn} from 'node:timers/promises';
import test from 'ava';
import {createMemory} from '../../source/engine/memory.js';
import {createStillSampler} from '../helpers/still-sampler.js';
import {createTestContext} from '../helpers/context.js';
import {until} from '../helpers/until.js';

/** A memory of a table with a number of sockets. */
const start = (sockets: number) => {
	const context = createTestContext([]);
	for (let number = 0; number < sockets; number++) {
		context.add({core: {uid: number}});
	}

	const changes = context.table.end([]);
	const memory = createMemory(createStillSampler(context));
	const take = async () => memory.take({changes, yieldNow: () => undefined});
	/** The first call loads the code; frames are kept from then on. */
	const keepFirst = async (): Promise<void> => {
		while (memory.moments().length === 0) {
			await take();
			await nextTurn();
		}
	};

	return {
		memory, changes, context, take, keepFirst,
	};
};

test('a frame of a large table is kept in parts, between which keys are answered', async t => {
	const {memory, changes, keepFirst} = start(10_000);
	await keepFirst();
	let parts = 0;
	let isDone = false;
	const {promise: key, resolve: answer} = Promise.withResolvers<void>();
	const taking = (async () => {
		await memory.take({
			changes,
			yieldNow: (): Promise<void> | undefined => ++parts === 3 ? key : undefined,
		});
		isDone = true;
	})();
	await until(() => parts === 3, 'the third part');
	t.false(isDone);
	t.is(memory.moments().length, 1, 'an unfinished frame is no moment');
	answer();
	await taking;
	t.is(memory.moments().length, 2);
	t.deepEqual(memory.moments().map(({moment}) => moment.sockets), [10_000, 10_000]);
	t.is(memory.moments()[1].state().slots().length, 10_000);
});

test('of a very large table, a frame is kept only every ten seconds', async t => {
	const {keepFirst, take, memory, context: {table}} = start(20_001);
	await keepFirst();
	for (const [now, count] of [[9000, 1], [10_000, 2], [19_000, 2], [20_000, 3]] as const) {
		table.begin(now);
		table.end([]);
		await take();
		t.is(memory.moments().length, count, `at ${now} ms`);
	}
});
