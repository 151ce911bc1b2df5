import {spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import readline from 'node:readline';
import {fileURLToPath} from 'node:url';
import {openScene, runConntop, testInNamespace} from '../helpers/conntop.js';
import {sumOf, type PrometheusSample} from '../helpers/prometheus-text.js';
import {makeFolder} from '../helpers/folder.js';
import {samplesWhen, startProgram, startServing} from '../helpers/serving.js';
import type {ShortConnectionsTruth} from './short-connections-program.js';

const program = fileURLToPath(import.meta.resolve('./short-connections-program.ts'));

/** The metrics of each port, in the form of the generator's counts. */
const countedOf = (samples: readonly PrometheusSample[], ports: readonly string[], direction: 'inbound' | 'outbound') => Object.fromEntries(ports.map(port => {
	const sum = (name: string): number => sumOf(samples, name, {port, direction, transport: 'tcp'});
	const [fromClient, toClient] = direction === 'outbound' ? ['sent', 'received'] : ['received', 'sent'];
	return [port, {
		connections: sum('conntop_connections_opened_total'),
		closed: sum('conntop_connections_closed_total'),
		bytesSent: sum(`conntop_service_${fromClient}_bytes_total`),
		bytesReceived: sum(`conntop_service_${toClient}_bytes_total`),
	}];
}));

testInNamespace('after 3,000 short connections, the counters equal those of the generator exactly', async t => {
	const scene = await openScene(t, 'web');
	// The filter excludes the connections of the test itself.
	const serving = await startServing(t, scene, '--listen', '127.0.0.1:9999', 'not port 9999');
	await serving.samples();
	const ports = ['80', '443', '40001'];
	const [command, args] = scene.inside(process.execPath, [`--import=${import.meta.resolve('tsx')}`, program, ...ports]);
	const child = spawn(command, args, {stdio: ['pipe', 'pipe', 'inherit']});
	t.teardown(() => {
		child.kill();
	});
	const lines = readline.createInterface({input: child.stdout})[Symbol.asyncIterator]();
	let truth: ShortConnectionsTruth = {};
	for (const count of [1000, 1000, 1000, 0]) {
		child.stdin.write(`${count}\n`);
		truth = JSON.parse(String((await lines.next()).value)) as ShortConnectionsTruth;
		await serving.samples();
	}

	const closed = Object.values(truth).reduce((sum, each) => sum + each.closed, 0);
	t.is(closed, 3000);
	const isCounted = (samples: readonly PrometheusSample[]): boolean =>
		sumOf(samples, 'conntop_connection_transferred_bytes_count', {direction: 'inbound'}) >= closed
		&& sumOf(samples, 'conntop_connection_transferred_bytes_count', {direction: 'outbound'}) >= closed;
	const samples = await samplesWhen(serving, isCounted);
	t.true(sumOf(samples, 'conntop_closes_total', {reason: 'reset'}) > 300);
	// Exact counts need all events.
	t.is(sumOf(samples, 'conntop_dropped_events_total'), 0);
	t.is(sumOf(samples, 'conntop_missed_entries_total'), 0);
	t.deepEqual(countedOf(samples, ports, 'outbound'), truth);
	t.deepEqual(countedOf(samples, ports, 'inbound'), truth);

	// Nothing is counted twice, and the other families of metrics have the same sums.
	const before = sumOf(samples, 'conntop_samples_total');
	const later = await samplesWhen(serving, each => sumOf(each, 'conntop_samples_total') > before + 2);
	t.deepEqual(countedOf(later, ports, 'outbound'), truth);
	t.deepEqual(countedOf(later, ports, 'inbound'), truth);
	const bytes = Object.values(truth).reduce((sum, {bytesSent, bytesReceived}) => sum + bytesSent + bytesReceived, 0);
	t.is(sumOf(later, 'conntop_connection_transferred_bytes_sum', {direction: 'outbound'}), bytes);
	t.is(sumOf(later, 'conntop_connection_transferred_bytes_count', {direction: 'outbound'}), closed);
	for (const family of ['service', 'owner', 'peer']) {
		const all = (name: string): number => sumOf(later, `conntop_${family}_${name}_bytes_total`, {direction: 'outbound'});
		t.is(all('sent') + all('received'), bytes, family);
	}

	t.is(sumOf(later, 'conntop_peer_sent_bytes_total', {peer_group: 'loopback'}), sumOf(later, 'conntop_peer_sent_bytes_total'));
	// Their number depends on when samples are taken.
	t.true(sumOf(later, 'conntop_short_lived_connections_total') > 0);
	t.is(sumOf(later, 'conntop_connections_closed_total'), sumOf(later, 'conntop_closes_total'));
	t.is(serving.stderr(), '');
});

testInNamespace('serve exits with code 0 on SIGINT and SIGTERM', async t => {
	const scene = await openScene(t);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		const {child, samples} = await startServing(t, scene);
		await samples();
		const exited = once(child, 'exit');
		child.kill(signal);
		t.deepEqual(await exited, [0, null], signal);
	}
});

