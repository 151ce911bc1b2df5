import {hasInetEnds, protocols} from '../../table/columns/protocols.js';
import type {InetOrder} from './endpoint-order.js';
import type {Order, FieldContext} from './field.js';
import {compareText, packText} from './text-order.js';

/** The endpoint, by the column that holds its name. */
export type NameColumn = 'localName' | 'peerName';

export const isInet = ({table: {core}}: FieldContext, slot: number): boolean => hasInetEnds(core.protocol[slot]);

/**
Returns the name of an endpoint that is not an IP address: a path, a protocol, or a port of the family's own. Undefined if there is none. The kernel does not
report the peer's name of a UNIX socket; it is read from the peer's row if that is in the table.
*/
export const readName = ({table: {core, texts, pairs}}: FieldContext, slot: number, end: NameColumn): string | undefined => {
	let textNumber = core[end][slot];
	if (textNumber === 0 && end === 'peerName' && core.peerInode[slot] !== 0) {
		const peer = pairs.otherEnd(slot);
		textNumber = peer === -1 ? 0 : core.localName[peer];
	}

	return textNumber === 0 ? undefined : texts.of(textNumber);
};

const interfaceText = ({table: {core}, interfaceName}: FieldContext, slot: number): string => {
	const index = core.interfaceIndex[slot];
	return index === 0 ? '*' : interfaceName(index, core.namespace[slot]) ?? String(index);
};

/** Formats an endpoint that is not an IP address, as `ss` does; an asterisk stands for a missing name. */
export const namedEndpointText = (context: FieldContext, slot: number, end: NameColumn): string => {
	const {core} = context.table;
	const name = readName(context, slot, end) ?? '*';
	const {domain} = protocols[core.protocol[slot]];
	if (domain === 'unix') {
		return `${name} ${core[end === 'localName' ? 'inode' : 'peerInode'][slot]}`;
	}

	if (end === 'peerName') {
		return name;
	}

	if (domain === 'packet') {
		return `${name}:${interfaceText(context, slot)}`;
	}

	return domain === 'xdp' ? `${interfaceText(context, slot)}:${name}` : name;
};

/** One more than the largest key of an IP address: named endpoints sort after them. */
const firstNamed = 3 * 2 ** 48;

/** Orders endpoints: IP endpoints by address, then the others by text. */
export const withNames = (inet: InetOrder, text: (context: FieldContext, slot: number) => string | undefined): Order => {
	const key = (context: FieldContext, slot: number): number => {
		if (isInet(context, slot)) {
			return inet.key(context, slot);
		}

		const name = text(context, slot);
		return name === undefined ? NaN : firstNamed + packText(name);
	};

	return {
		key,
		...inet.keysWithFallback && {keys: inet.keysWithFallback(key)},
		compare(context, a, b) {
			const isInetA = isInet(context, a);
			const isInetB = isInet(context, b);
			if (isInetA && isInetB) {
				return inet.compare?.(context, a, b) ?? 0;
			}

			return isInetA === isInetB ? compareText(text(context, a) ?? '', text(context, b) ?? '') : (isInetA ? -1 : 1);
		},
	};
};
