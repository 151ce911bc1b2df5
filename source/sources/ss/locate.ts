/**
Which socket of the table a row is of.
*/
import {formatAddress} from '../../addresses/address.js';
import {Protocol, protocols} from '../../table/columns/protocols.js';
import type {SocketTable} from '../../table/socket-table.js';
import {hashBit, isCookie} from '../../table/cookie.js';
import type {Halves} from './numbers.js';
import {hashText} from './text.js';

/** Any other number than the default, for the other half of an identity. */
const secondSeed = 0x9E_37_79_B1;

/** Addresses of IP and ports, by which a socket without cookie is known. */
export type Tuple = {
	readonly protocol: number;
	readonly family: number;
	readonly localAddress: Uint8Array;
	readonly peerAddress: Uint8Array;
	readonly localPort: number;
	readonly peerPort: number;
	readonly interfaceIndex: number;
	/** 0 where there is none or it is not known. */
	readonly inode: number;
};

export type Locator = {
	/** The slot of a socket of IP, opened when it is new. */
	readonly locateTuple: (tuple: Tuple, cookie: Halves | undefined) => number;
	/** The slot of a socket whose endpoints are names, opened when it is new. An inode of 0 is none. */
	readonly locateNamed: (protocol: number, local: string, inode: number, cookie: Halves | undefined) => number;
};

/** The cookie, unless it is none: from /proc, and before Linux 4.2, `sk:` is an address in the kernel. */
const usableCookie = (cookie: Halves | undefined): Halves | undefined =>
	cookie !== undefined && isCookie(cookie[1]) && (cookie[0] !== 0 || cookie[1] !== 0) ? cookie : undefined;

/** An identity that is no cookie. */
const identityOf = (text: string): Halves => [hashText(text), (hashText(text, secondSeed) | hashBit) >>> 0];

/** A text that is the same for all rows of one socket. */
const tupleText = ({protocol, family, localAddress, peerAddress, localPort, peerPort, interfaceIndex, inode}: Tuple): string => [
	protocol,
	formatAddress(localAddress, 0, family),
	localPort,
	formatAddress(peerAddress, 0, family),
	peerPort,
	interfaceIndex,
	// A socket without peer keeps its inode for life: with it, the members of a SO_REUSEPORT group stay apart even when one of them closes.
	peerPort === 0 ? inode : 0,
].join(' ');

export const createLocator = (table: SocketTable): Locator => {
	/** The slot of a socket without cookie: by protocol and four-tuple. */
	const observeTuple = (text: string, inode: number): number => {
		for (let occurrence = 0; ; occurrence++) {
			const [low, high] = identityOf(`${text} ${occurrence}`);
			const slot = table.find(low, high);
			if (slot === -1) {
				return table.observe(low, high);
			}

			const known = table.core.inode[slot];
			const isSame = inode !== 0 && known === inode;
			if (table.core.seenIn[slot] !== table.sample) {
				if (inode !== 0 && known !== 0 && !isSame) {
					// The tuple is another socket's now.
					table.close(slot);
				}

				return table.observe(low, high);
			}

			// The same socket, seen twice by a dump under churn.
			if (isSame) {
				return slot;
			}
		}
	};

	return {
		locateTuple(tuple, sk) {
			const cookie = usableCookie(sk);
			const {protocol, peerPort, inode} = tuple;
			if (cookie === undefined) {
				return observeTuple(tupleText(tuple), inode);
			}

			// Connections of MPTCP have the cookie of their listener, associations of SCTP that of their endpoint.
			const isShared = peerPort !== 0 && (protocol === Protocol.mptcp || protocol === Protocol.sctp);
			return table.observe(cookie[0], isShared ? identityOf(tupleText(tuple))[1] : cookie[1]);
		},
		locateNamed(protocol, local, inode, sk) {
			const {domain, name} = protocols[protocol];
			// A socket keeps its inode for life. Where none is printed, it is the name that distinguishes sockets.
			return table.observe(...usableCookie(sk) ?? (inode === 0 ? identityOf(`${name} ${local}`) : [inode, identityOf(domain)[1]]));
		},
	};
};

/** How many rows the output so far has had of each text. */
const createCounts = (): {readonly next: (text: string) => number; readonly clear: () => void} => {
	const counts = new Map<string, number>();
	return {
		next(text) {
			const count = counts.get(text) ?? 0;
			counts.set(text, count + 1);
			return count;
		},
		clear() {
			counts.clear();
		},
	};
};

export type SavedLocator = Locator & {
	/** The rows that follow are of another output, which may show the same sockets again. */
	readonly startOutput: () => void;
};

/**
For a text that holds several outputs of `ss`, one after the other, some of which may have cookies and inodes: the n-th row of a tuple is the same socket in
each of them.
*/
export const createSavedLocator = (table: SocketTable): SavedLocator => {
	/** By what is the same for all rows of a socket, the sockets that look so. */
	const slots = new Map<string, number[]>();
	const counts = createCounts();
	/** The cookies of slots. */
	const cookies = new Map<number, string>();

	const locate = (text: string, cookie: Halves | undefined): number => {
		const known = slots.get(text) ?? [];
		const key = cookie?.join(' ');
		const byCookie = key === undefined ? undefined : known.find(slot => cookies.get(slot) === key);
		const index = counts.next(text);
		const candidate = byCookie ?? (index < known.length && (key === undefined || !cookies.has(known[index])) ? known[index] : undefined);
		const slot = candidate ?? table.observe(...cookie ?? identityOf(`${text} ${index}`));
		if (candidate === undefined) {
			slots.set(text, [...known, slot]);
		}

		if (key !== undefined) {
			cookies.set(slot, key);
		}

		return slot;
	};

	return {
		locateTuple: (tuple, sk) => locate(tupleText({...tuple, inode: 0}), usableCookie(sk)),
		locateNamed(protocol, local, inode, sk) {
			const {domain, name} = protocols[protocol];
			if (inode !== 0 && domain === 'unix') {
				return table.observe(inode, identityOf(domain)[1]);
			}

			const text = `${name} ${local}`;
			// Dumps of netlink have some sockets twice.
			return domain === 'netlink' ? table.observe(...identityOf(text)) : locate(text, usableCookie(sk));
		},
		startOutput: counts.clear,
	};
};
