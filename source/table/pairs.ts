/** Finds the two sockets of one connection, if both are on this machine. */
import {inParts, type Parts} from '../parts/parts.js';
import {Life} from './columns/columns.js';
import {protocols} from './columns/protocols.js';
import type {SampledColumns} from './columns/sampled-columns.js';
import {addressWords, areSwapped, hashEndpoints} from './swapped.js';
import {resized} from './columns/resized.js';

export type Pairs = {
	/** Call it when a sample has ended. It does nothing if no caller has asked since the last time. */
	readonly update: () => Parts;
	/**
	The slot of the socket at the other end of a socket's connection; its own slot if it is connected to itself, -1 if the other end is not on this machine.
	Found by addresses and ports (TCP, UDP, MPTCP and the like) or by inode (UNIX; a datagram socket has another end as soon as it is connected, even if that
	socket is not connected back). A closed socket whose row lingers keeps the other end that it had.

	@param isAlike Whether a row can be the other end's; default: all can.
	*/
	readonly otherEnd: (slot: number, isAlike?: (slot: number, other: number) => boolean) => number;
	/** Whether both ends are on this machine, or were until one of them closed. */
	readonly isLocal: (slot: number) => boolean;
	/** The number of the list of owners of the other end, or of its last owners if it has closed: so TIME-WAIT still shows who was connected. 0 for none. */
	readonly farOwners: (slot: number) => number;
	/** The slot of the UNIX socket with an inode, or -1. */
	readonly withInode: (inode: number) => number;
	/** Every list of owners that is remembered outside the columns of the table. */
	readonly ownersInUse: () => Iterable<number>;
	/** Memory used, in bytes. */
	readonly bytes: number;
};

const unixProtocols: readonly boolean[] = protocols.map(({domain}) => domain === 'unix');

/** Connected sockets of these protocols have ports at both ends. */
const protocolsWithPorts: readonly boolean[] = protocols.map(({name, domain}) => (domain === 'inet' && name !== 'raw') || domain === 'smc');

const fewestBuckets = 256;

const areAlike = (): boolean => true;

