import {isMapped, mappedOffset} from '../../addresses/mapped.js';
import {addressBytes} from './address-memo.js';
import type {SlotPredicate} from './selection-filter.js';

/**
Tests the octets of an IPv4 address for a part of its text: formatting 100,000 addresses would take longer than the budget of a keypress. It reads one octet at
a time. Its state is how much of the part matches at the end of the text so far; in the last state, the whole part has been found.
*/
export type Automaton = {
	/** By state and octet: the state after an octet and its dot. */
	readonly inside: Uint8Array;
	/** The same for the last octet. */
	readonly last: Uint8Array;
	readonly found: number;
};

/** Builds the automaton for a part of digits and dots. */
const automatonOf = (part: string): Automaton => ({inside: stepsOf(part, octet => `${octet}.`), last: stepsOf(part, String), found: part.length});

/** Whether the address at an offset contains the part. It is a function, not a method of the automaton, so that V8 inlines it into the loops that call it. */
export const isInIpv4 = ({inside, last, found}: Automaton, bytes: Uint8Array, offset: number): boolean => {
	const afterFirst = inside[bytes[offset]];
	const afterSecond = inside[afterFirst * 256 + bytes[offset + 1]];
	const afterThird = inside[afterSecond * 256 + bytes[offset + 2]];
	return last[afterThird * 256 + bytes[offset + 3]] === found;
};

/** Returns the next state by state and octet. */
const stepsOf = (part: string, textOf: (octet: number) => string): Uint8Array => {
	const steps = new Uint8Array((part.length + 1) * 256);
	for (let state = 0; state <= part.length; state++) {
		for (let octet = 0; octet < 256; octet++) {
			steps[state * 256 + octet] = stateAfter(part, part.slice(0, state) + textOf(octet));
		}
	}

	return steps;
};

/** Returns how much of the part matches at the end of a text; all of it if it occurs anywhere in the text. */
const stateAfter = (part: string, text: string): number => {
	if (text.includes(part)) {
		return part.length;
	}

	let length = Math.min(part.length - 1, text.length);
	while (!text.endsWith(part.slice(0, length))) {
		length--;
	}

	return length;
};

const digitsAndDots = /^[\d.]*$/v;

/** The maximum length of an IPv4 address. */
const maxIpv4Length = 15;

const inNoAddress = '..';

/** Tests addresses, as `formatAddress` writes them, for a part of the text. */
export type AddressPart = {
	/** For IPv4, with `isInIpv4`. */
	readonly octets: Automaton;
	/** Whether the IPv6 address of a slot contains the part. `hasText` is called if only the text can tell: for all addresses that are not IPv4-mapped. */
	readonly isInIpv6: (addresses: Uint8Array, slot: number, hasText: SlotPredicate) => boolean;
};

/** Compiles a part of an address, given in lower case. */
export const compileAddressPart = (part: string): AddressPart => {
	const isDecimal = digitsAndDots.test(part);
	const octets = automatonOf(isDecimal && part.length <= maxIpv4Length ? part : inNoAddress);
	const hasDot = part.includes('.');
	return {
		octets,
		isInIpv6(addresses, slot, hasText) {
			const at = slot * addressBytes;
			if ((hasDot || isDecimal) && isMapped(addresses, at)) {
				// Only IPv4-mapped addresses have dots, and they have digits only in the IPv4 part.
				return isDecimal ? isInIpv4(octets, addresses, at + mappedOffset) : hasText(slot);
			}

			return !hasDot && hasText(slot);
		},
	};
};
