/** Sends metrics and log records to a receiver of OTLP, with the SDK of OpenTelemetry. */
import {ValueType, type Attributes, type Observable} from '@opentelemetry/api';
import {SeverityNumber} from '@opentelemetry/api-logs';
import {OTLPLogExporter} from '@opentelemetry/exporter-logs-otlp-proto';
import {OTLPMetricExporter} from '@opentelemetry/exporter-metrics-otlp-proto';
import {detectResources, envDetector, resourceFromAttributes} from '@opentelemetry/resources';
import {LoggerProvider} from '@opentelemetry/sdk-logs';
import {MeterProvider, PeriodicExportingMetricReader, type PushMetricExporter} from '@opentelemetry/sdk-metrics';
import type {Observe} from '../closed.js';
import {
	labelsOf,
	openTelemetryName,
	openTelemetryUnit,
	type Family,
	type HistogramFamily,
	type ReadFamily,
} from '../family.js';
import {attributeOf, type LabelName} from '../labels.js';
import type {ExportState, Reading} from '../reading.js';
import {closedEventName, type ClosedRecord} from './closed-record.js';
import {isSuccess, reasonOf} from './failures.js';
import {createRecordQueue} from './record-queue.js';
import type {ExportSettings} from './settings.js';

export type ExportingOptions = {
	readonly settings: ExportSettings;
	readonly families: readonly Family[];
	readonly hasNamespaces: boolean;
	readonly version: string;
	readonly hostname: string | undefined;
	/** Reads the counts. Rejects if that is not possible now. */
	readonly read: () => Promise<Reading>;
	/** Called with a sentence when exports fail and when they work again. */
	readonly say: (sentence: string) => void;
};

export type Exporting = {
	readonly observe: Observe;
	/** Queues records of closed connections. */
	readonly log: (records: readonly ClosedRecord[]) => void;
	readonly state: () => ExportState;
	/** Sends the remaining data, for some seconds at most. */
	readonly close: () => Promise<void>;
};

/** Milliseconds to wait at exit for the last metrics and log records; longer than the queue waits, so that its dropped records are known. */
const lastExport = 3000;

const attributesOf = (names: readonly LabelName[], values: readonly string[]): Attributes =>
	Object.fromEntries(names.map((name, index) => [attributeOf(name), values[index]] as const).filter(([, value]) => value !== ''));

/** Reports when exports of a kind begin to fail, and when they work again. */
const createSaying = (what: string, to: string, say: (sentence: string) => void) => {
	let isFailing = false;
	return {
		failed(reason: string, given = 0) {
			if (!isFailing || given > 0) {
				say(given > 0
					? `${given} ${what} were refused by ${to} and are dropped: ${reason}`
					: `${what} cannot be exported to ${to}: ${reason}; trying again`);
			}

			isFailing = true;
		},
		worked() {
			if (isFailing) {
				say(`${what} are exported to ${to} again`);
			}

			isFailing = false;
		},
	};
};

export const startExporting = (options: ExportingOptions): Exporting => {
	const {settings, families, hasNamespaces, version, hostname, read, say} = options;
	const resource = resourceFromAttributes({
		'service.name': 'conntop', 'service.version': version, ...(hostname !== undefined && {'host.name': hostname}),
	}).merge(detectResources({detectors: [envDetector]}));
	let failures = 0;

	const urlOf = (signal: string) => settings.url === undefined ? {} : {url: `${settings.url}/v1/${signal}`};
	const to = settings.url ?? 'the receiver of OTLP';
	const logSaying = createSaying('log records', to, say);
	const queue = createRecordQueue({
		exporter: new OTLPLogExporter(urlOf('logs')),
		...settings.queue,
		onFailure(reason, given) {
			failures++;
			logSaying.failed(reason, given);
		},
		onSuccess: logSaying.worked,
	});
	const loggerProvider = new LoggerProvider({resource, processors: [queue]});
	const logger = loggerProvider.getLogger('conntop', version);

	const metricSaying = createSaying('metrics', to, say);
	const metricExporter = new OTLPMetricExporter(urlOf('metrics'));
	const exporter = countFailures(metricExporter, metricSaying, () => {
		failures++;
	});
	const reader = new PeriodicExportingMetricReader({
		exporter, exportIntervalMillis: settings.interval, exportTimeoutMillis: Math.min(settings.interval, 30_000),
	});
	const meterProvider = new MeterProvider({resource, readers: [reader]});
	const meter = meterProvider.getMeter('conntop', version);
	const readFamilies = families.filter((family): family is ReadFamily => family.type !== 'histogram');
	const instruments = readFamilies.map(family => {
		const described = {description: family.meaning, unit: openTelemetryUnit(family), valueType: ValueType.DOUBLE};
		const instrument: Observable = family.type === 'counter'
			? meter.createObservableCounter(openTelemetryName(family), described)
			: meter.createObservableGauge(openTelemetryName(family), described);
		return {family, instrument, names: labelsOf(family, hasNamespaces)};
	});
	meter.addBatchObservableCallback(async result => {
		const reading = await read();
		for (const {family, instrument, names} of instruments) {
			for (const {values, value} of family.read(reading)) {
				result.observe(instrument, value, attributesOf(names, values));
			}
		}
	}, instruments.map(({instrument}) => instrument));
	const createHistogram = (family: HistogramFamily) => {
		const [name, unit] = [openTelemetryName(family), openTelemetryUnit(family)];
		return meter.createHistogram(name, {description: family.meaning, unit, advice: {explicitBucketBoundaries: [...family.buckets]}});
	};

	const histogramFamilies = families.filter((family): family is HistogramFamily => family.type === 'histogram');
	const histograms = new Map(histogramFamilies.map(family => [family.observed, createHistogram(family)]));

	return {
		observe(observed, direction, value) {
			histograms.get(observed)?.record(value, attributesOf(['direction'], [direction]));
		},
		log(records) {
			for (const {time, body, attributes} of records) {
				logger.emit({
					eventName: closedEventName, timestamp: time, severityNumber: SeverityNumber.INFO, severityText: 'INFO', body, attributes,
				});
			}
		},
		state: () => ({
			sent: queue.sent(), dropped: queue.dropped(), queued: queue.queued(), failures,
		}),
		async close() {
			const late = Promise.withResolvers<void>();
			const timer = setTimeout(late.resolve, lastExport);
			const ending = Promise.allSettled([meterProvider.shutdown(), loggerProvider.shutdown()]);
			await Promise.race([ending, late.promise]);
			clearTimeout(timer);
			if (queue.dropped() > 0) {
				say(`${queue.dropped()} log records of closed connections were dropped, because no receiver accepted them in time`);
			}
		},
	};
};

/** Counts failed exports of metrics. Nothing is lost, because the next export contains all counts. */
const countFailures = (exporter: PushMetricExporter, saying: ReturnType<typeof createSaying>, onFailure: () => void): PushMetricExporter => ({
	export(metrics, callback) {
		exporter.export(metrics, result => {
			if (isSuccess(result)) {
				saying.worked();
			} else {
				onFailure();
				saying.failed(result.error === undefined ? 'the export failed' : reasonOf(result.error));
			}

			callback(result);
		});
	},
	forceFlush: async () => exporter.forceFlush(),
	shutdown: async () => exporter.shutdown(),
	...(exporter.selectAggregationTemporality && {selectAggregationTemporality: type => exporter.selectAggregationTemporality?.(type) ?? 1}),
	...(exporter.selectAggregation && {selectAggregation: type => exporter.selectAggregation?.(type) ?? {type: 0}}),
});
