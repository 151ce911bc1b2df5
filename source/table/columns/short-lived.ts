import {Life, type CoreArrays} from './columns.js';
import {Protocol} from './protocols.js';
import {State} from './states.js';

/** Whether a socket is a short-lived TCP socket of unknown state. After the close the kernel reports UNCONN, as for sockets that were never connected. */
export const isGoneTcp = ({life, state, protocol}: CoreArrays, slot: number): boolean =>
	(life[slot] & Life.shortLived) !== 0 && state[slot] === State.unconnected && protocol[slot] === Protocol.tcp;
