import process from 'node:process';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {
	builtProgram,
	lineOf,
	openLive,
	openScene,
	rows,
	testInNamespace,
} from '../helpers/conntop.js';
import {countSamples} from '../helpers/count-samples.js';
import type {Emulator} from '../helpers/emulator.js';
import {makeFolder} from '../helpers/folder.js';
import {until} from '../helpers/until.js';

const isPast = (screen: Emulator): boolean => screen.text().includes('not now');

testInNamespace('@ goes back to a time at which a closed connection was open, = returns to the present', async t => {
	const scene = await openScene(t, 'my-server');
	const {port} = await scene.listen({port: 8080});
	const live = await openLive(t, scene);
	const {id} = await scene.connect({port, localPort: 50_000});
	const hasConnection = (): boolean => lineOf(live.emulator, '127.0.0.1:50000', '127.0.0.1:8080') !== -1;
	await live.waitFor(hasConnection, 'the connection');
	await live.waitFor(screen => (screen.lines()[lineOf(screen, '127.0.0.1:50000', '127.0.0.1:8080')] ?? '').includes('my-server'), 'its process');
	const moment = new Date().toISOString();
	await scene.reset(id);
	await live.waitFor(() => !hasConnection(), 'the connection to disappear');
	live.type(`@${moment}\r`);
	await live.waitFor(hasConnection, 'the connection, in the past');
	t.true(isPast(live.emulator));
	t.regex(live.emulator.lines()[lineOf(live.emulator, '127.0.0.1:50000', '127.0.0.1:8080')] ?? '', /my-server/v);
	live.type('=');
	await live.waitFor(screen => !isPast(screen) && !hasConnection() && rows(screen).length === 1, 'the present');
});

testInNamespace('the live view opens a recording, moves through it, and compares two moments', async t => {
	const scene = await openScene(t, 'my-server');
	const folder = makeFolder(t);
	const [command, all] = scene.inside(process.execPath, [builtProgram, 'record', '--to', folder, '--interval', '0.1']);
	const child = spawn(command, all, {stdio: 'ignore'});
	t.teardown(() => {
		child.kill('SIGKILL');
	});
	const samples = (): number => countSamples(folder);
	await until(() => samples() > 2, 'samples');
	await scene.listen({port: 8080});
	const count = samples();
	await until(() => samples() > count + 2, 'samples with the listener');
	child.kill('SIGINT');
	await once(child, 'exit');

	const live = await openLive(t, scene, {args: ['--input', folder]});
	await live.waitFor(screen => isPast(screen) && rows(screen).length === 1, 'the end of the recording');
	live.type('{');
	await live.waitFor(screen => screen.text().includes('No TCP or UDP sockets') || screen.text().includes('No sockets'), 'its beginning');
	live.type('m');
	await live.waitFor(screen => screen.text().includes('since '), 'the mark');
	live.type('}');
	await live.waitFor(screen => rows(screen).length === 1, 'its end');
	live.type('d');
	await live.waitFor(screen => rows(screen).some(row => row.includes('opened') || row.includes('8080')), 'the difference');
	live.type('@2020-01-01\r');
	await live.waitFor(screen => screen.text().includes('The recording begins'), 'the reason why not');
	t.pass();
});

testInNamespace('P plays a recording, and faster each time, p stops it, and it stops at the end', async t => {
	const scene = await openScene(t, 'my-server');
	const folder = makeFolder(t);
	const [command, all] = scene.inside(process.execPath, [builtProgram, 'record', '--to', folder, '--interval', '0.1']);
	const child = spawn(command, all, {stdio: 'ignore'});
	t.teardown(() => {
		child.kill('SIGKILL');
	});
	await until(() => countSamples(folder) > 2, 'samples');
	await scene.listen({port: 8080});
	const before = countSamples(folder);
	await until(() => countSamples(folder) > before + 30, 'samples with the listener');
	child.kill('SIGTERM');
	await once(child, 'exit');
	const live = await openLive(t, scene, {args: ['--input', folder]});
	live.type('P');
	await live.waitFor(screen => screen.text().includes('Nothing was recorded after this moment'), 'the end');
	live.type('@2000-01-01\r');
	await live.waitFor(screen => screen.text().includes('The recording begins'), 'the reason why not');
	live.type('{');
	await live.waitFor(screen => rows(screen).length === 0, 'the first sample, without the listener');
	live.type('P');
	await live.waitFor(screen => screen.text().includes('plays 1×'), 'playback');
	live.type('p');
	await live.waitFor(screen => screen.text().includes('not now'), 'playback to stop');
	live.type('P');
	await live.waitFor(screen => screen.text().includes('plays 1×'), 'playback to resume');
	live.type('P');
	await live.waitFor(screen => screen.text().includes('plays 2×'), 'faster playback');
	await live.waitFor(screen => rows(screen).length === 1 && screen.text().includes('not now'), 'the end');
	t.false(live.emulator.text().includes('plays'), 'playback has stopped at the end');
});
