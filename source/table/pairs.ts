/** Which sockets are the two ends of one connection, where both live here. */
import {Life} from './columns/columns.js';
import {protocols} from './columns/protocols.js';
import type {SampledColumns} from './columns/sampled-columns.js';
import {addressWords, areSwapped, hashEnds} from './swapped.js';

export type Pairs = {
	/**
	The slot of the other end of a socket's connection; its own where it is connected to itself, -1 where the other end is not here. By addresses and ports
	(TCP, UDP, MPTCP and the like), or by inode (UNIX; a datagram socket has a far end as soon as it is connected to one, whatever that one does). A closed
	socket whose row lingers has the far end that it had.
	*/
	readonly farEnd: (slot: number) => number;
	/** Whether both ends live here, or did so until one of them closed. */
	readonly isLocal: (slot: number) => boolean;
	/** The number of the list of those who hold the far end, or who held it: what TIME-WAIT leaves of a connection still knows whom it led to. 0 for none. */
	readonly farOwners: (slot: number) => number;
	/** The slot of the UNIX socket with an inode, or -1. */
	readonly withInode: (inode: number) => number;
	/** Every list of owners that is remembered beyond the columns of the table. */
	readonly ownersInUse: () => Iterable<number>;
	/** Bytes held. */
	readonly bytes: number;
};

const unixProtocols: readonly boolean[] = protocols.map(({domain}) => domain === 'unix');

/** Sockets of these have ports at both ends when they are connected. */
const protocolsWithPorts: readonly boolean[] = protocols.map(({name, domain}) => (domain === 'inet' && name !== 'raw') || domain === 'smc');

const fewestBuckets = 256;

/**
Finds far ends. It costs nothing until somebody asks; the first question after a sample goes over the table once and puts all connected sockets into a hash
table of chains, of eight bytes a socket. Answers are good until the next sample begins.

Of several sockets that could be the far end, one in the same network namespace goes first (addresses repeat in others), then a living one, then the one that was opened nearest in time: a four-tuple may have been used
before, by a connection whose rows linger.
*/
export const createPairs = (table: SampledColumns): Pairs => {
	/** First slots of chains, plus one; then the next of each slot. */
	let heads = new Int32Array(0);
	let nexts = new Int32Array(0);
	let words = addressWords(table.core);
	/** By slot: whose far end closed, by its id, and who held that. */
	let learntOf = new Uint32Array(0);
	let learntOwners = new Uint32Array(0);
	/** The state of the table that the chains are made for. */
	let sample = 0;
	let living = 0;
	let lingering = 0;

	const bucketOfInode = (inode: number): number => Math.imul(inode, 0x9E_37_79_B1) >>> 16;

	/** Listeners and what is only bound have no peer. A connection that is gone has kept the one that it had. */
	const isConnected = (slot: number): boolean => protocolsWithPorts[table.core.protocol[slot]] && table.core.peerPort[slot] !== 0;

	const addAll = (): void => {
		const {core, used} = table;
		const {life, protocol, inode} = core;
		words = addressWords(core);
		const mask = heads.length - 1;
		for (let slot = 0; slot < used; slot++) {
			if (life[slot] === 0) {
				continue;
			}

			let bucket = -1;
			if (isConnected(slot)) {
				bucket = hashEnds(core, words, slot, false) & mask;
			} else if (unixProtocols[protocol[slot]] && inode[slot] !== 0) {
				bucket = bucketOfInode(inode[slot]) & mask;
			}

			if (bucket !== -1) {
				nexts[slot] = heads[bucket];
				heads[bucket] = slot + 1;
			}
		}
	};

	/** Remembers who held what has closed, for the ends that are left: its row goes in a moment. */
	const learn = (): void => {
		const {core: {life, owners, id}} = table;
		for (const slot of table.lingering) {
			const left = look(slot);
			if (left !== -1 && (life[left] & Life.closed) === 0) {
				learntOf[left] = id[left];
				learntOwners[left] = owners[slot];
			}
		}
	};

	const refresh = (): void => {
		if (sample === table.sample && living === table.size && lingering === table.lingering.length) {
			return;
		}

		sample = table.sample;
		living = table.size;
		lingering = table.lingering.length;
		let buckets = Math.max(fewestBuckets, heads.length);
		while (buckets < table.used) {
			buckets *= 2;
		}

		if (buckets === heads.length) {
			heads.fill(0);
		} else {
			heads = new Int32Array(buckets);
		}

		if (nexts.length < table.used) {
			nexts = new Int32Array(table.capacity);
			learntOf = grown(learntOf, table.capacity);
			learntOwners = grown(learntOwners, table.capacity);
		}

		addAll();
		learn();
	};

	/** The best of those in a bucket that fit. */
	const choose = (bucket: number, slot: number, isFit: (candidate: number) => boolean): number => {
		const {life, openedAt, closedAt, id, namespace} = table.core;
		const isClosed = (life[slot] & Life.closed) !== 0;
		let best = -1;
		let leastDistance = Infinity;
		for (let candidate = heads[bucket & (heads.length - 1)] - 1; candidate !== -1; candidate = nexts[candidate] - 1) {
			// Two that did not live at the same time are ends of two connections.
			if (!isFit(candidate) || openedAt[candidate] > closedAt[slot] || openedAt[slot] > closedAt[candidate]) {
				continue;
			}

			const isLate = !isClosed && (life[candidate] & Life.closed) !== 0;
			const isElsewhere = namespace[candidate] !== namespace[slot];
			const handicap = (isElsewhere ? Number.MAX_VALUE / 2 : 0) + (isLate ? Number.MAX_VALUE / 4 : 0);
			const distance = Math.abs(openedAt[candidate] - openedAt[slot]) + handicap;
			if (distance < leastDistance || (distance === leastDistance && id[candidate] > id[best])) {
				best = candidate;
				leastDistance = distance;
			}
		}

		return best;
	};

	const look = (slot: number): number => {
		const {core} = table;
		if (isConnected(slot)) {
			return choose(hashEnds(core, words, slot, true), slot, candidate => isConnected(candidate) && areSwapped(core, words, slot, candidate));
		}

		return unixProtocols[core.protocol[slot]] && core.peerInode[slot] !== 0
			? choose(bucketOfInode(core.peerInode[slot]), slot, candidate => unixProtocols[core.protocol[candidate]] && core.inode[candidate] === core.peerInode[slot])
			: -1;
	};

	const farEnd = (slot: number): number => {
		refresh();
		return look(slot);
	};

	const hasLearnt = (slot: number): boolean => learntOf[slot] === table.core.id[slot];

	return {
		farEnd,
		isLocal: slot => farEnd(slot) !== -1 || hasLearnt(slot),
		farOwners(slot) {
			const far = farEnd(slot);
			const owners = far === -1 ? 0 : table.core.owners[far];
			return owners === 0 && hasLearnt(slot) ? learntOwners[slot] : owners;
		},
		withInode(inode) {
			refresh();
			const {core} = table;
			for (let slot = heads[bucketOfInode(inode) & (heads.length - 1)] - 1; slot !== -1; slot = nexts[slot] - 1) {
				if (unixProtocols[core.protocol[slot]] && core.inode[slot] === inode && !table.isClosed(slot)) {
					return slot;
				}
			}

			return -1;
		},
		ownersInUse: () => learntOwners,
		get bytes() {
			return heads.byteLength + nexts.byteLength + learntOf.byteLength + learntOwners.byteLength;
		},
	};
};

const grown = (array: Uint32Array, length: number): Uint32Array<ArrayBuffer> => {
	const copy = new Uint32Array(length);
	copy.set(array);
	return copy;
};
