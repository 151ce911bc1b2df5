/** Decodes requests of OTLP exporters (opentelemetry-proto 1.x), as far as tests need it. */
import {decodeMessage, type Message} from './protobuf.js';

export type Attributes = Readonly<Record<string, string | number | boolean>>;

export type ReceivedLog = {readonly time: number; readonly event: string; readonly body: string; readonly attributes: Attributes; readonly resource: Attributes};

export type ReceivedPoint = {
	readonly name: string;
	readonly unit: string;
	readonly kind: 'gauge' | 'sum' | 'histogram';
	readonly value: number;
	readonly attributes: Attributes;
	readonly isMonotonic: boolean;
	readonly isCumulative: boolean;
};

/** AnyValue. */
const valueOf = (value: Message): string | number | boolean => {
	if (value.has(2)) {
		return value.integer(2) === 1n;
	}

	if (value.has(3)) {
		return Number(value.integer(3));
	}

	return value.has(4) ? value.double(4) ?? NaN : value.text(1);
};

const attributesOf = (keyValues: readonly Message[]): Attributes => Object.fromEntries(keyValues.map(each => [each.text(1), valueOf(each.messages(2)[0])]));

/** ExportLogsServiceRequest. */
export const decodeLogs = (bytes: Uint8Array): readonly ReceivedLog[] => decodeMessage(bytes).messages(1).flatMap(ofResource => {
	const resource = attributesOf(ofResource.messages(1).flatMap(each => each.messages(1)));
	return ofResource.messages(2).flatMap(ofScope => ofScope.messages(2)).map(record => ({
		time: Number((record.integer(1) ?? 0n) / 1_000_000n),
		event: record.text(12),
		body: String(record.messages(5).map(each => valueOf(each))[0] ?? ''),
		attributes: attributesOf(record.messages(6)),
		resource,
	}));
});

const pointsOf = (metric: Message): readonly ReceivedPoint[] => {
	const [name, unit] = [metric.text(1), metric.text(3)];
	const kinds = [[5, 'gauge'], [7, 'sum'], [9, 'histogram']] as const;
	return kinds.flatMap(([field, kind]) => metric.messages(field).flatMap(data => data.messages(1).map(point => ({
		name,
		unit,
		kind,
		// For a histogram: the sum.
		value: kind === 'histogram' ? point.double(5) ?? NaN : (point.has(4) ? point.double(4) ?? NaN : Number(point.integer(6) ?? 0n)),
		attributes: attributesOf(point.messages(kind === 'histogram' ? 9 : 7)),
		isMonotonic: data.integer(3) === 1n,
		isCumulative: data.integer(2) === 2n,
	}))));
};

/** ExportMetricsServiceRequest. */
export const decodeMetrics = (bytes: Uint8Array): readonly ReceivedPoint[] => decodeMessage(bytes).messages(1)
	.flatMap(ofResource => ofResource.messages(2)).flatMap(ofScope => ofScope.messages(2)).flatMap(metric => pointsOf(metric));
