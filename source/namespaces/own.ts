import type {NetworkNamespaceIdentity} from './identity.js';
import {nameAfter} from './follow.js';
import {createProcessNamespaces} from './process-namespaces.js';
import {
	createNamespaceProc,
	inodeAt,
	readNamed,
	readProcess,
} from './read-namespaces.js';

/** Returns the network namespace of this thread. It is read at the first call, because finding its name may need a scan of all processes. */
export const createOwnNamespace = (): (() => NetworkNamespaceIdentity | undefined) => {
	let known: {readonly identity: NetworkNamespaceIdentity | undefined} | undefined;
	return () => {
		known ??= {identity: readOwn()};
		return known.identity;
	};
};

const readOwn = (): NetworkNamespaceIdentity | undefined => {
	const inode = inodeAt('/proc/thread-self/ns/net');
	if (inode === undefined) {
		return undefined;
	}

	const named = readNamed().get(inode);
	if (named !== undefined) {
		return {inode, name: named.name};
	}

	const processes = createProcessNamespaces(createNamespaceProc());
	processes.refresh();
	const pid = processes.processes.get(inode);
	return pid === undefined ? undefined : {inode, name: nameAfter(pid, readProcess)};
};
