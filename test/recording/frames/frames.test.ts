import {Buffer} from 'node:buffer';
import {crc32} from 'node:zlib';
import test from 'ava';
import {FrameError} from '../../../source/recording/frames/bytes.js';
import {applyFrame} from '../../../source/recording/frames/decode.js';
import {createFrameEncoder} from '../../../source/recording/frames/encode.js';
import {packFrame, unpackFrame} from '../../../source/recording/frames/envelope.js';
import {FrameState} from '../../../source/recording/frames/state.js';
import {attempt} from '../../helpers/attempt.js';
import {mutated} from '../../helpers/mutated.js';
import fc from '../../helpers/property.js';
import {differencesOf, playSamples, samplesOfSockets} from '../../helpers/recorded-tables.js';
import {createTestContext} from '../../helpers/context.js';

test('random tables and changes are unchanged after encoding and decoding', async t => {
	await fc.assert(fc.asyncProperty(samplesOfSockets, fc.nat(5), async (samples, restartAt) => {
		const encoder = createFrameEncoder(7);
		const state = new FrameState();
		let number = 0;
		for (const context of playSamples(samples)) {
			if (++number === restartAt) {
				encoder.restart();
			}

			const frame = await encoder.encode(context, {wall: 1e12 + context.table.now});
			const head = applyFrame(state, frame.bytes);
			t.is(head.number, number);
			t.is(head.now, context.table.now);
			t.is(state.wall, 1e12 + context.table.now);
			t.deepEqual(differencesOf(state, context), []);
		}
	}), {numRuns: 150});
});

test('a large table is encoded in parts, each of them short', async t => {
	const context = createTestContext();
	const count = 10_000;
	for (let number = 0; number < count; number++) {
		context.add({core: {uid: number, bytesSent: 2 ** 40 + number, rtt: number}, optional: {congestion: context.table.texts.intern(`text ${number}`)}});
	}

	const encoder = createFrameEncoder(1);
	const state = new FrameState();
	for (const kind of ['key', 'changes'] as const) {
		let parts = 0;
		let other = 0;

		const frame = await encoder.encode(context, {
			wall: 0,
			async yieldNow() {
				parts++;
				return parts % 2 === 0
					? undefined
					: (async () => {
						other++;
					})();
			},
		});
		t.is(frame.kind, kind);
		t.true(parts > 20, `${parts} parts`);
		t.true(other > 10);
		applyFrame(state, frame.bytes);
		t.deepEqual(differencesOf(state, context), []);
		const {core, texts} = context.table;
		const congestion = context.table.optional('congestion');
		for (let slot = 0; slot < count; slot++) {
			core.bytesSent[slot] += slot * 3;
			core.rtt[slot] = slot % 2 === 0 ? 2 * slot : 0xFF_FF_FF_FF;
			congestion?.fill(texts.intern(`other ${slot % 7}`), slot, slot + 1);
		}
	}
});

test('a filter selects the rows of a frame', async t => {
	const context = createTestContext();
	const kept = context.add({local: ['127.0.0.1', 80]});
	context.add({local: ['127.0.0.1', 81]});
	const state = new FrameState();
	const encoder = createFrameEncoder(1);
	const first = await encoder.encode(context, {wall: 0, isRecorded: slot => slot === kept});
	applyFrame(state, first.bytes);
	t.deepEqual(state.slots(), [kept]);
	// The next frame drops a row that no longer matches.
	const second = await encoder.encode(context, {wall: 0, isRecorded: () => false});
	applyFrame(state, second.bytes);
	t.deepEqual(state.slots(), []);
});

test('names of users, interfaces, namespaces and cgroups are in the frame that needs them', async t => {
	const context = createTestContext();
	context.add({core: {uid: 1000, interfaceIndex: 2, namespace: 1}, optional: {cgroupId: 44}});
	const state = new FrameState();
	const frame = await createFrameEncoder(1).encode(context, {wall: 0});
	applyFrame(state, frame.bytes);
	t.deepEqual(Object.fromEntries(state.names), {
		'user 1000': 'ann', 'interface 2 1': 'eth0', 'namespace 1': '4026531840 blue', 'cgroup 44': '/system.slice/nginx.service',
	});
});

test('a frame out of sequence is rejected', async t => {
	const context = createTestContext();
	context.add();
	const encoder = createFrameEncoder(1);
	const frames: Uint8Array[] = [];
	for (let number = 0; number < 3; number++) {
		const {bytes} = await encoder.encode(context, {wall: 0});
		frames.push(bytes);
	}

	const [first, second, third] = frames;
	const state = new FrameState();
	applyFrame(state, first);
	t.throws(() => applyFrame(state, third), {instanceOf: FrameError, message: /frame 2 was expected/v});
	applyFrame(state, second);
	const other = createFrameEncoder(2);
	await other.encode(context, {wall: 0});
	const foreign = await other.encode(context, {wall: 0});
	t.throws(() => applyFrame(state, foreign.bytes), {instanceOf: FrameError});
});

test('a frame of a newer version is rejected with its version', async t => {
	const {bytes: frame} = await createFrameEncoder(1).encode(createTestContext(), {wall: 0});
	frame[9] = 2;
	new DataView(frame.buffer).setUint32(4, crc32(frame.subarray(8)), true);
	t.throws(() => applyFrame(new FrameState(), frame), {instanceOf: FrameError, message: /version 2/v});
});

test('a random body in a valid envelope is rejected or decoded, and never breaks the reader', async t => {
	const encoder = createFrameEncoder(1);
	const [samples] = fc.sample(samplesOfSockets, {numRuns: 1, seed: 6});
	const [first, second] = playSamples([...samples, ...samples]).toArray();
	const {bytes: key} = await encoder.encode(first, {wall: 0});
	const {bytes: changes} = await encoder.encode(second, {wall: 0});
	for (const frame of [key, changes]) {
		const {head, body} = unpackFrame(frame);

		await fc.assert(fc.asyncProperty(mutated(body), async damaged => {
			const state = new FrameState();
			if (frame === changes) {
				applyFrame(state, key);
			}

			const packed = await packFrame(head, damaged);
			const {error} = attempt(() => applyFrame(state, packed));
			t.true(error === undefined || error instanceof FrameError, String(error));
		}), {numRuns: 1000});
	}
});

test('a damaged frame is rejected, and never creates a socket', async t => {
	const frames: Uint8Array[] = [];
	const encoder = createFrameEncoder(1);
	const [samples] = fc.sample(samplesOfSockets, {numRuns: 1, seed: 5});
	for (const context of playSamples([...samples, ...samples])) {
		const {bytes} = await encoder.encode(context, {wall: 0});
		frames.push(bytes);
	}

	const choices = fc.nat(frames.length - 1).chain(index => fc.tuple(fc.constant(index), mutated(frames[index])))
		.filter(([index, damaged]) => Buffer.compare(damaged, frames[index]) !== 0);
	fc.assert(fc.property(choices, ([index, damaged]) => {
		const state = new FrameState();
		for (const frame of frames.slice(0, index)) {
			applyFrame(state, frame);
		}

		t.throws(() => applyFrame(state, damaged), {instanceOf: FrameError});
	}), {numRuns: 2000});
});
