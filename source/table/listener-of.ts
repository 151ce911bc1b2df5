/** Finds the listener that accepted a connection. */
import {Life} from './columns/columns.js';
import {acceptScore, areShared} from './columns/listeners.js';
import {hasInetEnds, protocolNames} from './columns/protocols.js';
import type {SocketTable} from './socket-table.js';
import {State} from './columns/states.js';

const inetProtocols: readonly boolean[] = protocolNames.map((_, protocol) => hasInetEnds(protocol));

/**
Finds the listening socket that accepted a connection: by its port, as the kernel selects it; for UNIX by the name that accepted sockets share with their
listener. For a listener, the result is the listener itself. The first member of a SO_REUSEPORT group stands for the group, because the kernel does not report
which one accepted.

Searches the table once; results are valid until the table changes.

@returns A function that gives the slot of the listener of a socket, or -1 if no listener in the table accepted it.
*/
export const findListeners = (table: SocketTable): ((slot: number) => number) => {
	const {core, used} = table;
	const {life, state, protocol, localPort, localName} = core;
	const byKey = new Map<number, number[]>();

	/** Protocol and port in one number; the name instead of the port for families without ports. 0 for neither. */
	const keyOf = (slot: number): number => {
		const nameOrPort = inetProtocols[protocol[slot]] ? localPort[slot] : localName[slot];
		return nameOrPort === 0 ? 0 : nameOrPort * 256 + protocol[slot];
	};

	for (let slot = 0; slot < used; slot++) {
		if (state[slot] !== State.listen || (life[slot] & (Life.used | Life.closed)) !== Life.used || keyOf(slot) === 0) {
			continue;
		}

		const others = byKey.get(keyOf(slot));
		if (others === undefined) {
			byKey.set(keyOf(slot), [slot]);
		} else if (others.every(other => !areShared(core, other, slot))) {
			others.push(slot);
		}
	}

	return slot => {
		const candidates = byKey.get(keyOf(slot));
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
