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
	/** Counts a value of a closed connection. */
	readonly observe: Observe;
	/** Writes all families with the values of a reading. */
	readonly write: (format: Format, reading: Reading) => Promise<string>;
};

/** Labels as prom-client takes them. Prometheus treats an empty value as an absent label, so it is left out. */
const labelled = (names: readonly LabelName[], values: readonly string[]): Partial<Record<LabelName, string>> =>
	Object.fromEntries(names.map((name, index) => [name, values[index]] as const).filter(([, value]) => value !== ''));

/** @param hasNamespaces Whether several network namespaces are read. */
export const createExposition = (families: readonly Family[], hasNamespaces: boolean): Exposition => {
	const labelNames = (family: Family): LabelName[] => [...labelsOf(family, hasNamespaces)];
	const histograms = new Map(families.filter((family): family is HistogramFamily => family.type === 'histogram').map(family => [family.observed, new Histogram({
		name: baseName(family), help: family.meaning, labelNames: labelNames(family), buckets: [...family.buckets], registers: [],
	})]));
	let current: Reading | undefined;

	/** The values are absolute, and prom-client's counters can only be increased: they start at 0 each time. */
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

	/** Prom-client changes the names of counters when it writes OpenMetrics, so each format has metrics of its own. */
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
