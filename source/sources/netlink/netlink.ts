/** The kernel's own tables over netlink, of the network namespace that this program is in. */
import type {DestroyFeed, DestroyFeedOptions} from '../../netlink/destroy-feed.js';
import {openDiagSocket, type DiagSocket} from '../../netlink/diag-socket.js';
import {releaseMemory} from '../../system/release-memory.js';
import {SystemCallError} from '../../system/system-calls.js';
import type {SocketTable} from '../../table/socket-table.js';
import {SourceError, type SocketReader} from '../source.js';
import {runParts} from '../run-parts.js';
import {readAbortFiles} from './abort-counts.js';
import {createNetlinkReader} from './netlink-reader.js';
import {readNetFile} from './socket-files.js';

export type NetlinkOptions = {
	/** Whether the kernel knows bound, inactive sockets (Linux 6.8). */
	readonly hasBoundInactive: boolean;
	/** Version of the kernel, major times 100 plus minor; 0 where it is not known. */
	readonly kernel?: number;
	/** Opens the socket; passed in by tests. */
	readonly open?: () => DiagSocket;
	/** Opens the kernel's news of ended sockets; without them, or where the kernel refuses, dumps and look-ups must do. */
	readonly openFeed?: (options: DestroyFeedOptions) => DestroyFeed;
};

/**
Opens netlink.

@throws SourceError where netlink is refused, with the reason.
*/
export const createNetlinkSource = (table: SocketTable, {open = openDiagSocket, ...options}: NetlinkOptions): SocketReader => {
	let tellLoss = (): void => undefined;
	const reader = createNetlinkReader(table, {
		...options,
		socket: opened(open),
		readAborts: readAbortFiles,
		readNetFile,
		onLoss() {
			tellLoss();
		},
	});

	return {
		async sample(_table, request) {
			try {
				await runParts(reader.dump(request), request);
				const settled = reader.settle(request);
				const lostNews = reader.lost();
				return {...settled, ...(lostNews !== undefined && {lostNews})};
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
			tellLoss = callback;
		},
		releaseMemory,
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
