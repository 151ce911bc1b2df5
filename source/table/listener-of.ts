/** The listener that a connection came through. */
import {Life} from './columns/columns.js';
import {acceptScore, areShared} from './columns/listeners.js';
import {hasInetEnds, protocolNames} from './columns/protocols.js';
import type {SocketTable} from './socket-table.js';
import {State} from './columns/states.js';

const inetProtocols: readonly boolean[] = protocolNames.map((_, protocol) => hasInetEnds(protocol));

/**
Finds the listening socket that accepted a connection: on its port, as the kernel chooses it, or for UNIX by the name that accepted sockets share with their
listener. A listener is its own. Of a SO_REUSEPORT group the first member stands for all: the kernel does not tell which one accepted.

The table is searched once; answers are good until it changes.

@param table
@returns The slot of the listener, or -1 for a socket that none of those here accepted.
*/
export const findListeners = (table: SocketTable): ((slot: number) => number) => {
	const {core, used} = table;
	const {life, state, protocol, localPort, localName} = core;
	const byPlace = new Map<number, number[]>();

	/** Protocol and port in one number; the name instead of the port where there are no ports. 0 for neither. */
	const placeOf = (slot: number): number => {
		const place = inetProtocols[protocol[slot]] ? localPort[slot] : localName[slot];
		return place === 0 ? 0 : place * 256 + protocol[slot];
	};

	for (let slot = 0; slot < used; slot++) {
		if (state[slot] !== State.listen || (life[slot] & (Life.used | Life.closed)) !== Life.used || placeOf(slot) === 0) {
			continue;
		}

		const others = byPlace.get(placeOf(slot));
		if (others === undefined) {
			byPlace.set(placeOf(slot), [slot]);
		} else if (others.every(other => !areShared(core, other, slot))) {
			others.push(slot);
		}
	}

	return slot => {
		const candidates = byPlace.get(placeOf(slot));
		let best = -1;
		let bestScore = -1;
		for (const candidate of candidates ?? []) {
			const score = acceptScore(core, candidate, slot);
			if (score > bestScore) {
				best = candidate;
				bestScore = score;
			}
		}

		return best;
	};
};
