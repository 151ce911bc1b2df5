/** Reads the text format of Prometheus, as far as tests need it. */

export type PrometheusSample = {readonly name: string; readonly labels: Readonly<Record<string, string>>; readonly value: number};

const linePattern = /^(?<name>[:A-Z_a-z][\w:]*)(?:\{(?<labels>.*)\})? (?<value>\S+)$/v;
const labelPattern = /(?<=^|,)(?<name>\w+)="(?<value>(?:[^"\\]|\\.)*)"/gv;

const unescapeValue = (text: string): string => text.replaceAll(/\\(?<what>.)/gv, (_, what: string) => what === 'n' ? '\n' : what);

/** Returns all samples of a text; throws for a line that is not a sample. */
export const parsePrometheusText = (text: string): readonly PrometheusSample[] => text.split('\n').filter(line => line !== '' && !line.startsWith('#')).map(line => {
	const {name, labels = '', value} = linePattern.exec(line)?.groups ?? {};
	if (name === undefined) {
		throw new Error(`not a sample: ${line}`);
	}

	return {
		name, value: Number(value),
		labels: Object.fromEntries(Array.from(labels.matchAll(labelPattern), ({groups}) => [groups?.name ?? '', unescapeValue(groups?.value ?? '')])),
	};
});

/** The sum of the samples with a name and these labels. */
export const sumOf = (samples: readonly PrometheusSample[], name: string, labels: Readonly<Record<string, string>> = {}): number => samples
	.filter(sample => sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value))
	.reduce((sum, {value}) => sum + value, 0);
