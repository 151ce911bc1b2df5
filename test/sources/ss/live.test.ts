import type {ExecutionContext} from 'ava';
import {createSsRunner, type RunSs} from '../../../source/sources/ss/runner.js';
import {namespaceUnavailable, startScene, type Scene} from '../../helpers/namespace.js';
import {
	describe,
	replay,
	slotAt,
	slotsOf,
	type Replay,
} from '../../helpers/ss-replay.js';
import {missingProgram, testUnless} from '../../helpers/unless.js';

const missing = namespaceUnavailable ?? missingProgram('ss');

/** The real `ss`, started in the scene's namespace by some wrapper. */
const runIn = (scene: Scene, ...wrapper: readonly string[]): RunSs => async (ssArguments, onText, signal) => {
	const [command, ...rest] = [...wrapper, 'ss', ...ssArguments];
	const [file, all] = scene.inside(command, rest);
	return createSsRunner({file})(all, onText, signal);
};

const start = async (t: ExecutionContext): Promise<Scene> => {
	const scene = await startScene('ss scene');
	t.teardown(scene.stop);
	return scene;
};

/** The sockets in the output of `ss`, in the form of `describe`, without what follows the endpoints. */
const shown = async (scene: Scene): Promise<string[]> => {
	const {stdout} = await scene.run('ss', ['-Htuna']);
	return stdout.trim().split('\n').map(line => line.trim().split(/\s+/v).slice(0, 6).join(' ').replaceAll(/(?<=\s)\*(?=:)/gv, '[::]')).toSorted();
};

const read = ({table, ownersOf}: Replay): string[] =>
	slotsOf(table).map(slot => describe({table, ownersOf}, slot).split(' ').slice(0, 6).join(' ')).toSorted();

testUnless(missing, 'the real ss shows the sockets of a namespace', async t => {
	const scene = await start(t);
	const {port} = await scene.listen({port: 7000, backlog: 9});
	await scene.listen({port: 7001, host: '::'});
	await scene.listen({port: 7002, host: '::1', ipv6Only: true});
	const connection = await scene.connect({port, localPort: 50_000});
	await scene.connect({port: 7002, host: '::1'});
	await scene.connect({port: 7001, host: '127.0.0.1'});
	await scene.bindUdp({port: 5353});
	const replayed = await replay([], {run: runIn(scene)});
	const {report} = await replayed.sample();
	t.deepEqual(report.problems, []);
	t.is(report.complete.length, 4);
	t.deepEqual(read(replayed), await shown(scene));

	const {table, ownersOf} = replayed;
	const client = slotAt(table, 50_000, port);
	const [owner] = ownersOf(client);
	t.is(owner.pid, scene.pid);
	t.is(owner.name, 'ss scene');
	t.is(table.core.cookieHigh[client] >>> 31, 0);
	t.true(table.core.inode[client] > 0);
	t.is(table.core.uid[client], 0);
	t.is(table.core.bytesSent[client], 0);

	await scene.send(connection.id, 10_000);
	await replayed.sample();
	t.is(slotAt(table, 50_000, port), client);
	t.is(table.core.bytesSent[client], 10_000);
	t.is(table.core.txRate[client], 10_000);
	t.is(table.core.bytesReceived[slotAt(table, port, 50_000)], 10_000);

	await scene.reset(connection.id);
	await replayed.sample();
	const {changes} = await replayed.sample();
	t.is(changes.closed.length, 2);
	t.true(table.isClosed(client));
});

testUnless(missing, 'the real ss shows the same sockets without netlink', async t => {
	const scene = await start(t);
	const {port} = await scene.listen({port: 7000});
	await scene.connect({port, localPort: 50_000});
	await scene.bindUdp({port: 5353});
	// Makes ss read /proc/net instead of netlink.
	const replayed = await replay([], {run: runIn(scene, 'env', 'PROC_ROOT=/proc')});
	await replayed.sample();
	const {report, changes} = await replayed.sample();
	t.deepEqual(report.problems, []);
	t.is(changes.opened.length, 0);
	const {table, ownersOf} = replayed;
	const withoutQueues = (lines: readonly string[]): string[] => lines.map(line => line.replace(/ \d+ \d+ /v, ' '));
	t.deepEqual(withoutQueues(read(replayed)), withoutQueues(await shown(scene)));
	const client = slotAt(table, 50_000, port);
	t.is(table.core.cookieHigh[client] >>> 31, 1);
	t.true(table.core.inode[client] > 0);
	t.is(ownersOf(client)[0].pid, scene.pid);
});

testUnless(missing, 'the real ss reports an unknown option', async t => {
	const {problem} = await createSsRunner()(['--no-such-option'], () => {
		t.fail();
	}, new AbortController().signal);
	t.regex(problem ?? '', /^failed: ss: /v);
});
