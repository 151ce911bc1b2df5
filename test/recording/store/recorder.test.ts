import {Buffer} from 'node:buffer';
import fs from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {FrameError} from '../../../source/recording/frames/bytes.js';
import {openRecording, RecordingError} from '../../../source/recording/archive/recording.js';
import {shardBytes} from '../../../source/recording/store/shard.js';
import {listShards} from '../../../source/recording/store/shard-names.js';
import {openDatabase} from '../../../source/recording/store/sqlite.js';
import {FolderInUseError} from '../../../source/recording/store/writer-lock.js';
import {attempt} from '../../helpers/attempt.js';
import {makeFolder} from '../../helpers/folder.js';
import fc from '../../helpers/property.js';
import {differencesOf} from '../../helpers/recorded-tables.js';
import {createMadeRecording, madeSockets} from '../../helpers/recorded-samples.js';

const start = Date.UTC(2026, 10, 27);

const cookiesOf = (state: {readonly slots: () => number[]; readonly column: (name: string) => ArrayLike<number> | undefined}): string => {
	const [low, life] = [state.column('cookieLow'), state.column('life')];
	return state.slots().filter(slot => ((life?.[slot] ?? 0) & 2) === 0).map(slot => low?.[slot] ?? 0).toSorted((a, b) => a - b).join(' ');
};

test('each sample is recorded unchanged, and each connection once', async t => {
	const folder = makeFolder(t);
	const {sample, recorder, context} = createMadeRecording(folder);
	const sockets = Array.from({length: 30}, (_, number) => madeSockets(40, number));
	for (const [number, each] of sockets.entries()) {
		t.true(await sample(each, start + number * 1000));
		// Recorded samples can be read while the recorder is still writing.
		const recording = openRecording(folder);
		const last = recording.positions.at(-1);
		t.is(recording.positions.length, number + 1);
		t.deepEqual(last && differencesOf(recording.stateAt(last), context), []);
		recording.close();
	}

	await recorder.close();
	const recording = openRecording(folder);
	for (const [number, each] of sockets.entries()) {
		t.is(cookiesOf(recording.stateAt(recording.positions[number])), each.map(({cookie}) => cookie).toSorted((a, b) => a - b).join(' '));
	}

	const lives = recording.lives(0, Infinity);
	t.is(lives.length, new Set(sockets.flat().map(({cookie}) => cookie)).size);
	const samplesOf = (cookie: number) => sockets.flatMap((each, index) => each.filter(socket => socket.cookie === cookie).map(socket => ({...socket, index})));
	for (const {cookie, opened, closed, process, peer_port: port} of lives) {
		const number = Number(cookie);
		const seen = samplesOf(number);
		t.is(Number(opened), start + (seen.at(0)?.index ?? 0) * 1000);
		const lastIndex = seen.at(-1)?.index ?? 0;
		t.is(Number(closed ?? NaN), lastIndex === 29 ? NaN : start + ((lastIndex + 1) * 1000));
		t.is(process, 'nginx');
		t.is(Number(port), 1024 + (number % 60_000));
	}

	const closedLives = lives.filter(({closed}) => closed !== null);
	for (const {cookie, sent, received} of closedLives) {
		const last = samplesOf(Number(cookie)).at(-1);
		t.is(Number(sent), last?.sent ?? NaN);
		t.is(Number(received), 2 * (last?.sent ?? 0));
	}

	recording.close();
});

test('the recording never exceeds its maximum size and age', async t => {
	const folder = makeFolder(t);
	const maxSize = 1_500_000;
	const keep = 60_000;
	const {sample, recorder, reports} = createMadeRecording(folder, {maxSize, keep});
	for (let number = 0; number < 150; number++) {
		const wall = start + number * 1000;
		t.true(await sample(madeSockets(300, number), wall));
		const shards = listShards(folder);
		t.true(shards.reduce((sum, {file}) => sum + shardBytes(file), 0) <= maxSize);
		t.true(shards.every(({begins}) => begins >= wall - keep));
	}

	t.deepEqual(reports, []);
	await recorder.close();
	const recording = openRecording(folder);
	// At least half of the allowed size or time is used.
	t.true(recording.positions.length >= 25, String(recording.positions.length));
	for (const position of recording.positions) {
		t.is(recording.stateAt(position).number, position.moment.number);
	}

	recording.close();
});

test('a sample larger than the maximum size is dropped, and that is reported once', async t => {
	const folder = makeFolder(t);
	const {sample, recorder, reports} = createMadeRecording(folder, {maxSize: 1_048_576});
	t.true(await sample(madeSockets(10, 0), start));
	t.false(await sample(madeSockets(20_000, 1), start + 1000));
	t.false(await sample(madeSockets(20_000, 2), start + 2000));
	let number = 3;
	while (!await sample(madeSockets(10, number), start + number * 1000)) {
		number++;
		t.true(number < 30);
	}

	t.regex(reports.join('\n'), /^the disk is full.*\nsamples are lost: .*--max-size.*\nsamples are written again into .*$/v);
	await recorder.close();
});

