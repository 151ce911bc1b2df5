/** Describes the registry, for `--print-metrics` and docs/metrics.md. */
import {families} from './families.js';
import {labelsOf, prometheusName, type Family} from './family.js';

export type DescribedFamily = {
	readonly name: string;
	readonly type: Family['type'];
	/** Empty for a plain count. */
	readonly unit: string;
	readonly labels: readonly string[];
	readonly meaning: string;
};

/** All families, with all labels that they can have. */
export const describeFamilies = (): readonly DescribedFamily[] => families.map(family => ({
	name: prometheusName(family), type: family.type, unit: family.unit ?? '', labels: labelsOf(family, true), meaning: family.meaning,
}));
