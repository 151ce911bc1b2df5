import {describeFamilies} from '../../metrics/describe.js';
import {labels} from '../../metrics/labels.js';

/** What `--print-metrics` prints: families, then labels. */
export const metricsText = (): string => [
	...describeFamilies().map(({name, type, unit, labels: names, meaning}) =>
		`${name}${names.length === 0 ? '' : `{${names.join(',')}}`}\n    ${[type, unit].filter(word => word !== '').join(', ')}. ${meaning}`),
	'',
	'Labels:',
	...labels.map(({name, meaning}) => `    ${name}: ${meaning.replaceAll('`', '')}`),
	'',
].join('\n');
