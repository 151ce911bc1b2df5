import test from 'ava';
import {createPlaying} from '../../source/engine/playing.js';
import type {StoredMoment} from '../../source/recording/frames/frame-store.js';

const momentAt = (time: number): StoredMoment => ({
	moment: {
		time, run: 1, number: time, isKey: true, elapsed: 1000, sockets: 0, opened: 0, closed: 0, resets: 0, problems: 0, dropped: 0,
	},
	state() {
		throw new Error('Must not be called');
	},
});

/** Plays a recording with samples at these times, with frames every `tick` milliseconds. */
const start = (times: readonly number[], tick: number, first = 0) => {
	const moments = times.map(time => momentAt(time));
	const shown: number[] = [];
	let current = first;
	let clock = 0;
	const {promise: ended, resolve: end} = Promise.withResolvers<void>();
	/** Called before each frame. */
	let before = (): void => undefined;
	const playing = createPlaying({
		store: {moments: () => moments},
		current: () => current,
		async show(time) {
			current = times.findLastIndex(each => each <= time);
			shown.push(times[current]);
		},
		end,
		async wait() {
			clock += tick;
			before();
		},
		now: () => clock,
	});
	return {
		playing, shown, ended, beforeEach(next: () => void) {
			before = next;
		},
	};
};

test('at speed 1, playback takes as long as the recording, and stops at the end', async t => {
	const {playing, shown, ended} = start([0, 1000, 2000, 3000], 500);
	playing.play(1);
	t.is(playing.speed(), 1);
	await ended;
	t.deepEqual(shown, [1000, 2000, 3000]);
	t.is(playing.speed(), 0);
});

test('at higher speeds, playback skips samples between two frames', async t => {
	const {playing, shown, ended} = start([0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000], 200);
	playing.play(10);
	await ended;
	t.deepEqual(shown, [2000, 4000, 6000, 8000]);
});

test('playback skips gaps in the recording', async t => {
	const {playing, shown, ended} = start([0, 1000, 90_000_000, 90_001_000], 1000);
	playing.play(1);
	await ended;
	t.deepEqual(shown, [1000, 90_000_000, 90_001_000]);
});

test('playback stops, and continues from there at another speed', async t => {
	const {playing, shown, ended, beforeEach} = start([0, 1000, 2000, 3000, 4000], 1000);
	const {promise: stopped, resolve} = Promise.withResolvers<void>();
	beforeEach(() => {
		if (shown.length !== 2) {
			return;
		}

		playing.play(0);
		resolve();
	});
	playing.play(1);
	await stopped;
	t.deepEqual(shown, [1000, 2000]);
	t.is(playing.speed(), 0);
	beforeEach(() => undefined);
	playing.play(2);
	await ended;
	t.deepEqual(shown, [1000, 2000, 4000]);
});
