import test from 'ava';
import {breakdownNames} from '../../source/metrics/breakdowns.js';
import {families} from '../../source/metrics/families.js';
import {openTelemetryName, prometheusName} from '../../source/metrics/family.js';
import {createExposition} from '../../source/metrics/prometheus/exposition.js';
import type {Reading} from '../../source/metrics/reading.js';
import {parsePrometheusText, sumOf} from '../helpers/prometheus-text.js';

const own = {
	version: '1.2.3', samples: 4, failedSamples: 0, sampleSeconds: 0, interval: 1, sampledAt: 1, startedAt: 0, processorSeconds: 0.5, residentMemory: 1, droppedEvents: 0,
	missedEntries: 0, shortLived: 0, hiddenOwners: 0,
};

const nothing: Reading = {
	breakdowns: {service: [], owner: [], peer: []}, sockets: [], closed: [], problems: [], acceptQueues: [], folded: [], own, ports: {used: 3, size: 10, left: Infinity},
};

test('names are unique, and valid in Prometheus', t => {
	const names = families.map(family => prometheusName(family));
	t.is(new Set(names).size, names.length);
	t.is(new Set(families.map(family => openTelemetryName(family))).size, names.length);
	for (const family of families) {
		const name = prometheusName(family);
		t.regex(name, /^conntop(?:_[a-z]+)+$/v);
		t.is(name.endsWith('_total'), family.type === 'counter', name);
		t.regex(family.meaning, /^[A-Z].*\.$/v, name);
		t.true(family.labels.every(label => label !== 'namespace'), name);
	}
});

test('label values are escaped, and empty labels are omitted', async t => {
	const {write} = createExposition(families, false);
	const evil = 'a"} 7\nconntop_evil 1\n\\';
	const text = await write('text', {...nothing, closed: [{values: [evil, 'reset'], count: 3}, {values: ['', 'reset'], count: 4}]});
	const samples = parsePrometheusText(text);
	t.deepEqual(samples.filter(({name}) => name === 'conntop_closes_total'), [
		{name: 'conntop_closes_total', labels: {unit: evil, reason: 'reset'}, value: 3},
		{name: 'conntop_closes_total', labels: {reason: 'reset'}, value: 4},
	]);
	t.is(sumOf(samples, 'conntop_evil'), 0);
});

test('counters have the values of the last reading, in both formats, and histograms all values', async t => {
	const {write, observe} = createExposition(families.filter(({isOfExport}) => !isOfExport), true);
	for (const [samples, format] of [[4, 'text'], [9, 'openMetrics'], [12, 'text']] as const) {
		observe('bytes', 'inbound', 1500);
		const text = await write(format, {...nothing, own: {...own, samples}});
		t.is(sumOf(parsePrometheusText(text), 'conntop_samples_total'), samples);
	}

	const last = parsePrometheusText(await write('text', nothing));
	t.is(sumOf(last, 'conntop_connection_transferred_bytes_bucket', {le: '10000', direction: 'inbound'}), 3);
	t.is(sumOf(last, 'conntop_connection_transferred_bytes_bucket', {le: '1000'}), 0);
	t.is(sumOf(last, 'conntop_connection_transferred_bytes_sum'), 4500);
	t.true(breakdownNames.every(name => last.every(sample => !sample.name.startsWith(`conntop_${name}_sent`))));
	t.false(last.some(({name}) => name === 'conntop_queued_records'));
	t.regex(await write('text', nothing), /^conntop_ephemeral_ports_left_seconds \+Inf$/mv);
});
