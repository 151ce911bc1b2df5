import test from 'ava';
import {createClock, type Clock} from '../../source/sampling/clock.js';

type Timer = {readonly at: number; readonly callback: () => void};

/** A clock whose time the test sets, and whose samples end when the test says so. */
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
		/** Goes on to the moment of the next sample. */
		ring() {
			const rung = timer;
			timer = undefined;
			time = rung?.at ?? time;
			rung?.callback();
		},
		/** Ends the sample under way, which took so long. */
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

test('samples from start to start as often as asked', async t => {
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

test('two dear samples stretch the interval, and what the share leaves over is told', async t => {
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

test('hurries at once, and after a sample that is under way keeps to the interval', async t => {
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

test('what is amiss makes the next sample come as soon as the share of the core allows', async t => {
	const {clock, next, ring, end} = startClock();
	clock.start();
	await end(40);
	clock.resample();
	t.is(next(), 200);
	ring();
	clock.resample();
	t.is(next(), undefined, 'the sample under way sets it');
	await end(40);
	t.is(next(), 400);
	ring();
	await end(40);
	t.is(next(), 1400, 'only once');
});

test('takes another interval from the start of the last sample', async t => {
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
	t.is(next(), 1100, 'the moment is over');
});

test('nothing is sampled while paused', async t => {
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

test('what never changes is sampled once', async t => {
	const {clock, ended, next, end} = startClock({isStill: true});
	clock.start();
	await end();
	clock.sampleNow();
	t.deepEqual([ended, next()], [[0], undefined]);
});

test('a sample that fails is told, and another one follows', async t => {
	const {clock, ended, failures, next, ring, end} = startClock();
	clock.start();
	await end(10, new Error('failed'));
	t.deepEqual([ended, failures.length, next()], [[], 1, 1010]);
	t.false(clock.isSampling());
	ring();
	await end(10);
	t.deepEqual(ended, [1020]);
});

test('a clock that was stopped does nothing more, however the sample under way ends', async t => {
	for (const error of [undefined, new Error('closed')]) {
		const {clock, ended, failures, next, end} = startClock();
		clock.start();
		clock.stop();
		await end(0, error);
		clock.sampleNow();
		t.deepEqual([ended, failures, next()], [[], [], undefined]);
	}
});