test('a sample that is under way when the recorder is closed is still written', async t => {
	const folder = makeFolder(t);
	const {sample, recorder, reports} = createMadeRecording(folder);
	t.true(await sample(madeSockets(10, 0), start));
	const {promise: turn, resolve: go} = Promise.withResolvers<void>();
	let parts = 0;
	const taking = sample(madeSockets(10, 1), start + 1000, async () => ++parts === 1 ? turn : undefined);
	const closing = recorder.close();
	go();
	t.true(await taking);
	await closing;
	t.deepEqual(reports, []);
	const recording = openRecording(folder);
	t.deepEqual(recording.positions.map(({moment}) => moment.time), [start, start + 1000]);
	recording.close();
	const next = createMadeRecording(folder, {run: 2});
	t.true(await next.sample(madeSockets(4, 0), start + 60_000), 'the folder is unlocked');
	await next.recorder.close();
});

test('only one recorder writes to a folder', async t => {
	const folder = makeFolder(t);
	const {sample, recorder} = createMadeRecording(folder);
	await sample(madeSockets(3, 0), start);
	t.throws(() => createMadeRecording(folder, {run: 2}), {instanceOf: FolderInUseError, message: /records into .* already/v});
	await recorder.close();
	const next = createMadeRecording(folder, {run: 2});
	t.true(await next.sample(madeSockets(4, 0), start + 60_000));
	await next.recorder.close();
	const recording = openRecording(folder);
	t.deepEqual(recording.positions.map(({moment}) => moment.sockets), [3, 4]);
	recording.close();
});

test('only the user can read the files', async t => {
	const folder = makeFolder(t);
	const {sample, recorder} = createMadeRecording(folder);
	await sample(madeSockets(3, 0), start);
	for (const name of fs.readdirSync(folder)) {
		t.is(fs.statSync(path.join(folder, name)).mode & 0o777, 0o600, name);
	}

	await recorder.close();
});

test('no sample is lost if the clock is set back or forward', async t => {
	const folder = makeFolder(t);
	const {sample, recorder} = createMadeRecording(folder);
	const walls = [start, start + 1000, start - 3_600_000, start - 3_599_000, start + 7_200_000, start + 7_201_000];
	for (const [number, wall] of walls.entries()) {
		t.true(await sample(madeSockets(5, number), wall));
	}

	await recorder.close();
	const recording = openRecording(folder);
	t.deepEqual(recording.positions.map(({moment}) => moment.time), walls.toSorted((a, b) => a - b));
	for (const position of recording.positions) {
		t.is(cookiesOf(recording.stateAt(position)).split(' ').length, 5);
	}

	recording.close();
});

/** Creates a folder with a recording of three runs, one shard each. */
const recordThree = async (t: ExecutionContext): Promise<string> => {
	const folder = makeFolder(t);
	for (const run of [1, 2, 3]) {
		const {sample, recorder} = createMadeRecording(folder, {run});
		for (let number = 0; number < 4; number++) {
			await sample(madeSockets(20, number), start + run * 100_000 + number * 1000);
		}

		await recorder.close();
	}

	return folder;
};

test('undamaged parts of a damaged shard can be read, and losses are reported', async t => {
	const folder = await recordThree(t);
	const original = openRecording(folder);
	const known = new Map(original.positions.map(position => [position.moment.time, cookiesOf(original.stateAt(position))]));
	original.close();
	const {file} = listShards(folder)[1];
	const bytes = fs.readFileSync(file);
	const damage = fc.record({
		at: fc.nat(bytes.length - 1), value: fc.nat(255), count: fc.integer({min: 1, max: 300}), length: fc.integer({min: 1, max: bytes.length}),
	});
	fc.assert(fc.property(damage, ({at, value, count, length}) => {
		const damaged = Buffer.from(bytes);
		damaged.fill(value, at, Math.min(at + count, damaged.length));
		fs.writeFileSync(file, damaged.subarray(0, length));
		const recording = openRecording(folder);
		let lost = 12 - recording.positions.length;
		for (const position of recording.positions) {
			const {value: cookies, error} = attempt(() => cookiesOf(recording.stateAt(position)));
			t.true(cookies === undefined ? error instanceof FrameError : known.values().toArray().includes(cookies), `${cookies} ${String(error)}`);
			if (cookies === undefined) {
				lost++;
			}
		}

		t.true(lost === 0 || recording.losses.length > 0, `${lost} lost`);
		t.true(recording.positions.length >= 8);
		recording.lives(0, Infinity);
		recording.close();
	}), {numRuns: 150});
});

test('a shard of a newer version is skipped and reported by name', async t => {
	const folder = await recordThree(t);
	const {file} = listShards(folder)[2];
	const database = openDatabase(file, {isReadOnly: false});
	database.exec('PRAGMA user_version = 2');
	database.close();
	const recording = openRecording(folder);
	t.is(recording.positions.length, 8);
	t.regex(recording.losses.join(','), /written by a newer conntop: it has version 2/v);
	recording.close();
	t.throws(() => openRecording(file), {instanceOf: RecordingError, message: /newer conntop/v});
});

test('shards that expire while they are read stay readable, and shards that expired before are no error', async t => {
	const folder = await recordThree(t);
	const recording = openRecording(folder);
	for (const {file} of listShards(folder)) {
		fs.rmSync(file);
	}

	for (const position of recording.positions) {
		t.is(cookiesOf(recording.stateAt(position)).split(' ').length, 20);
	}

	recording.close();
	t.throws(() => openRecording(folder), {instanceOf: RecordingError, message: /has no recording/v});
});
