import test from 'ava';
import {createClock, type Clock} from '../../source/sampling/clock.js';

type Timer = {readonly at: number; readonly callback: () => void};

/** Starts a clock with a time set by the test. The test also ends the samples. */
const startClock = ({interval = 1000, isStill = false} = {}) => {
	let time = 0;
	let timer: Timer | undefined;
	let end: ((error?: Error) => void) | undefined;
	const ended: number[] = [];
	const failures: unknown[] = [];
	const clock: Clock = createClock({
		interval,
		isStill,
		async sample() {
			const {promise, resolve, reject} = Promise.withResolvers<() => undefined>();
			end = error => {
				end = undefined;
				if (error === undefined) {
					resolve(() => {
						ended.push(time);
						return undefined;
					});
				} else {
					reject(error);
				}
			};

			return promise;
		},
		onFailure(error) {
			failures.push(error);
		},
		now: () => time,
		later(callback, milliseconds) {
			const set = {at: time + milliseconds, callback};
			timer = set;
			return () => {
				timer = timer === set ? undefined : timer;
			};
		},
	});
	return {
		clock,
		ended,
		failures,
		/** When the next sample comes; undefined for never. */
		next: () => timer?.at,
		pass(milliseconds: number) {
			time += milliseconds;
		},
		/** Advances to the time of the next sample. */
		ring() {
			const rung = timer;
			timer = undefined;
			time = rung?.at ?? time;
			rung?.callback();
		},
		/** Ends the current sample, with its cost in milliseconds. */
		async end(milliseconds = 0, error?: Error) {
			time += milliseconds;
			clock.took(milliseconds);
			end?.(error);
			await new Promise(resolve => {
				setImmediate(resolve);
			});
		},
	};
};

test('samples at the requested interval, from start to start', async t => {
	const {clock, ended, next, ring, end} = startClock();
	clock.start();
	t.true(clock.isSampling());
	t.is(next(), undefined);
	await end(30);
	t.false(clock.isSampling());
	t.deepEqual([ended, next()], [[30], 1000]);
	ring();
	await end(30);
	t.deepEqual([ended, next()], [[30, 1030], 2000]);
});

test('two expensive samples stretch the interval, and the rest of the share is returned', async t => {
	const {clock, next, ring, end} = startClock();
	clock.start();
	await end(400);
	ring();
	await end(400);
	t.is(next(), 1000 + 2000);
	t.like(clock.read(), {intervalAsked: 1000, interval: 2000, sampleTime: 400});
	t.is(clock.took(300), 0);
	t.is(clock.took(50), 150);
});

test('sampleNow samples at once, but keeps to the interval during a sample', async t => {
	const {clock, next, pass, ring, end} = startClock();
	clock.start();
	await end();
	pass(300);
	clock.sampleNow();
	t.is(next(), 300);
	ring();
	clock.sampleNow();
	ring();
	t.true(clock.isSampling());
	await end();
	t.is(next(), 1300);
});

test('resample makes the next sample come as soon as the share of the core allows', async t => {
	const {clock, next, ring, end} = startClock();
	clock.start();
	await end(40);
	clock.resample();
	t.is(next(), 200);
	ring();
	clock.resample();
	t.is(next(), undefined, 'the current sample schedules the next one');
	await end(40);
	t.is(next(), 400);
	ring();
	await end(40);
	t.is(next(), 1400, 'only once');
});

test('a new interval counts from the start of the last sample', async t => {
	const {clock, next, pass, end} = startClock();
	clock.start();
	clock.setInterval(500);
	t.is(next(), undefined, 'a sample is under way');
	await end(10);
	t.is(next(), 500);
	pass(90);
	clock.setInterval(2000);
	t.is(next(), 2000);
	pass(1000);
	clock.setInterval(700);
	t.is(next(), 1100, 'the time has passed already');
});

test('does not sample while paused', async t => {
	const {clock, next, end} = startClock();
	clock.start();
	clock.pause(true);
	await end();
	t.is(next(), undefined);
	clock.sampleNow();
	clock.resample();
	t.is(next(), undefined);
	t.true(clock.read().paused);
	clock.pause(false);
	t.is(next(), 0);
});

test('a source that never changes is sampled once', async t => {
	const {clock, ended, next, end} = startClock({isStill: true});
	clock.start();
	await end();
	clock.sampleNow();
	t.deepEqual([ended, next()], [[0], undefined]);
});

test('reports a failed sample, and continues', async t => {
	const {clock, ended, failures, next, ring, end} = startClock();
	clock.start();
	await end(10, new Error('failed'));
	t.deepEqual([ended, failures.length, next()], [[], 1, 1010]);
	t.false(clock.isSampling());
	ring();
	await end(10);
	t.deepEqual(ended, [1020]);
});

test('a stopped clock does nothing more, however the current sample ends', async t => {
	for (const error of [undefined, new Error('closed')]) {
		const {clock, ended, failures, next, end} = startClock();
		clock.start();
		clock.stop();
		await end(0, error);
		clock.sampleNow();
		t.deepEqual([ended, failures, next()], [[], [], undefined]);
	}
});
