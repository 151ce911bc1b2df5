import type {CoreArrays} from '../table/columns.js';
import {Family} from '../table/protocols.js';
import {addressBytes} from './address-memo.js';
import {isInIpv4, type Automaton} from './address-part.js';
import type {Sieve, SlotPredicate} from './sieve.js';

/** Where a word is looked for in a row. Sets have 1 at their members. */
export type WordPlaces = {
	readonly protocols: Uint8Array;
	readonly states: Uint8Array;
	readonly isUser: (uid: number) => boolean;
	/** By set of owners. */
	readonly isOwner: (set: number) => boolean;
	/** Tells of both ends of IPv4 sockets; absent where `isElsewhere` does. */
	readonly octets: Automaton | undefined;
	/** What all this does not tell. */
	readonly isElsewhere: SlotPredicate;
};

/** No family of any socket. */
const noFamily = -1;

/**
Keeps sockets whose row has a word anywhere, in one pass: each further one over a million sockets takes longer than what it looks at. Next to a socket stand
others of the same user and process, which are decided on already.
*/
export const sieveWord = (core: CoreArrays, {protocols, states, isUser, isOwner, octets, isElsewhere}: WordPlaces): Sieve => {
	const {
		protocol, state, uid, owners, family, localAddress, peerAddress,
	} = core;
	const automaton = octets ?? inNothing;
	const familyOfOctets = octets === undefined ? noFamily : Family.inet;
	return (slots, count) => {
		let kept = 0;
		let lastUid = -1;
		let lastOwner = -1;
		let ofUser = 0;
		let ofOwner = 0;
		for (let index = 0; index < count; index++) {
			const slot = slots[index];
			if (uid[slot] !== lastUid) {
				lastUid = uid[slot];
				ofUser = isUser(lastUid) ? 1 : 0;
			}

			if (owners[slot] !== lastOwner) {
				lastOwner = owners[slot];
				ofOwner = isOwner(lastOwner) ? 1 : 0;
			}

			let found = ofUser | ofOwner | protocols[protocol[slot]] | states[state[slot]];
			if (found === 0) {
				const at = slot * addressBytes;
				const isAtEnd = family[slot] === familyOfOctets
					? isInIpv4(automaton, localAddress, at) || isInIpv4(automaton, peerAddress, at)
					: isElsewhere(slot);
				found = isAtEnd ? 1 : 0;
			}

			slots[kept] = slot;
			kept += found;
		}

		return kept;
	};
};

const inNothing: Automaton = {inside: new Uint8Array(0), last: new Uint8Array(0), found: 0};
