import {Family} from '../table/protocols.js';
import {addressBytes} from './address-memo.js';
import {isMapped, mappedOffset} from './mapped.js';
import type {Sieve, SlotPredicate} from './sieve.js';

/**
Tells from the octets of an IPv4 address whether its text has a part: writing out 100,000 addresses would take longer than a key may. It takes an octet at
a time. Its states are how much of the part stands at the end of the text so far; the last one is that all of it was there.
*/
type Automaton = {
	/** By state and octet: the state after an octet and its dot. */
	readonly inside: Uint8Array;
	/** The same for the last octet. */
	readonly last: Uint8Array;
	readonly found: number;
};

/** @param part Digits and dots. */
const automatonOf = (part: string): Automaton => ({inside: stepsOf(part, octet => `${octet}.`), last: stepsOf(part, String), found: part.length});

/** Not a method of the automaton: functions that stand alone are compiled into the loops that call them. */
const isInIpv4 = ({inside, last, found}: Automaton, bytes: Uint8Array, offset: number): boolean => {
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

/** Keeps the addresses of a column whose text, as `formatAddress` writes it, has a part. `hasText` is asked where only the text can tell: for most IPv6 addresses. */
export const findInAddress = (part: string): ((addresses: Uint8Array, families: Uint8Array, hasText: SlotPredicate) => Sieve) => {
	const isDecimal = digitsAndDots.test(part);
	const automaton = automatonOf(isDecimal && part.length <= longestIpv4 ? part : inNoAddress);
	const hasDot = part.includes('.');
	return (addresses, families, hasText) => {
		const words = new Uint32Array(addresses.buffer, addresses.byteOffset, addresses.length / 4);
		return (slots, count) => {
			let kept = 0;
			// Many sockets have the address of the one before.
			let lastWord = -1;
			let isLastIn = false;
			for (let index = 0; index < count; index++) {
				const slot = slots[index];
				const at = slot * addressBytes;
				let isFound: boolean;
				if (families[slot] !== Family.inet6) {
					const word = words[at / 4];
					if (word !== lastWord) {
						lastWord = word;
						isLastIn = isInIpv4(automaton, addresses, at);
					}

					isFound = isLastIn;
				} else if ((hasDot || isDecimal) && isMapped(addresses, at)) {
					// Only these have dots, and digits in nothing but their IPv4 part.
					isFound = isDecimal ? isInIpv4(automaton, addresses, at + mappedOffset) : hasText(slot);
				} else {
					isFound = !hasDot && hasText(slot);
				}

				if (isFound) {
					slots[kept++] = slot;
				}
			}

			return kept;
		};
	};
};
