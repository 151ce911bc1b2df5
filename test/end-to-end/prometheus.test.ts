import {spawn} from 'node:child_process';
import {once} from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {execa} from 'execa';
import {dashboardQueries} from '../../scripts/monitoring/dashboard.js';
import {rules} from '../../scripts/monitoring/rules.js';
import {openScene, testInNamespace} from '../helpers/conntop.js';
import {makeFolder} from '../helpers/folder.js';
import {startProgram, startServing} from '../helpers/serving.js';
import type {ShortConnectionsTruth} from './short-connections-program.js';

const program = fileURLToPath(import.meta.resolve('./short-connections-program.ts'));
const rulesPath = fileURLToPath(import.meta.resolve('../../deploy/prometheus-rules.yml'));

type Answer = {readonly status: string; readonly data: {readonly result: ReadonlyArray<{readonly value: readonly [number, string]}>}};

/** Queries that have no rows while there are no problems. */
const mayBeEmpty = /problem_sockets\{[^\}]*\}\) > 0$/v;

/** The operands of a rule's expression, without their limits. */
const withoutLimits = (expr: string): readonly string[] => expr.split(' and ').map(part => part.replace(/ [<>] .*$/v, ''));

testInNamespace('Prometheus reads the metrics: sums are exact, and all queries of the dashboard and the rules return rows', async t => {
	const scene = await openScene(t);
	const {address, get, samples} = await startServing(t, scene, '--listen', '127.0.0.1:9999', 'not port 9999');
	await samples();
	const folder = makeFolder(t);
	const config = path.join(folder, 'prometheus.yml');
	fs.writeFileSync(config, JSON.stringify({
		global: {scrape_interval: '1s', evaluation_interval: '1s'},
		rule_files: [rulesPath],
		scrape_configs: [{job_name: 'conntop', static_configs: [{targets: [address]}]}],
	}));
	const [command, args] = scene.inside('prometheus', [
		`--config.file=${config}`, `--storage.tsdb.path=${path.join(folder, 'data')}`, '--web.listen-address=127.0.0.1:9090', '--log.level=error',
	]);
	const prometheus = spawn(command, args, {stdio: 'ignore'});
	t.teardown(async () => {
		const exited = once(prometheus, 'exit');
		prometheus.kill('SIGKILL');
		await exited;
	});

	const query = async (expr: string): Promise<Answer> => {
		const [curl, options] = scene.inside('curl', ['--silent', '--retry', '30', '--retry-connrefused', '--retry-delay', '1', '--data-urlencode', `query=${expr}`, 'http://127.0.0.1:9090/api/v1/query']);
		const {stdout} = await execa(curl, options);
		return JSON.parse(stdout) as Answer;
	};

	const {lines, send} = startProgram(t, scene, program, '80', '443');
	let truth: ShortConnectionsTruth = {};
	for (const count of [700, 700, 0]) {
		send(String(count));
		const [line] = await once(lines, 'line') as [string];
		truth = JSON.parse(line) as ShortConnectionsTruth;
		await query('up');
	}

	const valueOf = async (name: string, port: string, direction: string): Promise<number> =>
		Number((await query(`sum(${name}{port="${port}", direction="${direction}"})`)).data.result[0]?.value[1]);
	const until = async (isMet: () => Promise<boolean>): Promise<void> => {
		const deadline = performance.now() + 90_000;
		while (!await isMet() && performance.now() < deadline) {
			await query('up');
		}
	};

	for (const [port, {connections, closed, bytesSent, bytesReceived}] of Object.entries(truth)) {
		await until(async () => await valueOf('conntop_connections_closed_total', port, 'inbound') >= closed);

		const counted = await Promise.all(['connections_opened', 'connections_closed', 'service_received_bytes', 'service_sent_bytes'].map(async name => valueOf(`conntop_${name}_total`, port, 'inbound')));
		t.deepEqual(counted, [connections, closed, bytesSent, bytesReceived]);
	}

	for (const expr of [...dashboardQueries, ...rules.flatMap(rule => withoutLimits(rule.expr))]) {
		const filled = expr.replaceAll('$instance', '.*').replaceAll('$__rate_interval', '5m');
		if (!mayBeEmpty.test(filled)) {
			await until(async () => (await query(filled)).data.result.length > 0);
		}

		const {status, data} = await query(filled);
		t.is(status, 'success', expr);
		t.true(data.result.length > 0 || mayBeEmpty.test(filled), expr);
	}

	const {exitCode, stdout, stderr} = await execa('promtool', ['check', 'metrics'], {input: await get('/metrics'), reject: false});
	t.deepEqual([exitCode, stdout, stderr], [0, '', '']);
}, 'prometheus', 'promtool');
