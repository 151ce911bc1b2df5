import {Protocol, protocolNames} from '../table/protocols.js';
import type {SocketTable} from '../table/socket-table.js';
import type {Classes} from './query.js';

const flags = (numbers: readonly number[]): Uint8Array => {
	const set = new Uint8Array(256);
	for (const number of numbers) {
		set[number] = 1;
	}

	return set;
};

const all = new Uint8Array(256).fill(1);

/** Makes the toggles ready: whether a socket is of a kind that is shown at all. Undefined when every socket is. */
export const compileClasses = ({protocols, families, states}: Classes): ((table: SocketTable) => (slot: number) => boolean) | undefined => {
	if (protocolNames.every(name => protocols.includes(name)) && families.length === 0 && states.length === 0) {
		return undefined;
	}

	const protocolFlags = flags(protocols.map(name => Protocol[name]));
	const familyFlags = families.length === 0 ? all : flags(families);
	const stateFlags = states.length === 0 ? all : flags(states);
	return ({core: {protocol, family, state}}) => slot =>
		(protocolFlags[protocol[slot]] & familyFlags[family[slot]] & stateFlags[state[slot]]) === 1;
};
