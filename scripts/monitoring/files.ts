import {dashboardFile} from './dashboard.js';
import {rulesFile} from './rules.js';

/** Files in deploy/ that are made from the registry of metrics, and their contents. */
export const monitoringFiles: ReadonlyArray<{readonly name: string; readonly text: () => string}> = [
	{name: 'grafana-dashboard.json', text: dashboardFile},
	{name: 'prometheus-rules.yml', text: rulesFile},
];
