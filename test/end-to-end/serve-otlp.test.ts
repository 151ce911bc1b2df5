import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import type {ExecutionContext} from 'ava';
import {openScene, runConntop, testInNamespace} from '../helpers/conntop.js';
import type {Scene} from '../helpers/namespace.js';
import {
	decodeLogs,
	decodeMetrics,
	type ReceivedLog,
	type ReceivedPoint,
} from '../helpers/otlp.js';
import {sumOf} from '../helpers/prometheus-text.js';
import {
	samplesWhen,
	startProgram,
	startServing,
	type Serving,
} from '../helpers/serving.js';
import {until} from '../helpers/until.js';
import type {ReceivedRequest} from './otlp-receiver-program.js';
import type {ShortConnectionsTruth} from './short-connections-program.js';

const programOf = (name: string): string => fileURLToPath(import.meta.resolve(`./${name}.ts`));

const receiverPort = 4318;
const servingPort = 9999;

const startReceiver = async (t: ExecutionContext, scene: Scene) => {
	const {lines, send} = startProgram(t, scene, programOf('otlp-receiver-program'), String(receiverPort));
	const logs: ReceivedLog[] = [];
	let points: readonly ReceivedPoint[] = [];
	const state = {isListening: false, refused: 0};
	lines.on('line', line => {
		const {path, body, isAccepted} = JSON.parse(line) as ReceivedRequest;
		state.isListening = path === 'listening' || (state.isListening && path !== 'closed');
		if (isAccepted && path === '/v1/logs') {
			logs.push(...decodeLogs(Buffer.from(body, 'base64')));
		} else if (isAccepted && path === '/v1/metrics') {
			points = decodeMetrics(Buffer.from(body, 'base64'));
		} else if (!isAccepted) {
			state.refused++;
		}
	});
	await until(() => state.isListening, 'the receiver');
	return {
		logs, send, state, points: () => points,
	};
};

/** Starts `serve` with metrics over HTTP and OTLP, without the connections of the test itself. */
const start = async (t: ExecutionContext, scene: Scene, environment: readonly string[] = []): Promise<Serving> => startServing(
	t, scene, {environment: ['OTEL_METRIC_EXPORT_INTERVAL=300', ...environment]}, '--listen', `127.0.0.1:${servingPort}`, '--otlp', `http://127.0.0.1:${receiverPort}/`, `not port ${servingPort} and not port ${receiverPort}`,
);

/** Starts a program that opens short connections. The returned function opens some, and resolves to the counts so far. */
const startGenerator = (t: ExecutionContext, scene: Scene) => {
	const {lines, send} = startProgram(t, scene, programOf('short-connections-program'), '80');
	return async (count: number): Promise<ShortConnectionsTruth> => {
		send(String(count));
		const [line] = await once(lines, 'line') as [string];
		return JSON.parse(line) as ShortConnectionsTruth;
	};
};

const outbound = (logs: readonly ReceivedLog[]): readonly ReceivedLog[] => logs.filter(({attributes}) => attributes['conntop.direction'] === 'outbound');

const sumOfLogs = (logs: readonly ReceivedLog[], name: string): number => logs.reduce((sum, {attributes}) => sum + Number(attributes[name]), 0);

