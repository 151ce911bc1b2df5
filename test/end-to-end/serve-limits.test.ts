import {spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {openScene, testInNamespace} from '../helpers/conntop.js';
import {parsePrometheusText, sumOf} from '../helpers/prometheus-text.js';
import {samplesWhen, startServing} from '../helpers/serving.js';

const program = fileURLToPath(import.meta.resolve('./many-ports-program.ts'));

testInNamespace('with 300 services and 3,000 peers, the number of series stays limited: the rest counts as other, nothing is lost', async t => {
	const scene = await openScene(t);
	const serving = await startServing(t, scene, '--listen', '127.0.0.1:9999', 'not port 9999');
	const before = await serving.samples();
	const [command, args] = scene.inside(process.execPath, [`--import=${import.meta.resolve('tsx')}`, program, '300', '3000']);
	const child = spawn(command, args, {stdio: ['ignore', 'pipe', 'inherit']});
	await once(child, 'exit');
	const opened = 'conntop_connections_opened_total';
	const samples = await samplesWhen(serving, each => sumOf(each, 'conntop_connections_closed_total') === 6000);
	t.is(sumOf(samples, opened, {direction: 'inbound'}) + sumOf(samples, opened, {direction: 'other'}) + sumOf(samples, opened, {direction: 'outbound'}), 6000);
	t.is(sumOf(samples, 'conntop_service_sent_bytes_total'), 3000);
	t.true(sumOf(samples, opened, {port: 'other'}) > 0);
	for (const name of new Set(samples.map(each => each.name))) {
		t.true(samples.filter(each => each.name === name).length <= 200, name);
	}

	t.true(sumOf(samples, 'conntop_folded_label_sets', {family: 'service'}) >= 400);
	t.is(sumOf(samples, 'conntop_folded_label_sets', {family: 'peer'}), 0);
	t.is(sumOf(before, 'conntop_folded_label_sets'), 0);
	t.true((await serving.get('/metrics')).length < 200_000);
	const labels = new Set(samples.flatMap(sample => Object.values(sample.labels)));
	t.deepEqual([...labels].filter(value => value.startsWith('127.')), []);
	t.truthy(parsePrometheusText(await serving.get('/metrics', '--header', 'Accept: application/openmetrics-text')));
});
