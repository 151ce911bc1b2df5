import test from 'ava';
import {readExportSettings} from '../../source/metrics/otlp/settings.js';

test('exports go where the option or the variables of OpenTelemetry say, or nowhere', t => {
	t.is(readExportSettings(undefined, {}), undefined);
	t.is(readExportSettings(undefined, {OTEL_SERVICE_NAME: 'a', OTEL_EXPORTER_OTLP_ENDPOINT: ''}), undefined);
	t.is(readExportSettings(undefined, {OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a', OTEL_SDK_DISABLED: 'true'}), undefined);
	const queue = {most: 10_000, batch: 512, delay: 1000};
	t.deepEqual(readExportSettings('http://a:4318/', {}), {url: 'http://a:4318', interval: 60_000, queue});
	t.deepEqual(readExportSettings(undefined, {OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: 'https://a/x'}), {interval: 60_000, queue});
	t.deepEqual(readExportSettings('http://a', {OTEL_METRIC_EXPORT_INTERVAL: '5000', OTEL_BLRP_MAX_QUEUE_SIZE: '100', OTEL_BLRP_SCHEDULE_DELAY: 'x'}), {
		url: 'http://a', interval: 5000, queue: {most: 100, batch: 100, delay: 1000},
	});
});

test('an invalid receiver is reported in one sentence', t => {
	for (const [url, environment, sentence] of [
		['a:4317', {}, /^--otlp takes the address of a receiver, .*; got "a:4317"$/v],
		['grpc://a', {}, /^--otlp takes/v],
		[undefined, {OTEL_EXPORTER_OTLP_ENDPOINT: 'a'}, /^OTEL_EXPORTER_OTLP_ENDPOINT takes .*; got "a"$/v],
		['http://a', {OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc'}, /^conntop exports by http\/protobuf only; OTEL_EXPORTER_OTLP_PROTOCOL is "grpc"$/v],
	] as const) {
		const read = readExportSettings(url, environment);
		t.regex(read !== undefined && 'problem' in read ? read.problem : '', sentence);
	}
});
