/** Connections that wait for accept. */
import {Life} from './columns.js';
import {doesAccept} from './listeners.js';
import {Protocol} from './protocols.js';
import type {SampledColumns} from './sampled-columns.js';
import {State} from './states.js';

export type AcceptQueues = {
	/**
	Slots of the connections in the accept queue of a TCP listener. The kernel does not say which listener of a SO_REUSEPORT group has which connection, so each
	listener of the group gets all of them.
	*/
	readonly waitingAt: (listener: number) => readonly number[];
};

const none: readonly number[] = [];

/**
Whether a connection waits for accept. A connection has no inode until it is accepted. It has none either after its process closed it, but then it is in another
state.
*/
export const isWaiting = ({core: {life, state, inode, protocol}}: SampledColumns, slot: number): boolean =>
	inode[slot] === 0 && (life[slot] & (Life.used | Life.closed)) === Life.used && protocol[slot] === Protocol.tcp
	&& (state[slot] === State.established || state[slot] === State.closeWait);

/** Finds the connections that wait for accept. Searches the table at most once per sample, when a caller asks for a listener with a queue. */
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
