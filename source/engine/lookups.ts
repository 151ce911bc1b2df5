/* eslint-disable no-await-in-loop -- Which name is the next shows when the one before is known. */
import type {Lookups} from '../names/lookups.js';
import type {ProtocolName} from '../table/columns/protocols.js';
import {parseFilter} from '../query/language/parse.js';
import {createHostNames, type HostNames} from '../names/hosts.js';
import {createSystemServices} from '../names/services.js';

/** Resolves names in filters on this machine. A host name is `pending` at first; `onAnswer` is called when it is resolved. */
export const createSystemLookups = (onAnswer?: () => void): Lookups =>
	({services: createSystemServices(), hosts: createHostNames({...(onAnswer !== undefined && {onAnswer})}).find});

/**
Resolves names in filters on this machine, after looking up all host names in `filter`.

@param shown The protocols that are shown, as for `parseFilter`.
*/
export const lookUpHosts = async (filter: string, hosts: HostNames = createHostNames(), shown: readonly ProtocolName[] = []): Promise<Lookups> => {
	let missing: string | undefined;
	const lookups: Lookups = {
		services: createSystemServices(),
		hosts(name) {
			const answer = hosts.known(name);
			missing = answer === 'pending' ? name : missing;
			return answer;
		},
	};

	for (;;) {
		missing = undefined;
		parseFilter(filter, lookups, shown);
		if (missing === undefined) {
			return lookups;
		}

		await hosts.ask(missing);
	}
};
