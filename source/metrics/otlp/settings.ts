/** Settings of the OTLP export, from the command line and OpenTelemetry's environment variables. */

export type ExportSettings = {
	/** URL without `/v1/…`; absent if set by environment variables. */
	readonly url?: string;
	/** Milliseconds between two exports of metrics. */
	readonly interval: number;
	readonly queue: {readonly most: number; readonly batch: number; readonly delay: number};
};

/** Environment variables that name a receiver. */
const endpoints = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT', 'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT'] as const;

const protocols = ['OTEL_EXPORTER_OTLP_PROTOCOL', 'OTEL_EXPORTER_OTLP_METRICS_PROTOCOL', 'OTEL_EXPORTER_OTLP_LOGS_PROTOCOL'] as const;

/** The defaults of the specification, except for a longer queue: the default of 2048 is filled within seconds on a busy machine. */
const defaults = {
	OTEL_METRIC_EXPORT_INTERVAL: 60_000, OTEL_BLRP_MAX_QUEUE_SIZE: 10_000, OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: 512, OTEL_BLRP_SCHEDULE_DELAY: 1000,
} as const;

/**
Reads the settings.

@param url The argument of `--otlp`.
@returns Undefined if nothing is to be exported; a sentence if a setting is invalid.
*/
export const readExportSettings = (url: string | undefined, environment: NodeJS.ProcessEnv): ExportSettings | {readonly problem: string} | undefined => {
	if (url === undefined && (endpoints.every(name => (environment[name] ?? '') === '') || environment.OTEL_SDK_DISABLED?.toLowerCase() === 'true')) {
		return undefined;
	}

	if (url !== undefined && !isHttp(url)) {
		return {problem: `--otlp takes the address of a receiver, such as http://127.0.0.1:4318; got "${url}"`};
	}

	const [name, wrong] = Object.entries(environment).find(([variable, value = '']) =>
		(endpoints as readonly string[]).includes(variable) && value !== '' && !isHttp(value)) ?? [];
	if (url === undefined && name !== undefined) {
		return {problem: `${name} takes the address of a receiver, such as http://127.0.0.1:4318; got "${wrong ?? ''}"`};
	}

	const other = protocols.find(protocol => !['', 'http/protobuf'].includes(environment[protocol] ?? ''));
	if (other !== undefined) {
		return {problem: `conntop exports by http/protobuf only; ${other} is "${environment[other] ?? ''}"`};
	}

	const numberIn = (variable: keyof typeof defaults): number => {
		const value = Number(environment[variable] ?? '');
		return Number.isSafeInteger(value) && value > 0 ? value : defaults[variable];
	};

	const most = numberIn('OTEL_BLRP_MAX_QUEUE_SIZE');
	return {
		...(url !== undefined && {url: url.endsWith('/') ? url.slice(0, -1) : url}),
		interval: numberIn('OTEL_METRIC_EXPORT_INTERVAL'),
		queue: {most, batch: Math.min(most, numberIn('OTEL_BLRP_MAX_EXPORT_BATCH_SIZE')), delay: numberIn('OTEL_BLRP_SCHEDULE_DELAY')},
	};
};

const isHttp = (text: string): boolean => URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
