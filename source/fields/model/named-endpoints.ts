import {hasInetEnds, protocols} from '../../table/columns/protocols.js';
import type {InetOrder} from './endpoint-order.js';
import type {Order, World} from './field.js';
import {compareText, packText} from './text-order.js';

/** Which end, by the column that holds its name. */
export type NameColumn = 'localName' | 'peerName';

export const isInet = ({table: {core}}: World, slot: number): boolean => hasInetEnds(core.protocol[slot]);

/**
The name of an end that is no address of IP: a path, a number of a protocol, a port of the family's own. Undefined for none. The kernel does not tell a
UNIX socket the name of its peer; the peer does, where it is in the table.
*/
export const readName = ({table: {core, texts, pairs}}: World, slot: number, end: NameColumn): string | undefined => {
	let number = core[end][slot];
	if (number === 0 && end === 'peerName' && core.peerInode[slot] !== 0) {
		const far = pairs.farEnd(slot);
		number = far === -1 ? 0 : core.localName[far];
	}

	return number === 0 ? undefined : texts.of(number);
};

const interfaceText = ({table: {core}, interfaceName}: World, slot: number): string => {
	const index = core.interfaceIndex[slot];
	return index === 0 ? '*' : interfaceName(index, core.namespace[slot]) ?? String(index);
};

/** The whole text of an end that is no address of IP, in the words of `ss`: an asterisk where it has no name. */
export const namedEndpointText = (world: World, slot: number, end: NameColumn): string => {
	const {core} = world.table;
	const name = readName(world, slot, end) ?? '*';
	const {domain} = protocols[core.protocol[slot]];
	if (domain === 'unix') {
		return `${name} ${core[end === 'localName' ? 'inode' : 'peerInode'][slot]}`;
	}

	if (end === 'peerName') {
		return name;
	}

	if (domain === 'packet') {
		return `${name}:${interfaceText(world, slot)}`;
	}

	return domain === 'xdp' ? `${interfaceText(world, slot)}:${name}` : name;
};

/** One more than any key of an address of IP: ends with names come after them. */
const firstNamed = 3 * 2 ** 48;

/** The order of ends: those of IP by address, then the others by their text. */
export const withNames = (inet: InetOrder, text: (world: World, slot: number) => string | undefined): Order => {
	const key = (world: World, slot: number): number => {
		if (isInet(world, slot)) {
			return inet.key(world, slot);
		}

		const name = text(world, slot);
		return name === undefined ? NaN : firstNamed + packText(name);
	};

	return {
		key,
		...inet.keysOr && {keys: inet.keysOr(key)},
		compare(world, a, b) {
			const isInetA = isInet(world, a);
			const isInetB = isInet(world, b);
			if (isInetA && isInetB) {
				return inet.compare?.(world, a, b) ?? 0;
			}

			return isInetA === isInetB ? compareText(text(world, a) ?? '', text(world, b) ?? '') : (isInetA ? -1 : 1);
		},
	};
};
