import type {Lookups} from '../../names/lookups.js';
import {protocols, type ProtocolName} from '../../table/columns/protocols.js';
import {domainOf, namedDomains, type NamedDomain} from './values/named-host.js';

/** The context in which a filter is parsed: what names stand for, and which sockets are shown. */
export type Scope = Lookups & {
	/** The only family that is shown, if it has no IP addresses: as in `ss -x src NAME`, endpoints are then of that family. */
	readonly onlyDomain?: NamedDomain;
	/** Whether UNIX sockets are shown, alone or with others. */
	readonly hasUnix: boolean;
};

/**
Makes the scope of a filter.

@param lookups Resolves host and service names.
@param shown The protocols that are shown; empty if unknown.
*/
export const scopeOf = (lookups: Lookups, shown: readonly ProtocolName[] = []): Scope => {
	const domains = new Set(protocols.filter(({name}) => shown.includes(name)).map(({domain}) => domain));
	const onlyDomain = domains.size === 1 ? namedDomains.find(domain => domains.has(domainOf({domain}))) : undefined;
	return {...lookups, ...(onlyDomain !== undefined && {onlyDomain}), hasUnix: domains.has('unix')};
};
