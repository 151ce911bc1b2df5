/** Rules for alerts of Prometheus: deploy/prometheus-rules.yml. */
import {metric} from './metric.js';

export type Rule = {
	readonly alert: string;
	readonly expr: string;
	readonly for: string;
	readonly severity: 'critical' | 'warning' | 'info';
	/** One sentence; may have `{{ $labels.x }}`. */
	readonly summary: string;
};

const reset = '{reason=~"reset|reset here"}';

export const rules: readonly Rule[] = [
	{
		alert: 'ConntopAcceptQueueNearlyFull',
		expr: `${metric('accept_queue_fill')} > 0.8`,
		for: '1m',
		severity: 'critical',
		summary: 'The accept queue of port {{ $labels.port }} on {{ $labels.instance }} is {{ $value | humanizePercentage }} full: when it is full, the kernel drops new connections.',
	},
	{
		alert: 'ConntopAcceptQueueDrops',
		expr: `increase(${metric('accept_queue_drops')}[5m]) > 0`,
		for: '0m',
		severity: 'critical',
		summary: 'The kernel has dropped new connections to port {{ $labels.port }} on {{ $labels.instance }}, because the accept queue was full.',
	},
	{
		alert: 'ConntopResets',
		expr: `sum by (instance, unit) (rate(${metric('closes')}${reset}[5m])) > 0.2 * sum by (instance, unit) (rate(${metric('closes')}[5m])) and sum by (instance, unit) (rate(${metric('closes')}${reset}[5m])) > 1`,
		for: '5m',
		severity: 'warning',
		summary: 'More than a fifth of the connections of {{ $labels.unit }} on {{ $labels.instance }} end with a reset: {{ $value | humanize }} a second.',
	},
	{
		alert: 'ConntopCloseWaitLeak',
		expr: `${metric('problem_sockets')}{problem="CLOSE-WAIT leak"} > 10`,
		for: '10m',
		severity: 'warning',
		summary: '{{ $value }} connections on {{ $labels.instance }} were closed by their peers more than a minute ago, and a program does not close them.',
	},
	{
		alert: 'ConntopRetransmissions',
		expr: `sum by (instance, peer_group) (rate(${metric('peer_retransmitted')}[5m])) > 0.02 * sum by (instance, peer_group) (rate(${metric('peer_sent')}[5m])) and sum by (instance, peer_group) (rate(${metric('peer_sent')}[5m])) > 10000`,
		for: '10m',
		severity: 'warning',
		summary: 'More than 2 % of the bytes from {{ $labels.instance }} to {{ $labels.peer_group }} peers are retransmitted.',
	},
	{
		alert: 'ConntopFewPortsLeft',
		expr: `${metric('ephemeral_ports_used')} > 0.8 * ${metric('ephemeral_ports')}`,
		for: '1m',
		severity: 'critical',
		summary: 'Connections from {{ $labels.instance }} to one peer address and port use {{ $value }} local ports: soon no new one can be opened.',
	},
	{
		alert: 'ConntopPortsRunOut',
		expr: `${metric('ephemeral_ports_left')} < 300 and ${metric('ephemeral_ports_used')} > 0.3 * ${metric('ephemeral_ports')}`,
		for: '1m',
		severity: 'critical',
		summary: 'At the present rate, {{ $labels.instance }} has no local port left for one peer address and port in {{ $value | humanizeDuration }}.',
	},
	{
		alert: 'ConntopDroppedEvents',
		expr: `increase(${metric('dropped_events')}[10m]) > 0`,
		for: '0m',
		severity: 'info',
		summary: 'The kernel has dropped {{ $value | humanize }} events on {{ $labels.instance }}: as many closed connections may be missing from the counts. A shorter --interval helps.',
	},
	{
		alert: 'ConntopLabelsFolded',
		expr: `${metric('folded_label_sets')} > 0`,
		for: '1h',
		severity: 'info',
		summary: 'Metrics by {{ $labels.family }} on {{ $labels.instance }} have more combinations of labels than their limit: {{ $value }} are counted as other.',
	},
	{
		alert: 'ConntopStale',
		expr: `time() - ${metric('last_sample_timestamp')} > 120`,
		for: '1m',
		severity: 'warning',
		summary: 'conntop on {{ $labels.instance }} has taken no sample for {{ $value | humanizeDuration }}.',
	},
];

/** The file. Strings are quoted as in JSON, which is valid YAML. */
export const rulesFile = (): string => [
	'# Made by `npm run docs` from scripts/monitoring/rules.ts; a test fails when it is stale.',
	'groups:',
	'  - name: conntop',
	'    rules:',
	...rules.flatMap(({alert, expr, for: duration, severity, summary}) => [
		`      - alert: ${alert}`,
		`        expr: ${JSON.stringify(expr)}`,
		`        for: ${duration}`,
		'        labels:',
		`          severity: ${severity}`,
		'        annotations:',
		`          summary: ${JSON.stringify(summary)}`,
	]),
	'',
].join('\n');
