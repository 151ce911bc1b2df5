import test from 'ava';
import {createReadable} from '../../source/engine/readable.js';

test('a sentence from a single sample stays for five seconds, after the current ones', t => {
	const show = createReadable();
	t.deepEqual(show(['no VSOCK', 'no TIPC'], 0), ['no VSOCK', 'no TIPC']);
	t.deepEqual(show(['failed'], 1000), ['failed', 'no VSOCK', 'no TIPC']);
	t.deepEqual(show(['no TIPC'], 4999), ['no TIPC', 'no VSOCK', 'failed']);
	t.deepEqual(show([], 5000), ['failed']);
	t.deepEqual(show([], 6000), []);
});

test('a sentence from several samples disappears with its cause', t => {
	const show = createReadable();
	for (let now = 0; now <= 8000; now += 1000) {
		t.deepEqual(show(['failed'], now), ['failed']);
	}

	t.deepEqual(show([], 9000), []);
	t.deepEqual(show(['failed'], 10_000), ['failed']);
	t.deepEqual(show([], 14_000), ['failed'], 'when reported again, it gets the full time');
});
