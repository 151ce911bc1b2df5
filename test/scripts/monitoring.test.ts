import fs from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {execa} from 'execa';
import {monitoringFiles} from '../../scripts/monitoring/files.js';
import {metric} from '../../scripts/monitoring/metric.js';
import {rules} from '../../scripts/monitoring/rules.js';
import {makeFolder} from '../helpers/folder.js';
import {missingProgram, testUnless} from '../helpers/unless.js';

const deploy = fileURLToPath(new URL('../../deploy/', import.meta.url));

for (const {name, text} of monitoringFiles) {
	test(`deploy/${name} is up to date (else: npm run docs)`, t => {
		t.is(fs.readFileSync(path.join(deploy, name), 'utf8'), text());
	});
}

test('queries can only name metrics of the registry', t => {
	t.is(metric('service_sent'), 'conntop_service_sent_bytes_total');
	t.throws(() => metric('no_such'), {message: 'there is no metric no_such in source/metrics/families.ts'});
});

/** Series that make an alert fire, as promtool takes them: one value a minute. */
const firing: Readonly<Record<string, ReadonlyArray<readonly [series: string, values: string]>>> = {
	ConntopAcceptQueueNearlyFull: [['conntop_accept_queue_fill_ratio{port="80"}', '0.9x40']],
	ConntopAcceptQueueDrops: [['conntop_accept_queue_drops_total{port="80"}', '0+1x40']],
	ConntopResets: [['conntop_closes_total{unit="a",reason="reset"}', '0+120x40'], ['conntop_closes_total{unit="a",reason="closed here"}', '0+120x40']],
	ConntopCloseWaitLeak: [['conntop_problem_sockets{problem="CLOSE-WAIT leak"}', '11x40']],
	ConntopRetransmissions: [['conntop_peer_retransmitted_bytes_total{peer_group="public"}', '0+100000x40'], ['conntop_peer_sent_bytes_total{peer_group="public"}', '0+1000000x40']],
	ConntopFewPortsLeft: [['conntop_ephemeral_ports', '100x40'], ['conntop_ephemeral_ports_used', '81x40']],
	ConntopPortsRunOut: [['conntop_ephemeral_ports', '100x40'], ['conntop_ephemeral_ports_used', '50x40'], ['conntop_ephemeral_ports_left_seconds', '100x40']],
	ConntopDroppedEvents: [['conntop_dropped_events_total', '0+1x40']],
	ConntopLabelsFolded: [['conntop_folded_label_sets{family="owner"}', '1x80']],
	ConntopStale: [['conntop_last_sample_timestamp_seconds', '0x40']],
};

testUnless(missingProgram('promtool'), 'each alert fires on its series, and on no healthy ones', async t => {
	t.deepEqual(Object.keys(firing), rules.map(({alert}) => alert));
	const file = path.join(makeFolder(t), 'tests.yml');
	/** What each alert says is tested by eye. */
	const countOf = (alert: string): string => `count(ALERTS{alertname="${alert}", alertstate="firing"})`;
	const healthy = [
		['conntop_accept_queue_fill_ratio{port="80"}', '0.1x80'],
		['conntop_accept_queue_drops_total{port="80"}', '3x80'],
		['conntop_closes_total{unit="a",reason="closed here"}', '0+120x80'],
		['conntop_closes_total{unit="a",reason="reset"}', '0+1x80'],
		['conntop_problem_sockets{problem="CLOSE-WAIT leak"}', '0x80'],
		['conntop_ephemeral_ports', '100x80'],
		['conntop_ephemeral_ports_used', '9x80'],
		['conntop_ephemeral_ports_left_seconds', '1000000x80'],
		['conntop_dropped_events_total', '5x80'],
		['conntop_folded_label_sets{family="owner"}', '0x80'],
		['conntop_last_sample_timestamp_seconds', '0+60x80'],
		['conntop_peer_retransmitted_bytes_total{peer_group="public"}', '0+1x80'],
		['conntop_peer_sent_bytes_total{peer_group="public"}', '0+1000000x80'],
	] as const;
	const series = (list: ReadonlyArray<readonly [string, string]>) => list.map(([name, values]) => ({series: name, values}));
	fs.writeFileSync(file, JSON.stringify({
		rule_files: [path.join(deploy, 'prometheus-rules.yml')],
		evaluation_interval: '1m',
		tests: [
			...Object.entries(firing).map(([alert, list]) => ({
				interval: '1m', input_series: series(list),
				promql_expr_test: [{expr: countOf(alert), eval_time: alert === 'ConntopLabelsFolded' ? '70m' : '30m', exp_samples: [{labels: '{}', value: 1}]}],
			})),
			{interval: '1m', input_series: series(healthy), promql_expr_test: [{expr: 'count(ALERTS)', eval_time: '75m', exp_samples: []}]},
		],
	}));
	for (const args of [['check', 'rules', path.join(deploy, 'prometheus-rules.yml')], ['check', 'config', path.join(deploy, 'prometheus.yml')], ['test', 'rules', file]]) {
		const {exitCode, stdout, stderr} = await execa('promtool', args, {reject: false});
		t.is(exitCode, 0, stdout + stderr);
	}
});
