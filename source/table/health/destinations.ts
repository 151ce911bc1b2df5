/**
How many local ports the connections to each destination use. The kernel chooses a local port so that local address, local port, peer address and peer port together are
new: so the ports for one peer address and port run out, however few connections go elsewhere. TIME-WAIT uses a port, too.
*/
import {Life} from '../columns/columns.js';
import {Protocol} from '../columns/protocols.js';
import {inParts, type Parts} from '../../parts/parts.js';
import type {SampledColumns} from '../columns/sampled-columns.js';
import {State} from '../columns/states.js';

/** The range of ports that the kernel chooses from; both bounds are included. */
export type PortRange = {readonly from: number; readonly to: number};

export type Destination = {
	/** Identifies the destination from sample to sample; two may rarely have the same. */
	readonly key: number;
	/** One of the sockets that go there. */
	readonly slot: number;
	/** Ports in use. */
	used: number;
	/** Ports that there are. */
	readonly size: number;
};

export type Destinations = {
	readonly all: readonly Destination[];
	/** The destination of a socket, if it is one of them. */
	readonly of: (slot: number) => Destination | undefined;
};

const portCount = 0x1_00_00;

/** FNV-1a over 32-bit words. */
const [hashStart, hashPrime] = [0x81_1C_9D_C5, 0x01_00_01_93];

const none: Destinations = {all: [], of: () => undefined};

/** The smallest number of ports that matters in any network namespace: a table with fewer sockets needs no counting, and that is most tables. */
const leastOfAll = ({used, core: {life, namespace}}: SampledColumns, leastIn: (namespace: number) => number): number => {
	let least = Infinity;
	let last = -1;
	for (let slot = 0; slot < used; slot++) {
		if (namespace[slot] !== last && (life[slot] & Life.used) !== 0) {
			last = namespace[slot];
			least = Math.min(least, leastIn(last));
		}
	}

	return least;
};

/**
Finds the destinations that use at least a share of the ports. The cost is one pass over the columns, and a look at each socket whose peer's port has enough
connections to matter.

@param rangeOf The range in a network namespace.
@param share From 0 to 1.
@yields Between two parts.
*/
export const findDestinations = function * (table: SampledColumns, rangeOf: (namespace: number) => PortRange, share: number): Parts<Destinations> {
	const {used} = table;
	const {life, protocol, state, namespace, family, localAddress, peerAddress, localPort, peerPort} = table.core;
	const words = {
		local: new Uint32Array(localAddress.buffer, localAddress.byteOffset, localAddress.length / 4),
		peer: new Uint32Array(peerAddress.buffer, peerAddress.byteOffset, peerAddress.length / 4),
	};
	const ranges = new Map<number, PortRange>();
	const rangeIn = (number: number): PortRange => {
		const range = ranges.get(number) ?? rangeOf(number);
		ranges.set(number, range);
		return range;
	};

	const sizeOf = ({from, to}: PortRange): number => to - from + 1;

	/** Whether the kernel can have chosen the local port of a TCP connection. */
	const isCounted = (slot: number): boolean => {
		if (
			(life[slot] & (Life.used | Life.closed)) !== Life.used || protocol[slot] !== Protocol.tcp || peerPort[slot] === 0
			|| state[slot] === State.listen || state[slot] === State.unconnected
		) {
			return false;
		}

		const {from, to} = rangeIn(namespace[slot]);
		return localPort[slot] >= from && localPort[slot] <= to;
	};

	const least = (number: number): number => Math.max(1, share * sizeOf(rangeIn(number)));
	if (used < leastOfAll(table, least)) {
		return none;
	}

	const byPort = new Uint32Array(portCount);
	yield * inParts(used, (from, to) => {
		for (let slot = from; slot < to; slot++) {
			if (isCounted(slot)) {
				byPort[peerPort[slot]]++;
			}
		}
	});

	const smallest = Math.min(...ranges.keys().map(number => least(number)));
	if (byPort.every(count => count < smallest)) {
		return none;
	}

	const isSame = (a: number, b: number): boolean => {
		if (namespace[a] !== namespace[b] || family[a] !== family[b] || peerPort[a] !== peerPort[b]) {
			return false;
		}

		for (let word = 0; word < 4; word++) {
			if (words.local[a * 4 + word] !== words.local[b * 4 + word] || words.peer[a * 4 + word] !== words.peer[b * 4 + word]) {
				return false;
			}
		}

		return true;
	};

	const hashOf = (slot: number): number => {
		let hash = Math.imul(hashStart ^ (peerPort[slot] + (namespace[slot] << 16)), hashPrime);
		for (let word = 0; word < 4; word++) {
			hash = Math.imul(hash ^ words.local[slot * 4 + word], hashPrime);
			hash = Math.imul(hash ^ words.peer[slot * 4 + word], hashPrime);
			hash ^= hash >>> 15;
		}

		return hash >>> 0;
	};

	const found = new Map<number, Destination>();
	/** The destination of a socket, or the key that a new one would have. */
	const find = (slot: number): Destination | number => {
		let key = hashOf(slot);
		for (;;) {
			const known = found.get(key);
			if (known === undefined) {
				return key;
			}

			if (isSame(known.slot, slot)) {
				return known;
			}

			key = (key + 1) >>> 0;
		}
	};

	// Counting by a part of the hash is much cheaper than a map, and leaves few sockets to look at.
	const byHash = new Uint32Array(portCount);
	yield * inParts(used, (from, to) => {
		for (let slot = from; slot < to; slot++) {
			if (byPort[peerPort[slot]] >= smallest && isCounted(slot)) {
				byHash[hashOf(slot) & (portCount - 1)]++;
			}
		}
	});

	const isCandidate = (slot: number): boolean =>
		byPort[peerPort[slot]] >= smallest && isCounted(slot) && byHash[hashOf(slot) & (portCount - 1)] >= least(namespace[slot]);
	yield * inParts(used, (from, to) => {
		for (let slot = from; slot < to; slot++) {
			if (isCandidate(slot)) {
				const destination = find(slot);
				if (typeof destination === 'number') {
					found.set(destination, {
						key: destination, slot, used: 1, size: sizeOf(rangeIn(namespace[slot])),
					});
				} else {
					destination.used++;
				}
			}
		}
	});

	const isEnough = (destination: Destination): boolean => destination.used >= least(namespace[destination.slot]);
	return {
		all: found.values().filter(destination => isEnough(destination)).toArray(),
		of(slot) {
			const destination = isCandidate(slot) ? find(slot) : undefined;
			return typeof destination === 'object' && isEnough(destination) ? destination : undefined;
		},
	};
};
