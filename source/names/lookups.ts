import {findCommonService, type ServiceLookup} from './service-table.js';

/** The addresses of a host name as text; `unknown` if it cannot be resolved, `pending` while it is looked up. */
export type HostAnswer = readonly string[] | 'unknown' | 'pending';

/** Resolves names in a filter. Both lookups return immediately, so that a filter never waits. */
export type Lookups = {
	readonly services: ServiceLookup;
	/** Missing if host names are not looked up. */
	readonly hosts?: (name: string) => HostAnswer;
};

/** Knows the most common services and no hosts. */
export const plainLookups: Lookups = {services: findCommonService};
