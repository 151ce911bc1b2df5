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
		// Minimal systems do not have the file. The most common services are built in.
		return '';
	}
};

/** Looks up ports by service name on this machine. The file is read at the first lookup; tests pass in `read`. */
export const createSystemServices = (read: () => string = readServices): ServiceLookup => {
	let lookup: ServiceLookup | undefined;
	return name => {
		lookup ??= createServiceLookup(read());
		return lookup(name);
	};
};

/** Looks up service names by port on this machine. The file is read at the first lookup; tests pass in `read`. */
export const createSystemServiceNames = (read: () => string = readServices): ServiceNames => {
	let names: ServiceNames | undefined;
	return (port, transport) => {
		names ??= createServiceNames(read());
		return names(port, transport);
	};
};
