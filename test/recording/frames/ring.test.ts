import test from 'ava';
import {createRing} from '../../../source/recording/frames/ring.js';
import {createTestContext} from '../../helpers/context.js';

const counts = {
	sockets: 0, opened: 0, closed: 0, resets: 0, problems: 0, dropped: 0,
};

/** Takes frames of a table of sockets, a second apart; one in `changing` of them has sent something since the one before. */
const fill = async (
	{sockets, changing, frames, maxBytes, maxAge = Infinity}: {readonly sockets: number; readonly changing: number; readonly frames: number; readonly maxBytes: number; readonly maxAge?: number},
) => {
	const ring = createRing({maxBytes, maxAge});
	const context = createTestContext([]);
	const {core} = context.table;
	for (let slot = 0; slot < sockets; slot++) {
		context.add({core: {bytesSent: (slot * 2_654_435_761) % 2 ** 32}});
	}

	let keyframe = 0;
	for (let number = 0; number < frames; number++) {
		context.table.now = number * 1000;
		const before = ring.bytes();
		await ring.take(context, number * 1000, counts);
		keyframe ||= ring.bytes() - before;
		for (let slot = number % changing; slot < sockets; slot += changing) {
			core.bytesSent[slot] += (slot * 7919 * (number + 1)) % 65_521;
		}
	}

	return {ring, keyframe};
};

test('the frames take no more than their bytes, and the oldest go first', async t => {
	const {ring} = await fill({
		sockets: 100, changing: 1, frames: 200, maxBytes: 20_000,
	});
	t.true(ring.bytes() <= 20_000);
	t.true(ring.bytes() > 15_000, 'removing one group loses little');
	const moments = ring.moments();
	t.deepEqual(moments.map(({moment}) => moment.number), Array.from({length: moments.length}, (_, index) => 200 - moments.length + 1 + index));
	t.is(moments.at(-1)?.state().now, 199_000);
	t.is(moments[0].state().now, (200 - moments.length) * 1000);
});

test('frames that are too old go', async t => {
	const {ring} = await fill({
		sockets: 100, changing: 1, frames: 400, maxBytes: 40_000, maxAge: 50_000,
	});
	const oldest = ring.moments()[0].moment.time;
	t.true(oldest >= 300_000 && oldest <= 349_000, `${oldest}`);
});

test('a table whose keyframe exceeds the bytes still has a past, and few keyframes', async t => {
	const {ring, keyframe} = await fill({
		sockets: 2000, changing: 50, frames: 60, maxBytes: 1000,
	});
	t.true(keyframe > 1000, `${keyframe} bytes`);
	const moments = ring.moments();
	t.true(moments.length > 5, `${moments.length} moments`);
	t.true(moments.filter(({moment}) => moment.isKey).length <= 2);
	t.true(ring.bytes() <= 5 * keyframe, `${ring.bytes()} bytes, a keyframe takes ${keyframe}`);
});
