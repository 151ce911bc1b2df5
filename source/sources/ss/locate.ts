/**
Which socket of the table a row is of.
*/
import {Protocol} from '../../table/protocols.js';
import type {SocketTable} from '../../table/socket-table.js';
import {isCookie} from '../../table/cookie.js';
import {identify} from './identity.js';
import type {Row} from './row.js';

/** The slot of a row's socket, opened when it is new. `isFromNetlink` is whether `sk:` can be a cookie; from /proc it is a scrambled address. */
export type Locate = (row: Row, isFromNetlink: boolean) => number;

export const createLocator = (table: SocketTable): Locate => {
	const identity = new Uint32Array(2);

	/** The slot of a socket without cookie: by protocol and four-tuple. */
	const observeTuple = (row: Row): number => {
		const {inode} = row;
		for (let occurrence = 0; ; occurrence++) {
			identify(identity, row, occurrence);
			const slot = table.find(identity[0], identity[1]);
			if (slot === -1) {
				break;
			}

			const known = table.core.inode[slot];
			if (table.core.seenIn[slot] !== table.sample) {
				if (inode !== 0 && known !== 0 && known !== inode) {
					// The tuple is another socket's now.
					table.close(slot);
				}

				break;
			}

			// The same socket, seen twice by a dump under churn.
			if (inode !== 0 && known === inode) {
				break;
			}
		}

		return table.observe(identity[0], identity[1]);
	};

	return (row, isFromNetlink) => {
		const [low, high] = row.cookie;
		const hasCookie = isFromNetlink && isCookie(high) && (low !== 0 || high !== 0);
		if (hasCookie && row.peerPort !== 0 && (row.protocol === Protocol.mptcp || row.protocol === Protocol.sctp)) {
			// Connections of MPTCP have the cookie of their listener, associations of SCTP that of their endpoint.
			identify(identity, row, 0);
			return table.observe(low, identity[1]);
		}

		return hasCookie ? table.observe(low, high) : observeTuple(row);
	};
};
