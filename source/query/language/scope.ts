import type {Lookups} from '../../names/lookups.js';
import {protocols, type ProtocolName} from '../../table/columns/protocols.js';
import {domainOf, namedDomains, type NamedDomain} from './values/named-host.js';

/** What the text of a filter is read against: what names stand for, and which sockets are shown. */
export type Scope = Lookups & {
	/** The only family that is shown, where that is one without IP addresses: as in `ss -x src NAME`, endpoints are its own. */
	readonly onlyDomain?: NamedDomain;
	/** Whether UNIX sockets are shown, perhaps among others. */
	readonly hasUnix: boolean;
};

/**
@param lookups What names of hosts and services stand for.
@param shown The protocols that are shown; empty where that is not known.
*/
export const scopeOf = (lookups: Lookups, shown: readonly ProtocolName[] = []): Scope => {
	const domains = new Set(protocols.filter(({name}) => shown.includes(name)).map(({domain}) => domain));
	const onlyDomain = domains.size === 1 ? namedDomains.find(domain => domains.has(domainOf({domain}))) : undefined;
	return {...lookups, ...(onlyDomain !== undefined && {onlyDomain}), hasUnix: domains.has('unix')};
};
