import fs from 'node:fs';
import process from 'node:process';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {setTimeout as delay} from 'node:timers/promises';
import {openRecording} from '../../source/recording/archive/recording.js';
import {listShards} from '../../source/recording/store/shard-names.js';
import {
	builtProgram,
	openScene,
	runConntop,
	testInNamespace,
} from '../helpers/conntop.js';
import {countSamples} from '../helpers/count-samples.js';
import {makeFolder} from '../helpers/folder.js';
import {startRecorder} from '../helpers/recorder.js';
import {until} from '../helpers/until.js';

/** The lines that `list --json` printed, sorted. */
const rowsOf = (output: string): string[] => output.split('\n').filter(line => line !== '').toSorted((a, b) => a.localeCompare(b));

const columns = 'protocol,state,local,peer,processes,bytesSent,bytesReceived,user,cookie';

testInNamespace('list prints the same from a recording as it printed live at that time', async t => {
	const scene = await openScene(t);
	const folder = makeFolder(t);
	const {child} = startRecorder(t, scene, folder);
	const port = await scene.listen({});
	t.truthy(port);
	await until(() => countSamples(folder) > 2, 'samples');
	const live = await runConntop(scene, 'list', '--json', '--columns', columns);
	const before = countSamples(folder);
	await until(() => countSamples(folder) > before + 1, 'samples');
	const at = new Date().toISOString();
	const past = await runConntop(scene, 'list', '--json', '--columns', columns, '--input', folder, '--at', at);
	t.deepEqual(rowsOf(past.stdout), rowsOf(live.stdout));
	t.true(rowsOf(live.stdout).length > 0);
	child.kill('SIGINT');
	await once(child, 'exit');
});

testInNamespace('a killed recorder loses at most the last interval, and the next one continues', async t => {
	const scene = await openScene(t);
	const folder = makeFolder(t);
	const runs = 10;
	for (let run = 0; run < runs; run++) {
		const before = countSamples(folder);
		const {child} = startRecorder(t, scene, folder);
		await until(() => countSamples(folder) > before + (run % 3), 'samples');
		// Kill it at various moments of an interval, also while it writes.
		await delay(run * 100 / runs);
		child.kill('SIGKILL');
		await once(child, 'exit');
		const recording = openRecording(folder);
		t.deepEqual(recording.losses, []);
		for (const position of recording.positions) {
			t.is(recording.stateAt(position).number, position.moment.number);
		}

		recording.close();
	}

	t.is(listShards(folder).length, runs);
});

testInNamespace('a second recorder is rejected with one sentence', async t => {
	const scene = await openScene(t);
	const folder = makeFolder(t);
	startRecorder(t, scene, folder);
	await until(() => countSamples(folder) > 0, 'samples');
	const {exitCode, stderr} = await runConntop(scene, 'record', '--to', folder);
	t.is(exitCode, 1);
	t.regex(stderr, /another conntop records into .* already/v);
});

testInNamespace('on a full disk, old shards are deleted and reported', async t => {
	const scene = await openScene(t);
	const folder = makeFolder(t);
	// A small file system that only the recorder has mounted.
	const [command, all] = scene.inside('unshare', [
		'-m', 'sh', '-c', `mount -t tmpfs -o size=150k tmpfs ${folder} && exec ${process.execPath} ${builtProgram} record --to ${folder} --interval 0.1 --keep 1m --max-size 1M`,
	]);
	const child = spawn(command, all, {stdio: ['ignore', 'pipe', 'pipe']});
	t.teardown(() => {
		child.kill('SIGKILL');
	});
	let stderr = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		stderr += text;
	});
	await until(() => stderr.includes('the disk is full: the oldest shard'), 'the message about the full disk');
	t.false(stderr.includes('internal'), stderr);
	child.kill('SIGINT');
	await once(child, 'exit');
});

testInNamespace('history and compare read a recording; a time outside of it is an error that names its bounds', async t => {
	const scene = await openScene(t);
	const folder = makeFolder(t);
	const {child} = startRecorder(t, scene, folder);
	await until(() => countSamples(folder) > 2, 'samples');
	const before = new Date().toISOString();
	await scene.listen({});
	const count = countSamples(folder);
	await until(() => countSamples(folder) > count + 2, 'samples');
	const after = new Date().toISOString();
	const compared = await runConntop(scene, 'compare', '--input', folder, '--at', before, '--at', after, '--json', 'state', 'listening');
	t.is(compared.exitCode, 3);
	t.deepEqual(rowsOf(compared.stdout).map(line => (JSON.parse(line) as {difference: string}).difference), ['opened']);
	t.is((await runConntop(scene, 'compare', '--input', folder, '--at', after, '--at', after)).exitCode, 0);
	const history = await runConntop(scene, 'history', '--input', folder, '--at', after, '--json');
	t.is(rowsOf(history.stdout).length, 1);
	const outside = await runConntop(scene, 'history', '--input', folder, '--at', '2020-01-01');
	t.is(outside.exitCode, 2);
	t.regex(outside.stderr, /nothing was recorded at .*: the recording begins 2\d{3}-.* and ends/v);
	t.is((await runConntop(scene, 'compare', '--input', folder, '--at', after)).exitCode, 2);
	child.kill('SIGINT');
	await once(child, 'exit');
	t.true(fs.existsSync(folder));
});
