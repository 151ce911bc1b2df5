/** The dashboard for Grafana: deploy/grafana-dashboard.json. */
import {metric} from './metric.js';

type Panel = {
	readonly title: string;
	/** Each with its legend. */
	readonly queries: ReadonlyArray<readonly [expr: string, legend: string]>;
	/** As Grafana names it. */
	readonly unit: 'short' | 'bytes' | 'Bps' | 's' | 'percentunit' | 'cps';
};

const instance = 'instance=~"$instance"';

const rate = (name: string, by: string, selector = ''): string =>
	`sum by (${by}) (rate(${metric(name)}{${instance}${selector}}[$__rate_interval]))`;

const current = (name: string, by: string, selector = ''): string => `sum by (${by}) (${metric(name)}{${instance}${selector}})`;

const quantile = (share: number, name: string): string =>
	`histogram_quantile(${share}, sum by (le, direction) (rate(${metric(name)}_bucket{${instance}}[$__rate_interval])))`;

const panels: readonly Panel[] = [
	{title: 'Sockets by state', unit: 'short', queries: [[current('sockets', 'state'), '{{state}}']]},
	{
		title: 'Problems', unit: 'short',
		// The sum shows that there are none.
		queries: [[`${current('problem_sockets', 'problem')} > 0`, '{{problem}}'], [`sum(${metric('problem_sockets')}{${instance}}) or vector(0)`, 'all']],
	},
	{
		title: 'Connections opened a second, by service', unit: 'cps',
		queries: [[rate('connections_opened', 'direction, port, service'), '{{direction}} {{port}} {{service}}']],
	},
	{title: 'Connections at the moment, by service', unit: 'short', queries: [[current('connections', 'direction, port, service'), '{{direction}} {{port}} {{service}}']]},
	{title: 'Received, by service', unit: 'Bps', queries: [[rate('service_received', 'direction, port, service'), '{{direction}} {{port}} {{service}}']]},
	{title: 'Sent, by service', unit: 'Bps', queries: [[rate('service_sent', 'direction, port, service'), '{{direction}} {{port}} {{service}}']]},
	{title: 'Sent, by unit and process', unit: 'Bps', queries: [[rate('owner_sent', 'unit, container, process'), '{{unit}} {{container}} {{process}}']]},
	{title: 'Received, by unit and process', unit: 'Bps', queries: [[rate('owner_received', 'unit, container, process'), '{{unit}} {{container}} {{process}}']]},
	{title: 'Traffic by network of the peer', unit: 'Bps', queries: [[rate('peer_sent', 'peer_group'), 'to {{peer_group}}'], [rate('peer_received', 'peer_group'), 'from {{peer_group}}']]},
	{
		title: 'Retransmitted share, by network of the peer', unit: 'percentunit',
		queries: [[`${rate('peer_retransmitted', 'peer_group')} / (${rate('peer_sent', 'peer_group')} > 0)`, '{{peer_group}}']],
	},
	{title: 'Closes a second, by reason', unit: 'cps', queries: [[rate('closes', 'reason'), '{{reason}}']]},
	{title: 'How full the accept queues are', unit: 'percentunit', queries: [[`max by (instance, port, service) (${metric('accept_queue_fill')}{${instance}})`, '{{instance}} {{port}} {{service}}']]},
	{title: 'Dropped at accept queues', unit: 'cps', queries: [[rate('accept_queue_drops', 'instance, port'), '{{instance}} {{port}}']]},
	{
		title: 'Local ports used for one destination', unit: 'percentunit',
		queries: [[`${metric('ephemeral_ports_used')}{${instance}} / ${metric('ephemeral_ports')}{${instance}}`, '{{instance}}']],
	},
	{title: 'Duration of closed connections', unit: 's', queries: [[quantile(0.5, 'connection_duration'), 'median {{direction}}'], [quantile(0.99, 'connection_duration'), '99 % {{direction}}']]},
	{title: 'Round-trip time of closed connections', unit: 's', queries: [[quantile(0.5, 'connection_rtt'), 'median {{direction}}'], [quantile(0.99, 'connection_rtt'), '99 % {{direction}}']]},
	{title: 'Bytes of closed connections', unit: 'bytes', queries: [[quantile(0.5, 'connection_transferred'), 'median {{direction}}'], [quantile(0.99, 'connection_transferred'), '99 % {{direction}}']]},
	{
		title: 'What is not known', unit: 'short',
		queries: [
			[`sum(increase(${metric('dropped_events')}{${instance}}[$__rate_interval]))`, 'dropped events'],
			[`sum(${metric('hidden_owners')}{${instance}})`, 'hidden owners'],
			[`sum(${metric('folded_label_sets')}{${instance}})`, 'folded combinations of labels'],
		],
	},
	{title: 'Processor time of conntop', unit: 'percentunit', queries: [[`rate(${metric('cpu')}{${instance}}[$__rate_interval])`, '{{instance}}']]},
	{title: 'Memory of conntop', unit: 'bytes', queries: [[`${metric('resident_memory')}{${instance}}`, '{{instance}}']]},
];

export const dashboardQueries: readonly string[] = panels.flatMap(({queries}) => queries.map(([expr]) => expr));

const datasource = {type: 'prometheus', uid: '${datasource}'}; // eslint-disable-line no-template-curly-in-string -- A variable of Grafana.

const [columns, width, height] = [2, 12, 8];

/** Returns the dashboard as JSON, as Grafana imports it. */
export const dashboardFile = (): string => `${JSON.stringify({
	title: 'conntop',
	uid: 'conntop',
	description: 'What the sockets of machines do. Made by `npm run docs` from scripts/monitoring/dashboard.ts.',
	tags: ['conntop', 'network'],
	schemaVersion: 39,
	version: 1,
	editable: true,
	refresh: '30s',
	time: {from: 'now-1h', to: 'now'},
	templating: {
		list: [
			{
				name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus',
			},
			{
				name: 'instance', label: 'Machine', type: 'query', datasource, query: `label_values(${metric('build_info')}, instance)`, refresh: 2, multi: true, includeAll: true,
				allValue: '.*', current: {text: 'All', value: '$__all'},
			},
		],
	},
	panels: panels.map(({title, queries, unit}, index) => ({
		id: index + 1,
		title,
		type: 'timeseries',
		datasource,
		gridPos: {
			x: (index % columns) * width, y: Math.floor(index / columns) * height, w: width, h: height,
		},
		fieldConfig: {defaults: {unit, custom: {fillOpacity: 10}}, overrides: []},
		options: {legend: {displayMode: 'list', placement: 'bottom'}, tooltip: {mode: 'multi', sort: 'desc'}},
		targets: queries.map(([expr, legendFormat], target) => ({
			refId: String.fromCodePoint(65 + target), datasource, expr, legendFormat,
		})),
	})),
}, undefined, '\t')}\n`;
