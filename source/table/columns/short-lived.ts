import {Life, type CoreArrays} from './columns.js';
import {Protocol} from './protocols.js';
import {State} from './states.js';

/** Whether it is a short-lived TCP socket whose state is not known: of a socket that has closed, the kernel reports UNCONN, as of one that was never connected. */
export const isGoneTcp = ({life, state, protocol}: CoreArrays, slot: number): boolean =>
	(life[slot] & Life.shortLived) !== 0 && state[slot] === State.unconnected && protocol[slot] === Protocol.tcp;