/**
Finds the other ends of connections. It costs nothing until a caller asks. The first call adds all connected sockets to a hash table with chaining, which takes
twelve bytes per socket. From then on the table is kept: `update` moves the sockets whose endpoints have changed, in parts, and while a sample runs, new sockets are
added when a caller asks. A socket that connects during a sample is found when the sample has ended.

If several sockets could be the other end, one in the same network namespace comes first (addresses repeat in other namespaces), then a living one, then the one
opened at the nearest time: an earlier connection whose rows linger may have used the same four-tuple.
*/
export const createPairs = (table: SampledColumns & {readonly openedSoFar: readonly number[]}): Pairs => {
	/** The first slot of each chain plus 1; by slot, the next slot of the chain plus 1, and the bucket of the chain plus 1. A slot that is free may still be in a chain. */
	let heads = new Int32Array(0);
	let nexts = new Int32Array(0);
	let places = new Int32Array(0);
	let {core} = table;
	let words = addressWords(core);
	/** By slot, once a connection has closed: the id of the socket whose other end closed, and the owners of that end. */
	let closedPeerOf = new Uint32Array(0);
	let closedPeerOwners = new Uint32Array(0);
	/** The state of the table that owners were remembered for and, without updates, that the chains are right for. */
	let sample = 0;
	let living = 0;
	let lingering = 0;
	/** Whether a caller has asked since the last update. */
	let isAsked = false;
	/** The sample after which the chains were last updated; -1 if there were none to update. */
	let updatedAfter = -1;
	/** The sockets that the current sample had opened at the last call, and how many of them have a place. */
	let opened: readonly number[] = [];
	let placedCount = 0;

	const bucketOfInode = (inode: number): number => Math.imul(inode, 0x9E_37_79_B1) >>> 16;

	/** Listeners and sockets that are only bound have no peer. A closed connection keeps its peer. */
	const isConnected = (slot: number): boolean => protocolsWithPorts[core.protocol[slot]] && core.peerPort[slot] !== 0;

	/** The bucket of a socket; -1 if it can have no other end. */
	const bucketFor = (slot: number): number => {
		if (core.life[slot] === 0) {
			return -1;
		}

		if (isConnected(slot)) {
			return hashEndpoints(core, words, slot, false) & (heads.length - 1);
		}

		return unixProtocols[core.protocol[slot]] && core.inode[slot] !== 0 ? bucketOfInode(core.inode[slot]) & (heads.length - 1) : -1;
	};

	/** Removes a slot from its chain. */
	const unlink = (slot: number): void => {
		const bucket = places[slot] - 1;
		if (bucket === -1) {
			return;
		}

		if (heads[bucket] === slot + 1) {
			heads[bucket] = nexts[slot];
			return;
		}

		let before = heads[bucket] - 1;
		while (nexts[before] !== slot + 1) {
			before = nexts[before] - 1;
		}

		nexts[before] = nexts[slot];
	};

	/** Puts the sockets in these slots into the chains where they belong now. */
	const place = (from: number, to: number): void => {
		for (let slot = from; slot < to; slot++) {
			const bucket = bucketFor(slot);
			if (places[slot] === bucket + 1) {
				continue;
			}

			unlink(slot);
			places[slot] = bucket + 1;
			if (bucket !== -1) {
				nexts[slot] = heads[bucket];
				heads[bucket] = slot + 1;
			}
		}
	};

	/** Binds the columns, and makes room for all slots. With more buckets, all sockets get new places. */
	const fit = (): void => {
		if (core !== table.core) {
			({core} = table);
			words = addressWords(core);
		}

		if (places.length < table.used) {
			nexts = resized(nexts, new Int32Array(table.capacity));
			places = resized(places, new Int32Array(table.capacity));
		}

		let buckets = Math.max(fewestBuckets, heads.length);
		while (buckets < table.used) {
			buckets *= 2;
		}

		if (buckets === heads.length) {
			return;
		}

		heads = new Int32Array(buckets);
		places.fill(0);
		place(0, table.used);
	};

	/** Adds the sockets that the current sample has opened since the last call. */
	const placeOpened = (): void => {
		const {openedSoFar} = table;
		if (opened !== openedSoFar) {
			opened = openedSoFar;
			placedCount = 0;
		}

		for (; placedCount < opened.length; placedCount++) {
			place(opened[placedCount], opened[placedCount] + 1);
		}
	};

	/** Remembers the owners of closed sockets for the ends that are still open, because the rows of closed sockets go soon. */
	const rememberOwners = (): void => {
		const {life, owners, id} = core;
		for (const slot of table.lingering) {
			const open = findOtherEnd(slot);
			if (open !== -1 && (life[open] & Life.closed) === 0) {
				if (closedPeerOf.length < table.used) {
					closedPeerOf = resized(closedPeerOf, new Uint32Array(table.capacity));
					closedPeerOwners = resized(closedPeerOwners, new Uint32Array(table.capacity));
				}

				closedPeerOf[open] = id[open];
				closedPeerOwners[open] = owners[slot];
			}
		}
	};

	const refresh = (): void => {
		isAsked = true;
		fit();
		const isUpdated = updatedAfter === table.sample || updatedAfter === table.sample - 1;
		if (isUpdated) {
			placeOpened();
		}

		if (sample === table.sample && living === table.size && lingering === table.lingering.length) {
			return;
		}

		sample = table.sample;
		living = table.size;
		lingering = table.lingering.length;
		if (!isUpdated) {
			place(0, table.used);
		}

		rememberOwners();
	};

	const update = function * (): Parts {
		if (!isAsked) {
			updatedAfter = -1;
			return;
		}

		isAsked = false;
		fit();
		yield * inParts(table.used, place);
		updatedAfter = table.sample;
	};

	/** The best match among the sockets of a bucket. */
	const choose = (bucket: number, slot: number, isMatch: (candidate: number) => boolean): number => {
		const {life, openedAt, closedAt, id, namespace} = core;
		const isClosed = (life[slot] & Life.closed) !== 0;
		let best = -1;
		let minDistance = Infinity;
		for (let candidate = heads[bucket & (heads.length - 1)] - 1; candidate !== -1; candidate = nexts[candidate] - 1) {
			// Sockets that did not exist at the same time belong to different connections.
			if (life[candidate] === 0 || !isMatch(candidate) || openedAt[candidate] > closedAt[slot] || openedAt[slot] > closedAt[candidate]) {
				continue;
			}

			const isGone = !isClosed && (life[candidate] & Life.closed) !== 0;
			const isElsewhere = namespace[candidate] !== namespace[slot];
			const penalty = (isElsewhere ? Number.MAX_VALUE / 2 : 0) + (isGone ? Number.MAX_VALUE / 4 : 0);
			const distance = Math.abs(openedAt[candidate] - openedAt[slot]) + penalty;
			if (distance < minDistance || (distance === minDistance && id[candidate] > id[best])) {
				best = candidate;
				minDistance = distance;
			}
		}

		return best;
	};

	const findOtherEnd: Pairs['otherEnd'] = (slot, isAlike = areAlike) => {
		if (isConnected(slot)) {
			return choose(hashEndpoints(core, words, slot, true), slot, candidate => isConnected(candidate) && areSwapped(core, words, slot, candidate) && isAlike(slot, candidate));
		}

		return unixProtocols[core.protocol[slot]] && core.peerInode[slot] !== 0
			? choose(bucketOfInode(core.peerInode[slot]), slot, candidate => unixProtocols[core.protocol[candidate]] && core.inode[candidate] === core.peerInode[slot] && isAlike(slot, candidate))
			: -1;
	};

	const otherEnd: Pairs['otherEnd'] = (slot, isAlike) => {
		refresh();
		return findOtherEnd(slot, isAlike);
	};

	const hasClosedPeer = (slot: number): boolean => closedPeerOf[slot] === table.core.id[slot];

	return {
		update,
		otherEnd,
		isLocal: slot => otherEnd(slot) !== -1 || hasClosedPeer(slot),
		farOwners(slot) {
			const far = otherEnd(slot);
			const owners = far === -1 ? 0 : table.core.owners[far];
			return owners === 0 && hasClosedPeer(slot) ? closedPeerOwners[slot] : owners;
		},
		withInode(inode) {
			refresh();
			for (let slot = heads[bucketOfInode(inode) & (heads.length - 1)] - 1; slot !== -1; slot = nexts[slot] - 1) {
				if (unixProtocols[core.protocol[slot]] && core.inode[slot] === inode && (core.life[slot] & (Life.used | Life.closed)) === Life.used) {
					return slot;
				}
			}

			return -1;
		},
		ownersInUse: () => closedPeerOwners,
		get bytes() {
			return heads.byteLength + nexts.byteLength + places.byteLength + closedPeerOf.byteLength + closedPeerOwners.byteLength;
		},
	};
};
