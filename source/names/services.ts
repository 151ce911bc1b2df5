import {readFileSync} from 'node:fs';
import {
	createServiceLookup,
	createServiceNames,
	type ServiceLookup,
	type ServiceNames,
} from './service-table.js';

const servicesFile = '/etc/services';

const readServices = (): string => {
	try {
		return readFileSync(servicesFile, 'utf8');
	} catch {
		// Small machines have none; the commonest services are known anyway.
		return '';
	}
};

/** Service names of this machine. The file is read when a name is first asked for, and `read` is passed in by tests. */
export const createSystemServices = (read: () => string = readServices): ServiceLookup => {
	let lookup: ServiceLookup | undefined;
	return name => {
		lookup ??= createServiceLookup(read());
		return lookup(name);
	};
};

/** Names of ports on this machine. The file is read when a name is first asked for, and `read` is passed in by tests. */
export const createSystemServiceNames = (read: () => string = readServices): ServiceNames => {
	let names: ServiceNames | undefined;
	return (port, transport) => {
		names ??= createServiceNames(read());
		return names(port, transport);
	};
};
