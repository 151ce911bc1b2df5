/** Writes metrics in the text formats of Prometheus and OpenMetrics, with prom-client. */
import {
	Counter,
	Gauge,
	Histogram,
	Registry,
	type Metric,
	type RegistryContentType,
} from 'prom-client';
import type {Observe} from '../closed.js';
import {
	baseName,
	labelsOf,
	prometheusName,
	type Family,
	type HistogramFamily,
	type ReadFamily,
} from '../family.js';
import type {LabelName} from '../labels.js';
import type {Reading} from '../reading.js';

export type Format = 'openMetrics' | 'text';

export const contentTypes: Readonly<Record<Format, RegistryContentType>> = {
	openMetrics: Registry.OPENMETRICS_CONTENT_TYPE,
	text: Registry.PROMETHEUS_CONTENT_TYPE,
};

export type Exposition = {
	/** Adds a value of a closed connection. */
	readonly observe: Observe;
	/** Formats all families with the values of a reading. */
	readonly write: (format: Format, reading: Reading) => Promise<string>;
};

/** Labels in the format of prom-client. Empty values are left out, because Prometheus treats them as absent labels. */
const labelled = (names: readonly LabelName[], values: readonly string[]): Partial<Record<LabelName, string>> =>
	Object.fromEntries(names.map((name, index) => [name, values[index]] as const).filter(([, value]) => value !== ''));

/** @param hasNamespaces Whether several network namespaces are read. */
export const createExposition = (families: readonly Family[], hasNamespaces: boolean): Exposition => {
	const labelNames = (family: Family): LabelName[] => [...labelsOf(family, hasNamespaces)];
	const histograms = new Map(families.filter((family): family is HistogramFamily => family.type === 'histogram').map(family => [family.observed, new Histogram({
		name: baseName(family), help: family.meaning, labelNames: labelNames(family), buckets: [...family.buckets], registers: [],
	})]));
	let current: Reading | undefined;

	/** Counters are reset first, because values are absolute and prom-client's counters can only be increased. */
	const ofRead = (family: ReadFamily, name: string): Metric => {
		const names = labelNames(family);
		const configuration = {
			name, help: family.meaning, labelNames: names, registers: [],
		};
		const metric = family.type === 'counter' ? new Counter(configuration) : new Gauge(configuration);
		Object.assign(metric, {
			collect() {
				metric.reset();
				for (const {values, value} of current === undefined ? [] : family.read(current)) {
					metric.inc(labelled(names, values), value);
				}
			},
		});
		return metric;
	};

	/** Each format has separate metrics, because prom-client changes the names of counters when it writes OpenMetrics. */
	const createRegistry = (format: Format): Registry<RegistryContentType> => {
		const registry = new Registry<RegistryContentType>();
		registry.setContentType(contentTypes[format]);
		for (const family of families) {
			registry.registerMetric(family.type === 'histogram' ? histograms.get(family.observed) as Metric : ofRead(family, prometheusName(family)));
		}

		return registry;
	};

	const registries = new Map<Format, Registry<RegistryContentType>>();
	return {
		observe(observed, direction, value) {
			histograms.get(observed)?.observe({direction}, value);
		},
		async write(format, reading) {
			const registry = registries.get(format) ?? createRegistry(format);
			registries.set(format, registry);
			current = reading;
			return registry.metrics();
		},
	};
};
