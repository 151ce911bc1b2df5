/** Reads the kernel's tables over netlink, in the network namespace of this program. */
import type {DestroyFeed, DestroyFeedOptions} from '../../netlink/destroy-feed.js';
import {openDiagSocket, type DiagSocket} from '../../netlink/diag-socket.js';
import {SystemCallError} from '../../system/system-calls.js';
import type {SocketTable} from '../../table/socket-table.js';
import {SourceError, type SocketReader} from '../source.js';
import {runParts} from '../../parts/parts.js';
import {readAbortFiles} from './abort-counts.js';
import {createNetlinkReader} from './netlink-reader.js';
import {readNetFile} from './socket-files.js';

export type NetlinkOptions = {
	/** Whether the kernel can list bound, inactive sockets (Linux 6.8). */
	readonly hasBoundInactive: boolean;
	/** Kernel version, major times 100 plus minor; 0 if unknown. */
	readonly kernel?: number;
	/** Opens the socket; replaced in tests. */
	readonly open?: () => DiagSocket;
	/** Opens the feed of destroy events. Without it, or if the kernel refuses, the reader relies on dumps and look-ups. */
	readonly openFeed?: (options: DestroyFeedOptions) => DestroyFeed;
};

/**
Opens netlink.

@throws SourceError if the system refuses netlink, with the reason.
*/
export const createNetlinkSource = (table: SocketTable, {open = openDiagSocket, ...options}: NetlinkOptions): SocketReader => {
	let notifyLoss = (): void => undefined;
	const reader = createNetlinkReader(table, {
		...options,
		socket: opened(open),
		readAborts: readAbortFiles,
		readNetFile,
		onLoss() {
			notifyLoss();
		},
	});

	return {
		async sample(_table, request) {
			try {
				await runParts(reader.dump(request), request.yieldNow);
				const resolved = reader.resolve(request);
				const droppedEventCount = reader.lost();
				return {...resolved, ...(droppedEventCount !== undefined && {droppedEventCount})};
			} catch (error) {
				if (error instanceof SystemCallError) {
					return {complete: [], problems: [`netlink failed (${error.message}); trying again`]};
				}

				throw error;
			}
		},
		refresh: reader.refresh,
		diagSocket: () => reader.socket,
		examine: reader.examine,
		onLoss(callback) {
			notifyLoss = callback;
		},
		close: reader.close,
	};
};

const opened = (open: () => DiagSocket): DiagSocket => {
	try {
		return open();
	} catch (error) {
		if (error instanceof SystemCallError) {
			throw new SourceError(`this system refuses netlink's socket diagnostics (${error.message})`);
		}

		throw error;
	}
};
