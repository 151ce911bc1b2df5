import type {FieldContext} from '../../fields/model/field.js';
import {Family} from '../../addresses/family.js';
import type {Endpoint} from '../language/expression.js';
import {type Prefix, maskAt} from '../../addresses/prefix.js';
import type {Host} from '../language/values/host.js';
import {isMapped, mappedOffset} from '../../addresses/mapped.js';
import type {SlotPredicate} from './selection-filter.js';

/** Tests an endpoint for a host; valid until the table changes. */
export const compileHost = (end: Endpoint, host: Host): ((context: FieldContext) => SlotPredicate) => {
	if (end === 'either') {
		const local = compileHost('local', host);
		const peer = compileHost('peer', host);
		return context => {
			const isLocal = local(context);
			const isPeer = peer(context);
			return slot => isLocal(slot) || isPeer(slot);
		};
	}

	const {prefix, port, interface: interfaceName} = host;
	return context => {
		const {core} = context.table;
		const ports = core[`${end}Port`];
		const isInPrefix = prefix === undefined ? undefined : bindPrefix(prefix, core[`${end}Address`], core.family);
		const isOnInterface = interfaceName === undefined ? undefined : bindInterface(interfaceName, context);
		return slot => (port === undefined || ports[slot] === port)
			&& (isInPrefix === undefined || isInPrefix(slot))
			&& (isOnInterface === undefined || isOnInterface(slot));
	};
};

const bindPrefix = ({family, bytes, length}: Prefix, addresses: Uint8Array, families: Uint8Array): SlotPredicate => {
	const masks = bytes.map((_, index) => maskAt(index, length));
	const counted = Math.ceil(length / 8);
	const isAt = (offset: number): boolean => {
		for (let index = 0; index < counted; index++) {
			if ((addresses[offset + index] & masks[index]) !== bytes[index]) {
				return false;
			}
		}

		return true;
	};

	if (family === Family.inet6) {
		return slot => families[slot] === Family.inet6 && isAt(slot * 16);
	}

	return slot => {
		const offset = slot * 16;
		return families[slot] === Family.inet6
			? isMapped(addresses, offset) && isAt(offset + mappedOffset)
			: families[slot] === Family.inet && isAt(offset);
	};
};

const bindInterface = (name: string, {table, interfaceName}: FieldContext): SlotPredicate => {
	const {interfaceIndex: indexes, namespace} = table.core;
	return slot => indexes[slot] !== 0 && (interfaceName(indexes[slot], namespace[slot]) ?? String(indexes[slot])) === name;
};
