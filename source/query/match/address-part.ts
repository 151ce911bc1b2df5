import {isMapped, mappedOffset} from '../../addresses/mapped.js';
import {addressBytes} from './address-memo.js';
import type {SlotPredicate} from './selection-filter.js';

/**
Tells from the octets of an IPv4 address whether its text has a part: writing out 100,000 addresses would take longer than a key may. It takes an octet at
a time. Its states are how much of the part stands at the end of the text so far; the last one is that all of it was there.
*/
export type Automaton = {
	/** By state and octet: the state after an octet and its dot. */
	readonly inside: Uint8Array;
	/** The same for the last octet. */
	readonly last: Uint8Array;
	readonly found: number;
};

/** @param part Digits and dots. */
const automatonOf = (part: string): Automaton => ({inside: stepsOf(part, octet => `${octet}.`), last: stepsOf(part, String), found: part.length});

/** Whether the address at an offset has the part. No method of the automaton: a function that stands alone is compiled into the loops that call it. */
export const isInIpv4 = ({inside, last, found}: Automaton, bytes: Uint8Array, offset: number): boolean => {
	const afterFirst = inside[bytes[offset]];
	const afterSecond = inside[afterFirst * 256 + bytes[offset + 1]];
	const afterThird = inside[afterSecond * 256 + bytes[offset + 2]];
	return last[afterThird * 256 + bytes[offset + 3]] === found;
};

/** By state and octet: the next state. */
const stepsOf = (part: string, textOf: (octet: number) => string): Uint8Array => {
	const steps = new Uint8Array((part.length + 1) * 256);
	for (let state = 0; state <= part.length; state++) {
		for (let octet = 0; octet < 256; octet++) {
			steps[state * 256 + octet] = stateAfter(part, part.slice(0, state) + textOf(octet));
		}
	}

	return steps;
};

/** How much of the part stands at the end of a text, or all of it where it is anywhere within. */
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

/** No text of an IPv4 address is longer. */
const longestIpv4 = 15;

const inNoAddress = '..';

/** A part of the text of an address, as `formatAddress` writes it. */
export type AddressPart = {
	/** For IPv4, and `isInIpv4`. */
	readonly octets: Automaton;
	/** Whether the IPv6 address of a slot has it. `hasText` is asked where only the text can tell: for all that IPv4 is not mapped into. */
	readonly isInIpv6: (addresses: Uint8Array, slot: number, hasText: SlotPredicate) => boolean;
};

/** @param part In lower case. */
export const compileAddressPart = (part: string): AddressPart => {
	const isDecimal = digitsAndDots.test(part);
	const octets = automatonOf(isDecimal && part.length <= longestIpv4 ? part : inNoAddress);
	const hasDot = part.includes('.');
	return {
		octets,
		isInIpv6(addresses, slot, hasText) {
			const at = slot * addressBytes;
			if ((hasDot || isDecimal) && isMapped(addresses, at)) {
				// Only these have dots, and digits in nothing but their IPv4 part.
				return isDecimal ? isInIpv4(octets, addresses, at + mappedOffset) : hasText(slot);
			}

			return !hasDot && hasText(slot);
		},
	};
};
