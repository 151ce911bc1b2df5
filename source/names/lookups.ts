import {findCommonService, type ServiceLookup} from './service-table.js';

/** Addresses of a host's name, as texts; or that nobody knows it, or that it is being asked for. */
export type HostAnswer = readonly string[] | 'unknown' | 'pending';

/** What names in a filter stand for on this machine. Both answer at once, so that nobody waits for a filter. */
export type Lookups = {
	readonly services: ServiceLookup;
	/** Left out where names of hosts are not looked up at all. */
	readonly hosts?: (name: string) => HostAnswer;
};

/** Knows the commonest services and no host. */
export const plainLookups: Lookups = {services: findCommonService};
