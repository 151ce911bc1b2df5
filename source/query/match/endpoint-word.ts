import {formatAddress} from '../../addresses/address.js';
import {Family} from '../../addresses/family.js';
import {isInet} from '../../fields/model/named-endpoints.js';
import {
	endpointText,
	interfaceText,
	localEndpoint,
	peerEndpoint,
} from '../../fields/model/endpoint-text.js';
import type {World} from '../../fields/model/field.js';
import type {Pattern, TextMatcher} from '../language/pattern.js';
import {memoizeAddresses, type AddressDecision} from './address-memo.js';
import {compileAddressPart, type AddressPart, type Automaton} from './address-part.js';
import type {PortSet} from './port-set.js';
import type {SlotPredicate} from './selection-filter.js';

/** Whether an endpoint of a socket of IP is found, as the row shows it. */
export type EndpointWord = {
	/** Tells of the addresses of IPv4 sockets, where nothing but these matters; absent where `bind` must be asked. */
	readonly octets: Automaton | undefined;
	/** Whether the interface of a socket that has one is found, or the local endpoint together with it. */
	readonly bindInterface: (world: World) => SlotPredicate;
	/** Whether an endpoint of any socket of IP is found; good until the table changes. */
	readonly bind: (world: World) => SlotPredicate;
};

/** All characters that addresses are written with. */
const inAddress = /^[\d.:\[\]a-f]*$/v;

const digitsAndDots = /^[\d.]*$/v;

/** @param matches Decides on a text in lower case. */
export const compileEndpointWord = (pattern: Pattern, matches: TextMatcher): EndpointWord => {
	const part = pattern.kind === 'contains' ? pattern.text.toLowerCase() : undefined;
	const bindAddresses = part === undefined || inAddress.test(part) ? addressBinder(matches, part === undefined ? byWholeText : compileAddressPart(part).isInIpv6) : undefined;
	const bindPorts = part === undefined ? (pattern.text.includes(':') ? wholeEndpointBinder(matches) : undefined) : portBinder(part);
	const bindInterface = interfaceBinder(matches);
	return {
		octets: bindPorts === undefined && part !== undefined && bindAddresses !== undefined ? compileAddressPart(part).octets : undefined,
		bindInterface,
		bind(world) {
			const {interfaceIndex} = world.table.core;
			const isAtAddress = bindAddresses?.(world);
			const isAtPort = bindPorts?.(world);
			const isOnInterface = bindInterface(world);
			return slot => (isAtAddress?.(slot) ?? false) || (isAtPort?.(slot) ?? false) || (interfaceIndex[slot] !== 0 && isOnInterface(slot));
		},
	};
};

/** Whether the address of a slot is found; `hasText` looks at all of its text. */
type LookAtAddress = AddressPart['isInIpv6'];

const byWholeText: LookAtAddress = (_, slot, hasText) => hasText(slot);

type SlotBinder = (world: World) => SlotPredicate;

/** Each distinct address is decided on once. IPv6 is looked at without brackets and with them. */
const addressBinder = (isMatch: TextMatcher, look: LookAtAddress): SlotBinder => ({table}) => {
	const {localAddress, peerAddress, family} = table.core;
	const isAddress: AddressDecision = (bytes, offset, ofFamily) => {
		const text = formatAddress(bytes, offset, ofFamily);
		return isMatch(text) || (ofFamily === Family.inet6 && isMatch(`[${text}]`));
	};

	const isLocal = memoizeAddresses(localAddress, family, isAddress);
	const isPeer = memoizeAddresses(peerAddress, family, isAddress);
	return slot => look(localAddress, slot, isLocal) || look(peerAddress, slot, isPeer);
};

const wholeEndpointBinder = (isMatch: TextMatcher): SlotBinder => world =>
	slot => isMatch(endpointText(world, slot, localEndpoint)) || isMatch(endpointText(world, slot, peerEndpoint));

/** Where a text is found that is a part of a port, or that ends in one: `443`, `127.0.0.1:22`. Undefined where no port decides. */
const portBinder = (part: string): SlotBinder | undefined => {
	if (/^(?:\d+|\*)$/v.test(part)) {
		const set = portsWhere(text => text.includes(part));
		return ({table}) => {
			const {localPort, peerPort} = table.core;
			return slot => (set[localPort[slot]] | set[peerPort[slot]]) === 1;
		};
	}

	const {host, port} = /^(?<host>.*):(?<port>\d{0,5}|\*)$/sv.exec(part)?.groups ?? {};
	// What stands before the colon is the end of an address; behind an interface, `interfaceBinder` finds it.
	if (host === undefined || !(digitsAndDots.test(host) || host.endsWith(']'))) {
		return undefined;
	}

	const set = portsWhere(text => text.startsWith(port));
	return ({table}) => {
		const {localAddress, peerAddress, localPort, peerPort, family} = table.core;
		const endsSo: AddressDecision = (bytes, offset, ofFamily) => {
			const text = formatAddress(bytes, offset, ofFamily);
			return (ofFamily === Family.inet6 ? `[${text}]` : text).endsWith(host);
		};

		const isLocal = memoizeAddresses(localAddress, family, endsSo);
		const isPeer = memoizeAddresses(peerAddress, family, endsSo);
		return slot => (set[localPort[slot]] === 1 && isLocal(slot)) || (set[peerPort[slot]] === 1 && isPeer(slot));
	};
};

const portsWhere = (isWanted: (text: string) => boolean): PortSet => Uint8Array.from({length: 65_536}, (_, port) => isWanted(port === 0 ? '*' : String(port)) ? 1 : 0);

/** Few sockets have an interface. */
const interfaceBinder = (isMatch: TextMatcher): SlotBinder => world => slot => isInet(world, slot)
	&& (isMatch((interfaceText(world, slot) ?? '').toLowerCase()) || isMatch(endpointText(world, slot, localEndpoint).toLowerCase()));
