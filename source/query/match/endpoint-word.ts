import {formatAddress} from '../../addresses/address.js';
import {Family} from '../../addresses/family.js';
import {isInet} from '../../fields/model/named-endpoints.js';
import {
	endpointText,
	interfaceText,
	localEndpoint,
	peerEndpoint,
} from '../../fields/model/endpoint-text.js';
import type {FieldContext} from '../../fields/model/field.js';
import type {Pattern, TextMatcher} from '../language/pattern.js';
import {memoizeAddresses, type AddressDecision} from './address-memo.js';
import {compileAddressPart, type AddressPart, type Automaton} from './address-part.js';
import type {PortSet} from './port-set.js';
import type {SlotPredicate} from './selection-filter.js';

/** Tests the endpoints of IP sockets, as the row shows them, for a word. */
export type EndpointWord = {
	/** Tests the addresses of IPv4 sockets if nothing else matters; absent if `bind` must be used. */
	readonly octets: Automaton | undefined;
	/** Tests the interface of a socket that has one, alone and as part of the local endpoint. */
	readonly bindInterface: (context: FieldContext) => SlotPredicate;
	/** Tests both endpoints of any IP socket; valid until the table changes. */
	readonly bind: (context: FieldContext) => SlotPredicate;
};

/** All characters that occur in addresses. */
const inAddress = /^[\d.:\[\]a-f]*$/v;

const digitsAndDots = /^[\d.]*$/v;

/**
Compiles a word.

@param matches Tests a text in lower case.
*/
export const compileEndpointWord = (pattern: Pattern, matches: TextMatcher): EndpointWord => {
	const part = pattern.kind === 'contains' ? pattern.text.toLowerCase() : undefined;
	const bindAddresses = part === undefined || inAddress.test(part) ? addressBinder(matches, part === undefined ? byWholeText : compileAddressPart(part).isInIpv6) : undefined;
	const bindPorts = part === undefined ? (pattern.text.includes(':') ? wholeEndpointBinder(matches) : undefined) : portBinder(part);
	const bindInterface = interfaceBinder(matches);
	return {
		octets: bindPorts === undefined && part !== undefined && bindAddresses !== undefined ? compileAddressPart(part).octets : undefined,
		bindInterface,
		bind(context) {
			const {interfaceIndex} = context.table.core;
			const isAtAddress = bindAddresses?.(context);
			const isAtPort = bindPorts?.(context);
			const isOnInterface = bindInterface(context);
			return slot => (isAtAddress?.(slot) ?? false) || (isAtPort?.(slot) ?? false) || (interfaceIndex[slot] !== 0 && isOnInterface(slot));
		},
	};
};

/** Tests the address of a slot; `hasText` tests its whole text. */
type AddressTest = AddressPart['isInIpv6'];

const byWholeText: AddressTest = (_, slot, hasText) => hasText(slot);

type SlotBinder = (context: FieldContext) => SlotPredicate;

/** Each distinct address is tested once, IPv6 without and with brackets. */
const addressBinder = (isMatch: TextMatcher, test: AddressTest): SlotBinder => ({table}) => {
	const {localAddress, peerAddress, family} = table.core;
	const isAddress: AddressDecision = (bytes, offset, ofFamily) => {
		const text = formatAddress(bytes, offset, ofFamily);
		return isMatch(text) || (ofFamily === Family.inet6 && isMatch(`[${text}]`));
	};

	const isLocal = memoizeAddresses(localAddress, family, isAddress);
	const isPeer = memoizeAddresses(peerAddress, family, isAddress);
	return slot => test(localAddress, slot, isLocal) || test(peerAddress, slot, isPeer);
};

const wholeEndpointBinder = (isMatch: TextMatcher): SlotBinder => context =>
	slot => isMatch(endpointText(context, slot, localEndpoint)) || isMatch(endpointText(context, slot, peerEndpoint));

/** Tests ports for a text that is part of a port, or that ends in one: `443`, `127.0.0.1:22`. Undefined if no port can contain it. */
const portBinder = (part: string): SlotBinder | undefined => {
	if (/^(?:\d+|\*)$/v.test(part)) {
		const set = portsWhere(text => text.includes(part));
		return ({table}) => {
			const {localPort, peerPort} = table.core;
			return slot => (set[localPort[slot]] | set[peerPort[slot]]) === 1;
		};
	}

	const {host, port} = /^(?<host>.*):(?<port>\d{0,5}|\*)$/sv.exec(part)?.groups ?? {};
	// The text before the colon must be the end of an address; after an interface, `interfaceBinder` finds it.
	if (host === undefined || !(digitsAndDots.test(host) || host.endsWith(']'))) {
		return undefined;
	}

	const set = portsWhere(text => text.startsWith(port));
	return ({table}) => {
		const {localAddress, peerAddress, localPort, peerPort, family} = table.core;
		const endsWithHost: AddressDecision = (bytes, offset, ofFamily) => {
			const text = formatAddress(bytes, offset, ofFamily);
			return (ofFamily === Family.inet6 ? `[${text}]` : text).endsWith(host);
		};

		const isLocal = memoizeAddresses(localAddress, family, endsWithHost);
		const isPeer = memoizeAddresses(peerAddress, family, endsWithHost);
		return slot => (set[localPort[slot]] === 1 && isLocal(slot)) || (set[peerPort[slot]] === 1 && isPeer(slot));
	};
};

const portsWhere = (isWanted: (text: string) => boolean): PortSet => Uint8Array.from({length: 65_536}, (_, port) => isWanted(port === 0 ? '*' : String(port)) ? 1 : 0);

/** Tests interfaces, which few sockets have. */
const interfaceBinder = (isMatch: TextMatcher): SlotBinder => context => slot => isInet(context, slot)
	&& (isMatch((interfaceText(context, slot) ?? '').toLowerCase()) || isMatch(endpointText(context, slot, localEndpoint).toLowerCase()));
