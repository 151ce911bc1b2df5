/** A metric family: one record, from which Prometheus, OpenTelemetry, `--print-metrics` and docs/metrics.md are derived. */
import type {LabelName} from './labels.js';
import type {Reading} from './reading.js';

export type Point = {
	/** Label values, in order of the labels; empty ones are left out. */
	readonly values: readonly string[];
	readonly value: number;
};

export type Unit = 'bytes' | 'seconds' | 'ratio';

type Basics = {
	/** The name without prefix, unit and `_total`. */
	readonly name: string;
	readonly unit?: Unit;
	/** Description in one sentence. */
	readonly meaning: string;
	readonly labels: readonly LabelName[];
	/** Whether it has the label `namespace` if several network namespaces are read. */
	readonly isByNamespace?: true;
	/** Whether it exists only while metrics are exported by OTLP. */
	readonly isOfExport?: true;
};

/** A gauge or a counter. */
export type ReadFamily = Basics & {
	readonly type: 'counter' | 'gauge';
	readonly read: (reading: Reading) => readonly Point[];
};

/** Kinds of values in histograms. */
export type Observed = 'duration' | 'bytes' | 'rtt';

/** The distribution of a value of closed connections. */
export type HistogramFamily = Basics & {
	readonly type: 'histogram';
	readonly observed: Observed;
	/** Upper bounds. */
	readonly buckets: readonly number[];
};

export type Family = ReadFamily | HistogramFamily;

/** The name in Prometheus, without the `_total` of counters. */
export const baseName = ({name, unit}: Basics): string => ['conntop', name, ...(unit === undefined ? [] : [unit])].join('_');

/** The complete name in Prometheus. */
export const prometheusName = (family: Family): string => `${baseName(family)}${family.type === 'counter' ? '_total' : ''}`;

/** The name in OpenTelemetry, which has the unit beside it. */
export const openTelemetryName = ({name}: Basics): string => `conntop.${name.replaceAll('_', '.')}`;

const openTelemetryUnits: Readonly<Record<Unit, string>> = {bytes: 'By', seconds: 's', ratio: '1'};

/** The unit in OpenTelemetry (UCUM). */
export const openTelemetryUnit = ({unit}: Basics): string => unit === undefined ? '' : openTelemetryUnits[unit];

/** The labels that a family has. */
export const labelsOf = ({labels, isByNamespace}: Basics, hasNamespaces: boolean): readonly LabelName[] =>
	isByNamespace && hasNamespaces ? [...labels, 'namespace'] : labels;
