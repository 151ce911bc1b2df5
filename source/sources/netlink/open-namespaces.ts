import process from 'node:process';
import {ownNamespacePath} from '../../system/network-namespace.js';
import {followAll, followOne, type NamespaceTarget} from '../../namespaces/follow.js';
import {namespacePrivilege} from '../../namespaces/privilege.js';
import {createProcessNamespaces} from '../../namespaces/process-namespaces.js';
import {
	createNamespaceProc,
	inodeAt,
	readNamed,
	readProcess,
} from '../../namespaces/read-namespaces.js';
import type {SocketTable} from '../../table/socket-table.js';
import type {SocketReader} from '../source.js';
import {createNamespacesSource, type NamespacesOptions} from './namespaces.js';

/**
Opens the network namespaces of this system that the user asked for.

@param kernel Facts about the kernel.
@throws SourceError if none can be read.
*/
export const openNamespaces = (table: SocketTable, wanted: NamespaceTarget | 'all', kernel: Pick<NamespacesOptions, 'hasBoundInactive' | 'kernel'>): SocketReader => {
	const processes = createProcessNamespaces(createNamespaceProc());
	return createNamespacesSource(table, {
		following: wanted === 'all' ? followAll({processes, named: readNamed, readProcess}) : followOne(wanted, {processes, inodeAt}),
		ownInode: inodeAt(ownNamespacePath),
		...kernel,
		privilege: namespacePrivilege(process.geteuid?.() ?? 0),
	});
};
