import {setImmediate as nextTurn} from 'node:timers/promises';
import test from 'ava';
import {createSamplingLoop, type LoopOptions, type Sampled} from '../../source/sampling/loop.js';
import {createOwnerSets} from '../../source/owners/owner-sets.js';
import type {Sampler} from '../../source/sampling/sampler.js';
import {systemTime} from '../../source/sources/time.js';
import {SocketTable} from '../../source/table/socket-table.js';
import {netlinkFacts} from '../helpers/source-facts.js';

/** Starts a loop without sockets, whose samples take `sampleTime` milliseconds of processor time. The test decides which samples fail. */
const startLoop = (options: Partial<LoopOptions> = {}, sampleTime = 1) => {
	const table = new SocketTable();
	const budgets: number[] = [];
	const taken: Sampled[] = [];
	const problems: string[] = [];
	let error: Error | undefined;
	let closed = 0;
	let begun = 0;
	let onLoss = (): void => undefined;
	const sampler: Sampler = {
		source: {
			facts: netlinkFacts,
			time: systemTime,
			sample: () => ({complete: [], problems: []}),
			onLoss(callback) {
				onLoss = callback;
			},
			close() {
				// Replaces the sampler's own, to count calls.
			},
		},
		context: {
			table, owners: createOwnerSets(), userName: () => undefined, interfaceName: () => undefined, namespace: () => undefined, cgroupPath: () => undefined,
		},
		async sample() {
			begun++;
			if (error !== undefined) {
				throw error;
			}

			table.begin(table.now + 1000);
			return {
				changes: table.end([]), problems: [`problem ${begun}`], time: sampleTime, droppedEvents: 0,
			};
		},
		async findOwners(_changes, budget) {
			budgets.push(budget);
		},
		sampleTime: () => 0,
		hiddenOwners: () => 0,
		privilege: {sentence: 'run as root', word: 'root'},
		close() {
			closed++;
		},
	};
	const loop = createSamplingLoop({
		sampler,
		interval: 1_000_000,
		needs: () => ({columns: new Set(), protocols: ['tcp']}),
		onSample(sampled) {
			taken.push(sampled);
			return undefined;
		},
		onFailure(problem) {
			problems.push(problem);
		},
		...options,
	});
	loop.start();
	return {
		loop,
		taken,
		problems,
		budgets,
		closed: () => closed,
		begun: () => begun,
		lose() {
			onLoss();
		},
		fail(next: Error | undefined) {
			error = next;
		},
	};
};

const until = async (isMet: () => boolean): Promise<void> => {
	while (!isMet()) {
		await nextTurn();
	}
};

test('reports each sample with its number and problems; the first owner search is short', async t => {
	const {loop, taken, budgets, closed} = startLoop();
	await until(() => taken.length === 1);
	t.is(loop.samples(), 1);
	loop.sampleNow();
	await until(() => taken.length === 2);
	t.deepEqual(taken.map(({number, problems}) => [number, problems]), [[1, ['problem 1']], [2, ['problem 2']]]);
	t.deepEqual(budgets.map(budget => budget > 100), [false, true]);
	loop.stop();
	loop.stop();
	await loop.ended;
	t.is(closed(), 1);
});

test('the owner search gets its part of a long interval although the sample has used its whole share', async t => {
	const {loop, taken, budgets} = startLoop({interval: 1000}, 2000);
	await until(() => taken.length === 1);
	loop.sampleNow();
	await until(() => taken.length === 2);
	t.is(loop.status().interval, 10_000);
	t.is(budgets[1], 300);
	loop.stop();
	await loop.ended;
});

test('a failed first sample ends the loop and closes the source', async t => {
	const {loop, fail, closed} = startLoop({
		needs() {
			fail(new Error('no tables'));
			return {columns: new Set(), protocols: []};
		},
	});
	await t.throwsAsync(loop.ended, {message: 'no tables'});
	t.is(closed(), 1);
});

test('a later failure is reported, and the loop goes on', async t => {
	const {loop, taken, problems, fail} = startLoop();
	await until(() => taken.length === 1);
	fail(new Error('ss failed'));
	loop.sampleNow();
	await until(() => problems.length === 1);
	t.deepEqual(problems, ['ss failed; trying again']);
	fail(undefined);
	loop.sampleNow();
	await until(() => taken.length === 2);
	loop.stop();
	await t.notThrowsAsync(loop.ended);
});

test('if a callback throws, the loop ends with that error', async t => {
	const {loop, closed} = startLoop({
		onSample() {
			throw new Error('cannot answer');
		},
		onFailure(problem) {
			throw new Error(`nor report: ${problem}`);
		},
	});
	await t.throwsAsync(loop.ended, {message: 'nor report: cannot answer; trying again'});
	t.is(closed(), 1);
});

test('the next sample waits for the work after the previous one, which gets the time of the next', async t => {
	const {promise: written, resolve: finishWriting} = Promise.withResolvers<void>();
	const log: string[] = [];
	const {loop, begun} = startLoop({
		async onSample({number, due}) {
			if (number === 1) {
				await due;
				log.push('due');
				await written;
				log.push('written');
			} else {
				log.push(`sample ${number}`);
			}
		},
	});
	await until(() => loop.samples() === 1 && !loop.isSampling());
	loop.sampleNow();
	await until(() => log.length === 1);
	await nextTurn();
	t.deepEqual([log, begun()], [['due'], 1]);
	finishWriting();
	await until(() => log.length === 3);
	t.deepEqual(log, ['due', 'written', 'sample 2']);
	loop.stop();
});

test('dropped destroy events trigger a sample', async t => {
	const {loop, taken, lose} = startLoop();
	await until(() => taken.length === 1);
	lose();
	await until(() => taken.length === 2);
	t.is(loop.samples(), 2);
	loop.stop();
});

test('no sample begins before the other work is finished', async t => {
	const {promise, resolve} = Promise.withResolvers<void>();
	const {loop, taken, begun} = startLoop({until: (): Promise<void> | undefined => promise});
	await nextTurn();
	t.is(begun(), 0);
	resolve();
	await until(() => taken.length === 1);
	loop.stop();
});
