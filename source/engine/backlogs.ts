import {isBacklogFull} from '../table/health/backlog.js';
import {Life} from '../table/columns/columns.js';
import type {SocketTable} from '../table/socket-table.js';
import {State} from '../table/columns/states.js';
import type {Summary} from '../contract/messages.js';

/** From this share of its limit on, the next burst may fill a queue. */
const nearShare = 0.75;

/** Counts the listeners whose accept queues are full or nearly full. Called once per sample while a meter shows it. */
export const countBacklogs = ({core: {life, state, recvQ, sendQ}, used}: SocketTable): NonNullable<Summary['backlogs']> => {
	let full = 0;
	let near = 0;
	for (let slot = 0; slot < used; slot++) {
		if (state[slot] === State.listen && recvQ[slot] > 0 && (life[slot] & (Life.used | Life.closed)) === Life.used) {
			if (isBacklogFull(recvQ[slot], sendQ[slot])) {
				full++;
			} else if (recvQ[slot] >= sendQ[slot] * nearShare) {
				near++;
			}
		}
	}

	return {full, near};
};
