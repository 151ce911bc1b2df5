import type {LocalPorts} from '../names/local-ports.js';
import type {NetworkNamespaceIdentity} from '../namespaces/identity.js';
import type {Owner} from '../owners/owner.js';
import type {ProcessDetails} from '../owners/process-details.js';

/** The names for numbers in a table, on the machine that the sockets are on. */
export type SourceNames = {
	/** Name of a user id, or undefined. */
	readonly userName: (uid: number) => string | undefined;
	/** Name of an interface index in the network namespace with this number in the table, or undefined. */
	readonly interfaceName: (index: number, namespace: number) => string | undefined;
	/** The network namespace with this number in the table, or undefined. */
	readonly namespace: (number: number) => NetworkNamespaceIdentity | undefined;
	/** Path of a cgroup by its id, or undefined. */
	readonly cgroupPath: (id: number) => string | undefined;
	/** Details from /proc about a process that holds a socket; absent if the sockets are not on this machine. */
	readonly processDetails?: (owner: Owner) => ProcessDetails | undefined;
	/**
	The range of local ports that the kernel chooses from in the network namespace with this number in the table. If absent, the default of Linux applies.
	*/
	readonly localPorts?: (namespace: number) => LocalPorts | undefined;
};
