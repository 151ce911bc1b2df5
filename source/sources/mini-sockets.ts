/** Joins the small forms of TCP sockets (`table/mini-form.ts`) with the news of the sockets that they stand for: the kernel gives them cookies of their own. */
import type {Ending} from '../netlink/ending.js';
import {Life} from '../table/columns.js';
import {isMiniForm} from '../table/mini-form.js';
import {Protocol} from '../table/protocols.js';
import type {SocketTable} from '../table/socket-table.js';
import {State} from '../table/states.js';

/** Whether the socket in a slot is a small form, of whose end the kernel sends no news. */
export const isMini = ({core}: SocketTable, slot: number): boolean => isMiniForm(core.state[slot], core.timer[slot]);

export type Shadows = {
	/** Starts with what the current sample has opened. To be called after its dumps. */
	readonly begin: () => void;
	/** The small socket that stands for the one that ended, or -1. Each is given out once. */
	readonly take: (ending: Ending) => number;
};

/**
Finds the small sockets (TIME-WAIT, FIN-WAIT-2) of this namespace by ports and addresses: those that the current sample has opened, and those of the sample
before which nobody has asked for. A connection that ended while that one was under way may have been in its dump as a small socket, but its news are decided about
in the next one.
*/
export const createShadows = (table: SocketTable): Shadows => {
	let opened: readonly number[] = [];
	let openedBefore: readonly number[] = [];
	let byPorts: Map<number, number[]> | undefined;

	const isShadow = (slot: number): boolean => {
		const {core} = table;
		return core.protocol[slot] === Protocol.tcp && core.namespace[slot] === table.namespace && isMini(table, slot) && core.state[slot] !== State.synReceived;
	};

	const isLeft = (slot: number): boolean => {
		const {core, previousSampleAt} = table;
		return core.openedAt[slot] === previousSampleAt && (core.life[slot] & (Life.used | Life.closed | Life.ended)) === Life.used;
	};

	const collect = (): Map<number, number[]> => {
		const {core} = table;
		const slots = new Map<number, number[]>();
		const add = (slot: number): void => {
			const ports = portsKey(core.localPort[slot], core.peerPort[slot]);
			const others = slots.get(ports);
			if (others === undefined) {
				slots.set(ports, [slot]);
			} else {
				others.push(slot);
			}
		};

		for (const slot of opened) {
			if (isShadow(slot)) {
				add(slot);
			}
		}

		for (const slot of openedBefore) {
			if (isLeft(slot) && isShadow(slot)) {
				add(slot);
			}
		}

		return slots;
	};

	return {
		begin() {
			openedBefore = opened;
			opened = table.openedSoFar;
			byPorts = undefined;
		},
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
