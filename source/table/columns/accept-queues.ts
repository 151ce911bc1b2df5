/** Connections that wait for accept. */
import {Life} from './columns.js';
import {doesAccept} from './listeners.js';
import {Protocol} from './protocols.js';
import type {SampledColumns} from './sampled-columns.js';
import {State} from './states.js';

export type AcceptQueues = {
	/**
	Slots of the connections that stand in the accept queue of a TCP listener. The kernel does not say which listener of a SO_REUSEPORT group has which:
	each is told all of them.
	*/
	readonly waitingAt: (listener: number) => readonly number[];
};

const none: readonly number[] = [];

/**
Whether a connection waits for accept: what nobody has accepted yet has no inode. Neither have those that their process has closed; but these are in other
states.
*/
export const isWaiting = ({core: {life, state, inode, protocol}}: SampledColumns, slot: number): boolean =>
	inode[slot] === 0 && (life[slot] & (Life.used | Life.closed)) === Life.used && protocol[slot] === Protocol.tcp
	&& (state[slot] === State.established || state[slot] === State.closeWait);

/**
The table is searched once after each sample, and only when somebody asks for a listener with a queue.
*/
export const createAcceptQueues = (table: SampledColumns): AcceptQueues => {
	let byPort = new Map<number, number[]>();
	let sample = 0;
	let size = 0;

	const search = (): void => {
		const {core: {localPort}, used} = table;
		byPort = new Map();
		for (let slot = 0; slot < used; slot++) {
			if (!isWaiting(table, slot)) {
				continue;
			}

			const others = byPort.get(localPort[slot]);
			if (others === undefined) {
				byPort.set(localPort[slot], [slot]);
			} else {
				others.push(slot);
			}
		}
	};

	return {
		waitingAt(listener) {
			const {core} = table;
			if (core.protocol[listener] !== Protocol.tcp || core.recvQ[listener] === 0) {
				return none;
			}

			if (sample !== table.sample || size !== table.size) {
				sample = table.sample;
				size = table.size;
				search();
			}

			return byPort.get(core.localPort[listener])?.filter(slot => doesAccept(core, listener, slot)) ?? none;
		},
	};
};
