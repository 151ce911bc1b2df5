import {doesAccept} from '../table/columns/listeners.js';
import {Protocol} from '../table/columns/protocols.js';
import type {SocketTable} from '../table/socket-table.js';
import {State} from '../table/columns/states.js';

/**
Gives closed sockets the owners of the listener that accepted them: the one on their local address and port. Sockets without such a listener opened their
connections themselves and stay without owners.

@param slots Slots of sockets. Only TCP sockets without owners are changed.
*/
export const adoptListeners = (table: SocketTable, slots: readonly number[]): void => {
	const {core, used} = table;
	const orphans = slots.filter(slot => core.protocol[slot] === Protocol.tcp && core.owners[slot] === 0);
	if (orphans.length === 0) {
		return;
	}

	const listeners = new Map<number, number[]>();
	for (let slot = 0; slot < used; slot++) {
		if (core.state[slot] === State.listen && core.owners[slot] !== 0 && core.protocol[slot] === Protocol.tcp && !table.isClosed(slot) && table.isUsed(slot)) {
			const others = listeners.get(core.localPort[slot]);
			if (others === undefined) {
				listeners.set(core.localPort[slot], [slot]);
			} else {
				others.push(slot);
			}
		}
	}

	for (const slot of orphans) {
		const listener = listeners.get(core.localPort[slot])?.find(candidate => doesAccept(core, candidate, slot));
		if (listener !== undefined) {
			core.owners[slot] = core.owners[listener];
		}
	}
};