testInNamespace('metrics and closed connections are exported over OTLP, with their attributes and exact sums', async t => {
	const scene = await openScene(t);
	const {logs, points} = await startReceiver(t, scene);
	const serving = await start(t, scene, ['OTEL_RESOURCE_ATTRIBUTES=deployment.environment=test']);
	await serving.samples();
	const generate = startGenerator(t, scene);
	await generate(600);
	const {80: truth} = await generate(0);
	await until(() => outbound(logs).length >= 600, 'log records');
	const records = outbound(logs);
	t.is(records.length, 600);
	t.is(sumOfLogs(records, 'conntop.sent'), truth.bytesSent);
	t.is(sumOfLogs(records, 'conntop.received'), truth.bytesReceived);
	t.is(new Set(records.map(({attributes}) => attributes['network.local.port'])).size > 100, true);
	t.like(records[0], {
		event: 'conntop.connection.closed',
		attributes: {
			'network.transport': 'tcp', 'network.type': 'ipv4', 'network.local.address': '127.0.0.1', 'network.peer.address': '127.0.0.1', 'network.peer.port': 80,
			'conntop.direction': 'outbound', 'conntop.service.port': 80, 'conntop.service.name': 'http',
		},
		resource: {'service.name': 'conntop', 'deployment.environment': 'test'},
	});
	t.regex(records[0].body, /^tcp outbound 127\.0\.0\.1:\d+ 127\.0\.0\.1:80 (?:closed here|closed by peer|reset)$/v);
	t.true(Math.abs(records[0].time - Date.now()) < 3_600_000);

	const pointOf = (name: string): ReceivedPoint | undefined =>
		points().find(point => point.name === name && point.attributes['conntop.service.port'] === '80' && point.attributes['conntop.direction'] === 'outbound');
	await until(() => pointOf('conntop.service.sent')?.value === truth.bytesSent && pointOf('conntop.connections.closed')?.value === 600, 'metrics');
	t.like(pointOf('conntop.service.sent'), {
		unit: 'By', kind: 'sum', isMonotonic: true, isCumulative: true, attributes: {'network.transport': 'tcp', 'conntop.service.name': 'http'},
	});
	t.is(pointOf('conntop.service.received')?.value, truth.bytesReceived);
	t.is(points().find(point => point.name === 'conntop.connection.transferred' && point.attributes['conntop.direction'] === 'outbound')?.value, truth.bytesSent + truth.bytesReceived);
	t.is(serving.stderr(), '');
});

testInNamespace('a receiver that fails, stops and returns gets every record; refused records are counted', async t => {
	const scene = await openScene(t);
	const {logs, send, state} = await startReceiver(t, scene);
	const serving = await start(t, scene);
	await serving.samples();
	const generate = startGenerator(t, scene);
	for (const mode of ['slow', 'fail', 'die']) {
		send(mode);
		await until(() => mode !== 'die' || !state.isListening, 'the receiver to close its port');
		await generate(100);
	}

	await generate(0);
	await samplesWhen(serving, each => sumOf(each, 'conntop_failed_exports_total') > 1 && sumOf(each, 'conntop_queued_records') > 0);
	send('return');
	await until(() => outbound(logs).length >= 300, 'log records');
	t.is(outbound(logs).length, 300);
	const tuple = ({attributes}: ReceivedLog): string => `${attributes['network.local.port']} ${attributes['conntop.sent']} ${attributes['conntop.received']}`;
	t.is(new Set(outbound(logs).map(record => tuple(record))).size, 300, 'no record arrives twice');
	t.regex(serving.stderr(), /cannot be exported to http:\/\/127\.0\.0\.1:4318: .*; trying again\n/v);
	await until(() => /(?:log records|metrics) are exported to \S+ again\n/v.test(serving.stderr()), 'the message about success');

	send('refuse');
	await generate(50);
	await generate(0);
	const samples = await samplesWhen(serving, each => sumOf(each, 'conntop_dropped_records_total') === 100);
	t.is(sumOf(samples, 'conntop_dropped_records_total'), 100);
	t.is(sumOf(samples, 'conntop_exported_records_total'), 600);
	t.regex(serving.stderr(), / log records were refused by http:\/\/127\.0\.0\.1:4318 and are dropped: /v);
});

testInNamespace('without a receiver, the number of queued records is limited, and serve exits at once and reports the lost ones', async t => {
	const scene = await openScene(t);
	const serving = await start(t, scene, ['OTEL_BLRP_MAX_QUEUE_SIZE=50']);
	await serving.samples();
	const generate = startGenerator(t, scene);
	await generate(300);
	await generate(0);
	const samples = await samplesWhen(serving, each => sumOf(each, 'conntop_dropped_records_total') === 550);
	t.is(sumOf(samples, 'conntop_queued_records'), 50);
	t.is(sumOf(samples, 'conntop_dropped_records_total'), 550);
	const exited = once(serving.child, 'exit');
	serving.child.kill('SIGTERM');
	t.deepEqual(await exited, [0, null]);
	t.regex(serving.stderr(), /600 log records of closed connections were dropped, because no receiver accepted them in time\n$/v);
});

testInNamespace('an invalid receiver is reported in one sentence, with exit code 2', async t => {
	const scene = await openScene(t);
	const {exitCode, stderr} = await runConntop(scene, 'serve', '--no-config', '--otlp', 'collector:4317');
	t.is(exitCode, 2);
	t.is(stderr, 'conntop: --otlp takes the address of a receiver, such as http://127.0.0.1:4318; got "collector:4317"\n');
});
