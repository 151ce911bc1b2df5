import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import type {ExecutionContext} from 'ava';
import {
	openScene,
	runConntop,
	testInNamespace,
} from '../helpers/conntop.js';
import {countSamples, sampleTimes} from '../helpers/count-samples.js';
import {makeFolder} from '../helpers/folder.js';
import type {Scene} from '../helpers/namespace.js';
import {startRecorder} from '../helpers/recorder.js';
import {startProgram} from '../helpers/serving.js';
import {until} from '../helpers/until.js';
import type {ShortConnectionsTruth} from './short-connections-program.js';

const program = fileURLToPath(import.meta.resolve('./short-connections-program.ts'));

type JsonRow = Readonly<Record<string, unknown>>;

const rowsOf = (output: string): readonly JsonRow[] => output.split('\n').filter(line => line !== '').map(line => JSON.parse(line) as JsonRow);

/** Waits for a sample that begins after this call. Returns its time: at the time of the clock, the sample after it may have begun already. */
const nextSample = async (folder: string): Promise<string> => {
	const before = countSamples(folder);
	let times: readonly number[] = [];
	await until(() => {
		times = sampleTimes(folder);
		return times.length > before + 1;
	}, 'samples');
	return new Date(times[before + 1]).toISOString();
};

/** Creates a function that makes a random change to a scene: a listener or connection opens, sends or closes. The seed is fixed. */
const createChanges = (scene: Scene) => {
	const listeners: number[] = [];
	const connections: number[] = [];
	let seed = 42;
	const random = (count: number): number => {
		// Numerical Recipes' linear congruential generator.
		seed = ((seed * 1_664_525) + 1_013_904_223) % 2 ** 32;
		return Math.floor(seed / 2 ** 32 * count);
	};

	return async (): Promise<void> => {
		const kind = listeners.length === 0 ? 0 : random(10);
		if (kind === 0) {
			const {port} = await scene.listen({});
			listeners.push(port);
		} else if (kind < 5 || connections.length === 0) {
			const {id} = await scene.connect({port: listeners[random(listeners.length)]});
			connections.push(id);
		} else if (kind < 8) {
			await scene.send(connections[random(connections.length)], 1 + random(50_000));
		} else {
			const [closed] = connections.splice(random(connections.length), 1);
			await (kind === 8 ? scene.close(closed) : scene.reset(closed));
		}
	};
};

const columns = 'protocol,state,local,peer,processes,bytesSent,bytesReceived,user,cookie';

const listed = async (t: ExecutionContext, scene: Scene, ...args: readonly string[]): Promise<readonly string[]> => {
	const {stdout, stderr, exitCode} = await runConntop(scene, 'list', '--json', '--columns', columns, ...args);
	t.is(exitCode, 0, stderr);
	// TIME-WAIT ends by itself.
	return stdout.split('\n').filter(line => line !== '' && !line.includes('"TIME-WAIT"')).toSorted((a, b) => a.localeCompare(b));
};

testInNamespace('at random times, a recording has the sockets, states, bytes and processes that list printed live', async t => {
	const scene = await openScene(t);
	const folder = makeFolder(t);
	const {child} = startRecorder(t, scene, folder);
	await until(() => countSamples(folder) > 0, 'samples');
	const change = createChanges(scene);
	const moments: Array<{readonly at: string; readonly live: readonly string[]}> = [];
	for (let moment = 0; moment < 20; moment++) {
		for (let count = 0; count < 3; count++) {
			await change();
		}

		const live = await listed(t, scene);
		moments.push({at: await nextSample(folder), live});
	}

	child.kill('SIGINT');
	await once(child, 'exit');
	t.true(moments.some(({live}) => live.length > 20));
	for (const {at, live} of moments) {
		t.deepEqual(await listed(t, scene, '--input', folder, '--at', at), live, at);
	}
});

testInNamespace('history has each of 3,000 short connections once, with exact bytes and the close reason', async t => {
	const scene = await openScene(t);
	const folder = makeFolder(t);
	const {child, stderr} = startRecorder(t, scene, folder);
	await until(() => countSamples(folder) > 0, 'samples');
	const ports = ['80', '443', '40001'];
	const {lines, send} = startProgram(t, scene, program, ...ports);
	let truth: ShortConnectionsTruth = {};
	for (const count of [1000, 1000, 1000, 0]) {
		send(String(count));
		const [line] = await once(lines, 'line') as [string];
		truth = JSON.parse(line) as ShortConnectionsTruth;
		await nextSample(folder);
	}

	await nextSample(folder);
	child.kill('SIGINT');
	await once(child, 'exit');
	t.is(stderr(), '');
	const {stdout} = await runConntop(scene, 'history', '--json', '--input', folder);
	const rows = rowsOf(stdout);
	const sum = (some: readonly JsonRow[], field: string): number => some.reduce((total, row) => total + Number(row[field] ?? 0), 0);
	for (const [fromClient, toClient, direction] of [['bytesSent', 'bytesReceived', 'peerPort'], ['bytesReceived', 'bytesSent', 'localPort']] as const) {
		const counted = Object.fromEntries(ports.map(port => {
			const some = rows.filter(row => row[direction] === Number(port) && row.closed !== undefined);
			return [port, {
				connections: some.length, closed: some.length, bytesSent: sum(some, fromClient), bytesReceived: sum(some, toClient),
			}];
		}));
		t.deepEqual(counted, truth, direction);
	}

	const connections = rows.filter(row => row.closed !== undefined);
	t.is(new Set(connections.map(row => row.cookie)).size, 6000);
	t.true(connections.every(row => typeof row.ended === 'string'), 'each has a close reason');
});

testInNamespace('compare lists exactly the sockets that opened, closed or sent', async t => {
	const scene = await openScene(t);
	const folder = makeFolder(t);
	const {child} = startRecorder(t, scene, folder);
	const {port} = await scene.listen({});
	const [quiet, busy, short] = [await scene.connect({port}), await scene.connect({port}), await scene.connect({port})];
	t.truthy(quiet.localPort);
	const before = await nextSample(folder);
	await scene.send(busy.id, 12_345);
	await scene.reset(short.id);
	const fresh = await scene.connect({port});
	const after = await nextSample(folder);
	child.kill('SIGINT');
	await once(child, 'exit');
	for (const moments of [[before, after], [after, before]]) {
		const {stdout, exitCode} = await runConntop(scene, 'compare', '--json', '--input', folder, ...moments.flatMap(at => ['--at', at]));
		t.is(exitCode, 3);
		const found = rowsOf(stdout).map(row => [row.difference, row.localPort === port ? row.peerPort : row.localPort].join(' ')).toSorted();
		t.deepEqual(found, [
			`changed ${busy.localPort}`, `changed ${busy.localPort}`, `closed ${short.localPort}`, `closed ${short.localPort}`, `opened ${fresh.localPort}`, `opened ${fresh.localPort}`,
		].toSorted());
	}
});
