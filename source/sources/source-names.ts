import type {LocalPorts} from '../names/local-ports.js';
import type {NetworkNamespaceIdentity} from '../namespaces/identity.js';
import type {Owner} from '../owners/owner.js';
import type {ProcessDetails} from '../owners/process-details.js';

/** What the numbers in a table stand for on the machine that its sockets are of. */
export type SourceNames = {
	/** Name of a user id, or undefined. */
	readonly userName: (uid: number) => string | undefined;
	/** Name of an interface index in the network namespace with this number in the table, or undefined. */
	readonly interfaceName: (index: number, namespace: number) => string | undefined;
	/** The network namespace with a number in the table, or undefined. */
	readonly namespace: (number: number) => NetworkNamespaceIdentity | undefined;
	/** Path of a cgroup by its id, or undefined. */
	readonly cgroupPath: (id: number) => string | undefined;
	/** What /proc says about a process that holds a socket; absent where sockets are not this machine's. */
	readonly processDetails?: (owner: Owner) => ProcessDetails | undefined;
	/** The local ports that the kernel chooses from in the network namespace with this number in the table; the default of Linux without it. */
	readonly localPorts?: (namespace: number) => LocalPorts | undefined;
};
