/** The menu that shows or hides socket families. Each function takes the state and returns the next one. */
import {protocolTables, type ProtocolName} from '../../table/columns/protocols.js';
import type {State} from '../state/state.js';
import {toggleProtocols} from './narrowing.js';

type Family = {
	/** Entry in the menu. */
	readonly title: string;
	readonly protocols: readonly ProtocolName[];
};

const titles: Readonly<Record<keyof typeof protocolTables, string>> = {
	tcp: 'TCP',
	udp: 'UDP',
	unix: 'UNIX',
	raw: 'raw',
	packet: 'packet',
	netlink: 'netlink',
	mptcp: 'MPTCP',
	udplite: 'UDP-Lite',
	sctp: 'SCTP',
	dccp: 'DCCP',
	vsock: 'VSOCK',
	xdp: 'XDP',
	tipc: 'TIPC',
	smc: 'SMC',
};

/** In the order of the menu. */
export const families: readonly Family[] = Object.entries(titles).map(([name, title]) => ({title, protocols: protocolTables[name as keyof typeof protocolTables]}));

/** Whether any protocol of a family is shown. */
export const isFamilyShown = ({classes}: State, {protocols}: Family): boolean => protocols.some(name => classes.protocols.includes(name));

/** Entries of the menu. */
export const familyEntries = (state: State): readonly string[] => families.map(family => `[${isFamilyShown(state, family) ? 'x' : ' '}] ${family.title}`);

export const openFamilies = (state: State): State => ({...state, mode: 'families', menuIndex: 0});

/** Shows or hides the family at the current menu entry. */
export const toggleFamily = (state: State): State => {
	const family = families.at(state.menuIndex);
	return family === undefined ? state : toggleProtocols(state, family.protocols);
};
