/** `conntop close` closes nothing without `--yes` or without a filter, and only matching sockets with both. */
import process from 'node:process';
import {execa} from 'execa';
import {
	builtProgram,
	openScene,
	runConntop,
	testInNamespace,
} from '../helpers/conntop.js';

type Listed = {readonly localPort: number; readonly peerPort: number; readonly state: string};

testInNamespace('close lists what it would close, and closes only that with --yes', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 7000});
	await scene.listen({port: 7001});
	await scene.connect({port: 7000, localPort: 50_000});
	await scene.connect({port: 7001, localPort: 50_001});
	const established = async (): Promise<readonly number[]> => {
		const {stdout} = await runConntop(scene, 'list', '--json', 'state', 'established');
		return stdout.trim().split('\n').filter(line => line !== '').map(line => (JSON.parse(line) as Listed).localPort).toSorted((a, b) => a - b);
	};

	t.deepEqual(await established(), [7000, 7001, 50_000, 50_001]);

	const without = await runConntop(scene, 'close', 'dport', '7000');
	t.regex(without.stdout, /^would close tcp ESTAB 127\.0\.0\.1:50000 → 127\.0\.0\.1:7000 scene\/\d+\n$/v);
	t.regex(without.stderr, /nothing was closed; --yes closes this socket/v);
	t.is(without.exitCode, 0);
	t.deepEqual(await established(), [7000, 7001, 50_000, 50_001]);

	const closed = await runConntop(scene, 'close', '--yes', 'dport', '7000');
	t.regex(closed.stdout, /^closed tcp ESTAB 127\.0\.0\.1:50000 → 127\.0\.0\.1:7000 scene\/\d+\n$/v);
	t.is(closed.exitCode, 0);
	t.deepEqual(await established(), [7001, 50_001]);

	const json = await runConntop(scene, 'close', '--yes', '--json', 'sport', '50001');
	t.like(JSON.parse(json.stdout), {protocol: 'tcp', local: '127.0.0.1:50001', closed: true});
});

testInNamespace('close reports each socket that the kernel refuses to close, with exit code 1', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 7000});
	const [command, args] = scene.inside('setpriv', ['--bounding-set', '-net_admin', '--inh-caps', '-net_admin', process.execPath, builtProgram, 'close', '--yes', 'sport', '7000']);
	const {stdout, stderr, exitCode} = await execa(command, args, {reject: false});
	t.regex(stdout, /^not closed tcp LISTEN 127\.0\.0\.1:7000 → .*: closing sockets needs CAP_NET_ADMIN/v);
	t.regex(stderr, /1 of 1 could not be closed/v);
	t.is(exitCode, 1);
}, 'setpriv');

testInNamespace('close needs a filter, and reports if nothing matches', async t => {
	const scene = await openScene(t);
	await scene.listen({port: 7000});
	for (const args of [[], ['--yes'], ['-t', '--yes'], ['-l', '--yes']]) {
		const {stdout, stderr, exitCode} = await runConntop(scene, 'close', ...args);
		t.is(stdout, '');
		t.regex(stderr, /^conntop: close needs a filter/v);
		t.is(exitCode, 2);
	}

	const {stdout, stderr, exitCode} = await runConntop(scene, 'close', '--yes', 'dport', '9');
	t.is(stdout, '');
	t.regex(stderr, /no socket matches the filter/v);
	t.is(exitCode, 0);
});
