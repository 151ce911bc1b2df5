/** Names of metrics in queries, from the registry. */
import {families} from '../../source/metrics/families.js';
import {prometheusName} from '../../source/metrics/family.js';

/** The name in Prometheus of a family of the registry. Throws if there is none, so that no query can ask for a metric that does not exist. */
export const metric = (name: string): string => {
	const family = families.find(each => each.name === name);
	if (family === undefined) {
		throw new Error(`there is no metric ${name} in source/metrics/families.ts`);
	}

	return prometheusName(family);
};
