/** Finds the socket in the table that a row belongs to. */
import {formatAddress} from '../../addresses/address.js';
import {Protocol, protocols} from '../../table/columns/protocols.js';
import type {SocketTable} from '../../table/socket-table.js';
import {hashBit, isCookie} from '../../table/cookie.js';
import {hashText} from '../../text/hash-text.js';
import type {Halves} from './numbers.js';

/** Any seed other than the default, for the other half of an identity. */
const secondSeed = 0x9E_37_79_B1;

/** Addresses and ports: the identity of an IP socket without cookie. */
export type Tuple = {
	readonly protocol: number;
	readonly family: number;
	readonly localAddress: Uint8Array;
	readonly peerAddress: Uint8Array;
	readonly localPort: number;
	readonly peerPort: number;
	readonly interfaceIndex: number;
	/** 0 if none or unknown. */
	readonly inode: number;
};

export type Locator = {
	/** The slot of an IP socket; opens it if it is new. */
	readonly locateTuple: (tuple: Tuple, cookie: Halves | undefined) => number;
	/** The slot of a socket whose endpoints are names; opens it if it is new. An inode of 0 means none. */
	readonly locateNamed: (protocol: number, local: string, inode: number, cookie: Halves | undefined) => number;
};

/** The cookie, or undefined if it is not one: from /proc, and before Linux 4.2, `sk:` is an address in the kernel. */
const usableCookie = (cookie: Halves | undefined): Halves | undefined =>
	cookie !== undefined && isCookie(cookie[1]) && (cookie[0] !== 0 || cookie[1] !== 0) ? cookie : undefined;

/** An identity for a socket without cookie. */
const identityOf = (text: string): Halves => [hashText(text), (hashText(text, secondSeed) | hashBit) >>> 0];

/** A text that is the same for all rows of one socket. */
const tupleText = ({protocol, family, localAddress, peerAddress, localPort, peerPort, interfaceIndex, inode}: Tuple): string => [
	protocol,
	formatAddress(localAddress, 0, family),
	localPort,
	formatAddress(peerAddress, 0, family),
	peerPort,
	interfaceIndex,
	// A socket without peer keeps its inode for life. With it, the members of a SO_REUSEPORT group stay distinct even when one of them closes.
	peerPort === 0 ? inode : 0,
].join(' ');

/** So many rows of one tuple are gone over one by one: there are hardly ever more than a few. */
const maxWalked = 8;

/** What is known of the tuples that have more rows in a sample. */
const createFar = () => {
	const next = new Map<string, number>();
	const slots = new Map<string, number>();
	let sample = -1;
	return {
		begin(newSample: number): void {
			if (sample === newSample) {
				return;
			}

			sample = newSample;
			next.clear();
			slots.clear();
		},
		/** The slot of a row that the sample has had; never for one without inode. */
		find: (text: string, inode: number): number | undefined => inode === 0 ? undefined : slots.get(`${text} ${inode}`),
		next: (text: string): number => next.get(text) ?? maxWalked,
		note(text: string, {inode, occurrence, slot}: {readonly inode: number; readonly occurrence: number; readonly slot: number}): void {
			next.set(text, occurrence + 1);
			slots.set(`${text} ${inode}`, slot);
		},
	};
};

export const createLocator = (table: SocketTable): Locator => {
	const far = createFar();

	/** Observes a socket by an identity that is no other's in this sample. */
	const observeAt = (text: string, inode: number, occurrence: number, [low, high]: Halves): number => {
		const slot = table.observe(low, high);
		if (occurrence >= maxWalked) {
			far.note(text, {inode, occurrence, slot});
		}

		return slot;
	};

	/** The slot of a socket without cookie: by protocol and four-tuple. */
	const observeTuple = (text: string, inode: number): number => {
		for (let occurrence = 0; ; occurrence++) {
			if (occurrence === maxWalked) {
				far.begin(table.sample);
				const known = far.find(text, inode);
				if (known !== undefined) {
					return known;
				}

				occurrence = far.next(text);
			}

			const identity = identityOf(`${text} ${occurrence}`);
			const [low, high] = identity;
			const slot = table.find(low, high);
			if (slot === -1) {
				return observeAt(text, inode, occurrence, identity);
			}

			const known = table.core.inode[slot];
			const isSame = inode !== 0 && known === inode;
			if (table.core.seenIn[slot] !== table.sample) {
				if (inode !== 0 && known !== 0 && !isSame) {
					// Another socket has the tuple now.
					table.close(slot);
				}

				return observeAt(text, inode, occurrence, identity);
			}

			// The same socket, listed twice: dumps do that while sockets come and go.
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

			// MPTCP connections have the cookie of their listener, SCTP associations that of their endpoint.
			const isShared = peerPort !== 0 && (protocol === Protocol.mptcp || protocol === Protocol.sctp);
			return table.observe(cookie[0], isShared ? identityOf(tupleText(tuple))[1] : cookie[1]);
		},
		locateNamed(protocol, local, inode, sk) {
			const {domain, name} = protocols[protocol];
			// A socket keeps its inode for life. If none is printed, the name distinguishes sockets.
			return table.observe(...usableCookie(sk) ?? (inode === 0 ? identityOf(`${name} ${local}`) : [inode, identityOf(domain)[1]]));
		},
	};
};

/** Counts the rows of each text in the current output. */
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
	/** Starts another output, which may list the same sockets again. */
	readonly startOutput: () => void;
};

/**
Creates a locator for a text with several outputs of `ss`, one after the other, some with cookies and inodes: the n-th row of a tuple is the same socket in each
of them.
*/
export const createSavedLocator = (table: SocketTable): SavedLocator => {
	/** The slots of sockets, by the text that is the same for all rows of a socket. */
	const slots = new Map<string, number[]>();
	const counts = createCounts();
	/** Slots whose cookie is known. */
	const cookies = new Set<number>();
	const byCookies = new Map<string, number>();

	const locate = (text: string, cookie: Halves | undefined): number => {
		const known = slots.get(text) ?? [];
		const key = cookie && `${cookie.join(' ')} ${text}`;
		const byCookie = key === undefined ? undefined : byCookies.get(key);
		const index = counts.next(text);
		const candidate = byCookie ?? (index < known.length && (key === undefined || !cookies.has(known[index])) ? known[index] : undefined);
		const slot = candidate ?? table.observe(...cookie ?? identityOf(`${text} ${index}`));
		if (candidate === undefined) {
			known.push(slot);
			slots.set(text, known);
		}

		if (key !== undefined) {
			cookies.add(slot);
			byCookies.set(key, slot);
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
			// Dumps of netlink list some sockets twice.
			return domain === 'netlink' ? table.observe(...identityOf(text)) : locate(text, usableCookie(sk));
		},
		startOutput: counts.clear,
	};
};
