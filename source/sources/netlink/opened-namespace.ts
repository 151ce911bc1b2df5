import {openDestroyFeed, type DestroyFeed} from '../../netlink/destroy-feed.js';
import {openDestroySocket} from '../../netlink/destroy-socket.js';
import {openDiagSocket, type DiagSocket} from '../../netlink/diag-socket.js';
import {
	here,
	openNetworkNamespace,
	type Inside,
	type NetworkNamespace,
} from '../../system/network-namespace.js';
import {createInterfaceNames} from '../../names/interfaces.js';
import {readLocalPorts, type LocalPorts} from '../../names/local-ports.js';
import {readInterfaces} from '../../names/read-interfaces.js';
import type {FoundNamespace} from '../../namespaces/follow.js';
import type {SocketTable} from '../../table/socket-table.js';
import {readAbortFiles} from './abort-counts.js';
import {readNetFile, type ReadNetFile} from './raw-files.js';
import {createNetlinkReader, type NetlinkReader, type NetlinkReaderOptions} from './netlink-reader.js';

/** The functions that open a namespace; replaced in tests. */
export type NamespaceOpening = {
	readonly openNamespace: (path: string, inode: number) => NetworkNamespace | undefined;
	readonly openSocket: (inside: Inside) => DiagSocket;
	readonly openFeed: (inside: Inside, onLoss: () => void) => DestroyFeed;
	readonly readInterfaces: () => ReadonlyMap<number, string>;
	readonly readLocalPorts: () => LocalPorts | undefined;
	readonly readNetFile: ReadNetFile;
};

export const kernelOpening: NamespaceOpening = {
	openNamespace: openNetworkNamespace,
	openSocket: openDiagSocket,
	openFeed: (inside, onLoss) => openDestroyFeed({open: () => inside(openDestroySocket), onLoss}),
	readInterfaces,
	readLocalPorts: () => readLocalPorts(),
	readNetFile,
};

/** A network namespace with our sockets in it. They keep it alive until they are closed. */
export type OpenedNamespace = {
	readonly reader: NetlinkReader;
	/** Name of an interface of the namespace. */
	readonly interfaceName: (index: number) => string | undefined;
	/** The range of local ports that the kernel chooses from in the namespace; undefined if unknown, or if the namespace was closed before the first call. */
	readonly localPorts: () => LocalPorts | undefined;
	readonly close: () => void;
	/** The namespace as it was last found. */
	found: FoundNamespace;
	/** Samples since the last other user of the namespace was gone. */
	samplesUnused: number;
};

export type OpeningOptions = Pick<NetlinkReaderOptions, 'hasBoundInactive' | 'kernel' | 'lacking' | 'onLoss'> & {
	/** Whether it is the namespace of this program, which needs no privilege. */
	readonly isOwn: boolean;
	/** Its number in the table. */
	readonly namespace: number;
	readonly opening: NamespaceOpening;
};

/**
Opens our sockets in a network namespace.

@returns Undefined if the namespace is gone.
@throws SystemCallError, or an Error of Node.js, with a code: EPERM and EACCES if privileges are missing.
*/
export const openNamespaceReader = (
	table: SocketTable, found: FoundNamespace, {isOwn, namespace: number, opening, onLoss, ...options}: OpeningOptions,
): OpenedNamespace | undefined => {
	const namespace = isOwn ? undefined : opening.openNamespace(found.path, found.inode);
	if (namespace === undefined && !isOwn) {
		return undefined;
	}

	const inside = namespace?.inside ?? here;
	try {
		const reader = createNetlinkReader(table, {
			...options,
			socket: opening.openSocket(inside),
			namespace: number,
			openFeed: () => opening.openFeed(inside, onLoss),
			onLoss,
			...(isOwn && {readAborts: readAbortFiles}),
			readNetFile: name => inside(() => opening.readNetFile(name)),
		});
		return {
			reader,
			interfaceName: createInterfaceNames({read: keepingLast(() => inside(opening.readInterfaces), new Map())}).name,
			localPorts: keepingLast(() => inside(opening.readLocalPorts), undefined),
			close() {
				reader.close();
				namespace?.close();
			},
			found,
			samplesUnused: 0,
		};
	} catch (error) {
		namespace?.close();
		throw error;
	}
};

/** Gives the last value when reading fails, because rows of a namespace linger after it was closed. */
const keepingLast = <Value>(read: () => Value, first: Value) => {
	let last = first;
	return (): Value => {
		try {
			last = read();
		} catch {
			// The namespace is closed.
		}

		return last;
	};
};
