/** Joins the small forms of TCP sockets (`table/mini-form.ts`) with the news of the sockets that they stand for: the kernel gives them cookies of their own. */
import type {Ending} from '../netlink/ending.js';
import {isMiniForm} from '../table/mini-form.js';
import {Protocol} from '../table/protocols.js';
import type {SocketTable} from '../table/socket-table.js';
import {State} from '../table/states.js';

/** Whether the socket in a slot is a small form, of whose end the kernel sends no news. */
export const isMini = ({core}: SocketTable, slot: number): boolean => isMiniForm(core.state[slot], core.timer[slot]);

/** Finds the small sockets (TIME-WAIT, FIN-WAIT-2) of this namespace that the current sample has opened, by ports and addresses. Each is given out once. */
export const createShadows = (table: SocketTable): {readonly take: (ending: Ending) => number} => {
	let byPorts: Map<number, number[]> | undefined;

	const collect = (): Map<number, number[]> => {
		const {core, openedSoFar} = table;
		const slots = new Map<number, number[]>();
		for (const slot of openedSoFar) {
			const isHere = core.protocol[slot] === Protocol.tcp && core.namespace[slot] === table.namespace;
			if (isHere && isMini(table, slot) && core.state[slot] !== State.synReceived) {
				const ports = portsKey(core.localPort[slot], core.peerPort[slot]);
				const others = slots.get(ports);
				if (others === undefined) {
					slots.set(ports, [slot]);
				} else {
					others.push(slot);
				}
			}
		}

		return slots;
	};

	return {
		take(ending) {
			byPorts ??= collect();
			const slots = byPorts.get(portsKey(ending.localPort, ending.peerPort));
			const index = slots?.findIndex(slot => hasAddresses(table, slot, ending)) ?? -1;
			return index === -1 || slots === undefined ? -1 : slots.splice(index, 1)[0];
		},
	};
};

const portsKey = (local: number, peer: number): number => local * 0x1_00_00 + peer;

const hasAddresses = ({core}: SocketTable, slot: number, {addresses}: Ending): boolean => {
	const start = slot * 16;
	for (let index = 0; index < 16; index++) {
		if (core.localAddress[start + index] !== addresses[index] || core.peerAddress[start + index] !== addresses[index + 16]) {
			return false;
		}
	}

	return true;
};
