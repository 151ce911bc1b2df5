import {readFileSync} from 'node:fs';
import {constants} from 'node:os';
import test from 'ava';
import fc from '../helpers/property.js';
import {openDestroyFeed, type DestroyFeed} from '../../source/netlink/destroy-feed.js';
import type {DestroySocket} from '../../source/netlink/destroy-socket.js';
import {headerLength} from '../../source/netlink/framing.js';
import {SystemCallError} from '../../source/system/system-calls.js';

const recording = readFileSync(new URL('../fixtures/netlink/destroy-events.nl', import.meta.url));

/** The messages of the recording. */
const messages: readonly Uint8Array[] = (() => {
	const parts: Uint8Array[] = [];
	for (let offset = 0; offset < recording.byteLength;) {
		const length = recording.readUInt32LE(offset);
		parts.push(Uint8Array.from(recording.subarray(offset, offset + length)));
		offset += (length + 3) & ~3;
	}

	return parts;
})();

type Scripted = {
	readonly feed: DestroyFeed;
	/** The kernel's queue for the feed: datagrams, and reports of lost ones. */
	readonly kernel: Array<Uint8Array | 'lost'>;
	readonly wake: () => void;
	/** Fires the timer that the feed waits for. */
	readonly fireTimer: () => void;
	readonly isWatching: () => boolean;
	readonly losses: () => number;
	readonly drops: {count: number | undefined};
};

const script = (capacity?: number): Scripted => {
	const kernel: Array<Uint8Array | 'lost'> = [];
	const drops: {count: number | undefined} = {count: 0};
	let wake = (): void => undefined;
	let isWatching = false;
	let later: (() => void) | undefined;
	let losses = 0;
	const socket: DestroySocket = {
		receive(buffer) {
			const next = kernel.shift();
			if (next === 'lost') {
				throw new SystemCallError('recv', constants.errno.ENOBUFS);
			}

			if (next === undefined) {
				return -1;
			}

			buffer.set(next.subarray(0, buffer.byteLength));
			return next.byteLength;
		},
		drops: () => drops.count,
		watch(callback) {
			wake = callback;
			return {
				start() {
					isWatching = true;
				},
				stop() {
					isWatching = false;
				},
				close() {
					isWatching = false;
				},
			};
		},
		close: () => undefined,
	};
	const feed = openDestroyFeed({
		open: () => socket,
		onLoss() {
			losses++;
		},
		...(capacity !== undefined && {capacity}),
		later(callback) {
			later = callback;
			return () => {
				later = undefined;
			};
		},
	});
	return {
		feed,
		kernel,
		wake() {
			wake();
		},
		fireTimer() {
			const callback = later;
			later = undefined;
			callback?.();
		},
		isWatching: () => isWatching,
		losses: () => losses,
		drops,
	};
};

const replayAll = (feed: DestroyFeed): readonly Uint8Array[] => {
	const replayed: Uint8Array[] = [];
	feed.replay((start, end) => {
		replayed.push(feed.views.bytes.slice(start - headerLength, end));
		return true;
	});
	return replayed;
};

test('passes messages on in order, and keeps those that are not done', t => {
	fc.assert(fc.property(fc.array(fc.record({which: fc.nat(messages.length - 1), isDone: fc.boolean()})), picks => {
		const {feed, kernel} = script();
		kernel.push(...picks.map(({which}) => messages[which]));
		feed.drain();
		t.is(feed.waiting, picks.length);
		const seen: Uint8Array[] = [];
		feed.replay((start, end, position) => {
			seen.push(feed.views.bytes.slice(start - headerLength, end));
			return picks[position].isDone;
		});
		t.deepEqual(seen, picks.map(({which}) => messages[which]));
		const rest = picks.filter(({isDone}) => !isDone);
		t.is(feed.waiting, rest.length);
		kernel.push(messages[0]);
		feed.drain();
		t.deepEqual(replayAll(feed), [...rest.map(({which}) => messages[which]), messages[0]]);
		t.is(feed.waiting, 0);
	}));
});

test('reads the messages of some milliseconds together, and watches again when no more arrive', t => {
	const {feed, kernel, wake, fireTimer, isWatching} = script();
	t.true(isWatching());
	kernel.push(messages[0]);
	wake();
	t.false(isWatching());
	t.is(feed.waiting, 0);
	kernel.push(messages[1]);
	fireTimer();
	t.is(feed.waiting, 2);
	t.false(isWatching());
	fireTimer();
	t.true(isWatching());
});

test('counts and reports messages that the kernel lost, and watches again', t => {
	const {feed, kernel, losses, drops, isWatching} = script();
	drops.count = 7;
	kernel.push(messages[0], 'lost', messages[1]);
	feed.drain();
	t.is(feed.waiting, 2);
	t.is(feed.lost, 7);
	t.is(losses(), 1);
	t.true(isWatching());
	feed.drain();
	t.is(losses(), 1);
});

test('counts all messages that the kernel drops until the buffer is empty, although it reports only once', t => {
	const {feed, kernel, drops, losses} = script();
	drops.count = 7;
	kernel.push('lost', messages[0]);
	const push = kernel.shift.bind(kernel);
	kernel.shift = () => {
		// The kernel drops more while the queue is read.
		drops.count = (drops.count ?? 0) + 1;
		return push();
	};

	feed.drain();
	t.is(feed.waiting, 1);
	t.is(feed.lost, 10);
	t.is(losses(), 1);
});

test('counts each report of lost messages if the kernel does not count them', t => {
	const {feed, kernel, drops} = script();
	drops.count = undefined;
	kernel.push('lost', messages[0], 'lost');
	feed.drain();
	t.is(feed.lost, 2);
});

test('is bounded: further messages are lost', t => {
	const size = (messages[0].byteLength + 3) & ~3;
	const {feed, kernel, losses} = script(size * 3);
	kernel.push(...Array.from({length: 5}, () => messages[0]));
	feed.drain();
	t.is(feed.waiting, 3);
	t.is(feed.lost, 2);
	t.is(losses(), 1);
	t.is(replayAll(feed).length, 3);
});

test('ignores anything that is not a destroy event', t => {
	fc.assert(fc.property(fc.uint8Array({maxLength: 600}), bytes => {
		const {feed, kernel} = script();
		kernel.push(bytes, messages[0]);
		feed.drain();
		t.true(replayAll(feed).length <= 2);
	}));
});

test('reads nothing after close', t => {
	const {feed, kernel, wake, fireTimer, isWatching} = script();
	feed.close();
	feed.close();
	kernel.push(messages[0]);
	feed.drain();
	wake();
	fireTimer();
	t.is(feed.waiting, 0);
	t.false(isWatching());
});