testInNamespace('a port in use is reported in one sentence with exit code 1, an invalid option with exit code 2', async t => {
	const scene = await openScene(t);
	const {address} = await startServing(t, scene);
	t.deepEqual(await runConntop(scene, 'serve', '--no-config', '--listen', address), {
		stdout: '', exitCode: 1,
		stderr: `conntop: metrics cannot be served at ${address}: another program listens there; --listen takes another address or port\n`,
	});
	const invalid: ReadonlyArray<readonly [args: readonly string[], sentence: RegExp]> = [
		[['--listen', 'example.org:80'], /^conntop: --listen takes an IP address and a port, such as .*; got "example\.org:80"\n$/v],
		[['--listen', '127.0.0.1:99999'], /^conntop: --listen takes .*\n$/v],
		[['--input', '-'], /^conntop: serve counts what the sockets of this machine do; leave out --input\n$/v],
		[['--interval', '0'], /^conntop: --interval takes .*\n$/v],
		[['rtt > banana'], /^conntop: .*banana.*\n/v],
		[['--no-such'], /^conntop: unknown option '--no-such'.*\n$/v],
	];
	for (const [args, sentence] of invalid) {
		const {exitCode, stdout, stderr} = await runConntop(scene, 'serve', '--no-config', ...args);
		t.deepEqual([exitCode, stdout], [2, ''], args.join(' '));
		t.regex(stderr, sentence);
	}
});

testInNamespace('serve has a landing page, readiness and health checks, and both formats', async t => {
	const scene = await openScene(t);
	const {get, samples} = await startServing(t, scene);
	await samples();
	t.regex(await get('/'), /<a href="\/metrics">/v);
	t.is(await get('/-/ready'), 'ready\n');
	t.is(await get('/-/healthy'), 'healthy\n');
	t.regex(await get('/nothing', '--include'), /^HTTP\/1\.1 404 /v);
	t.regex(await get('/metrics', '--include', '--request', 'POST'), /^HTTP\/1\.1 405 .*Allow: GET, HEAD/sv);
	t.regex(await get('/metrics', '--include'), /\r\nContent-Type: text\/plain; version=0\.0\.4; charset=utf-8\r\n.*# TYPE conntop_samples_total counter\n/sv);
	t.regex(
		await get('/metrics', '--include', '--header', 'Accept: application/openmetrics-text;version=1.0.0;q=0.8,text/plain;q=0.5'),
		/\r\nContent-Type: application\/openmetrics-text; version=1\.0\.0; charset=utf-8\r\n.*# TYPE conntop_samples counter\n.*\n# EOF\n$/sv,
	);

	t.regex(await get('/metrics', '--include', '--compressed'), /\r\nContent-Encoding: gzip\r\n.*# TYPE conntop_samples_total counter\n/sv);

	// A request for OpenMetrics does not change the default format.
	t.regex(await get('/metrics'), /# TYPE conntop_samples_total counter\n/v);
	t.is((await get('/metrics', '--head')).includes('# TYPE'), false);
});

testInNamespace('serve counts only what matches the filter', async t => {
	const scene = await openScene(t);
	const serving = await startServing(t, scene, 'port', '81');
	await serving.samples();
	for (const port of [80, 81]) {
		await scene.listen({port});
		const {id} = await scene.connect({port});
		await scene.send(id, 1000);
	}

	const samples = await samplesWhen(serving, each => sumOf(each, 'conntop_service_received_bytes_total') > 0);
	t.is(sumOf(samples, 'conntop_service_received_bytes_total', {port: '81', direction: 'inbound'}), 1000);
	t.deepEqual([...new Set(samples.map(({labels}) => labels.port).filter(port => port !== undefined))], ['81']);
	t.is(sumOf(samples, 'conntop_sockets', {state: 'LISTEN'}), 1);
	t.is(sumOf(samples, 'conntop_connections'), 2);
});

testInNamespace('serve --record records the connections that the metrics count, each once', async t => {
	const scene = await openScene(t);
	const folder = makeFolder(t);
	const serving = await startServing(t, scene, '--listen', '127.0.0.1:9999', '--record', '--to', folder, '--keep', '1h', 'not port 9999');
	await serving.samples();
	const {lines, send} = startProgram(t, scene, program, '80');
	for (const count of [200, 0]) {
		send(String(count));
		await once(lines, 'line');
	}

	const samples = await samplesWhen(serving, each => sumOf(each, 'conntop_closes_total') >= 400);
	t.is(sumOf(samples, 'conntop_closes_total'), 400);
	const exited = once(serving.child, 'exit');
	serving.child.kill('SIGTERM');
	t.deepEqual(await exited, [0, null]);
	const {stdout} = await runConntop(scene, 'history', '--json', '--input', folder);
	const connections = stdout.split('\n').filter(line => line !== '').map(line => JSON.parse(line) as {readonly peerPort?: number; readonly bytesSent?: number});
	const outbound = connections.filter(({peerPort}) => peerPort === 80);
	t.is(outbound.length, 200);
	t.is(outbound.reduce((sum, {bytesSent = 0}) => sum + bytesSent, 0), sumOf(samples, 'conntop_service_sent_bytes_total', {port: '80', direction: 'outbound'}));
	t.is((await runConntop(scene, 'serve', '--no-config', '--keep', '1h')).stderr, 'conntop: --keep is about a recording, which --record asks for\n');
});

testInNamespace('the metrics show when the ports for one destination run out', async t => {
	const scene = await openScene(t);
	await scene.run('sh', ['-c', 'echo 40000 40019 > /proc/sys/net/ipv4/ip_local_port_range']);
	const serving = await startServing(t, scene, '--listen', '127.0.0.1:9999');
	const before = await serving.samples();
	t.is(sumOf(before, 'conntop_ephemeral_ports'), 20);
	t.is(sumOf(before, 'conntop_problem_sockets', {problem: 'few ports left'}), 0);
	await scene.listen({port: 80});
	for (let count = 0; count < 17; count++) {
		await scene.connect({port: 80});
	}

	const samples = await samplesWhen(serving, each => sumOf(each, 'conntop_ephemeral_ports_used') === 17);
	t.is(sumOf(samples, 'conntop_ephemeral_ports_used'), 17);
	t.is(sumOf(samples, 'conntop_problem_sockets', {problem: 'few ports left'}), 17);
});
