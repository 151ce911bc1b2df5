import type {CoreArrays} from '../../table/columns/columns.js';
import {Family} from '../../addresses/family.js';
import {addressBytes, wordsOf, wordsPerAddress} from './address-memo.js';
import {isInIpv4, type Automaton} from './address-part.js';
import type {SelectionFilter, SlotPredicate} from './selection-filter.js';

/** Where a word is looked for in a row. Sets have 1 at their members. */
export type WordTests = {
	readonly protocols: Uint8Array;
	readonly states: Uint8Array;
	readonly isUser: (uid: number) => boolean;
	/** By set of owners. */
	readonly isOwner: (set: number) => boolean;
	/** Tells of both ends of IPv4 sockets; absent where `isElsewhere` does. */
	readonly octets: Automaton | undefined;
	/** Whether the interface of an IPv4 socket is found, where it has one; asked only with `octets`. */
	readonly isOnInterface: SlotPredicate;
	/** What all this does not tell. */
	readonly isElsewhere: SlotPredicate;
};

/** No family of any socket. */
const noFamily = -1;

/**
Keeps sockets whose row has a word anywhere, in one pass: each further one over a million sockets takes longer than what it looks at. Next to a socket stand
others of the same user, process and local address: what they share is looked at once. Loops without calls make V8 look up once where the columns are.
*/
export const filterByWord = (core: CoreArrays, {protocols, states, isUser, isOwner, octets, isOnInterface, isElsewhere}: WordTests): SelectionFilter => {
	const {
		protocol, state, uid, owners, family, localAddress, peerAddress, interfaceIndex,
	} = core;
	const localWords = wordsOf(localAddress);
	const automaton = octets ?? inNothing;
	const familyOfOctets = octets === undefined ? noFamily : Family.inet;
	return (slots, count) => {
		let kept = 0;
		let lastUid = -1;
		let lastOwner = -1;
		let isOfUser = false;
		let isOfOwner = false;
		for (let from = 0; from < count;) {
			const first = slots[from];
			const itsUid = uid[first];
			const itsOwner = owners[first];
			const itsFamily = family[first];
			const itsLocal = localWords[first * wordsPerAddress];
			let to = from + 1;
			while (to < count && uid[slots[to]] === itsUid && owners[slots[to]] === itsOwner && localWords[slots[to] * wordsPerAddress] === itsLocal
				&& family[slots[to]] === itsFamily) {
				to++;
			}

			if (itsUid !== lastUid) {
				lastUid = itsUid;
				isOfUser = isUser(itsUid);
			}

			if (itsOwner !== lastOwner) {
				lastOwner = itsOwner;
				isOfOwner = isOwner(itsOwner);
			}

			const isInet = itsFamily === familyOfOctets;
			if (isOfUser || isOfOwner || (isInet && isInIpv4(automaton, localAddress, first * addressBytes))) {
				while (from < to) {
					slots[kept++] = slots[from++];
				}
			} else if (isInet) {
				while (from < to) {
					const slot = slots[from++];
					slots[kept] = slot;
					kept += protocols[protocol[slot]] | states[state[slot]] | (isInIpv4(automaton, peerAddress, slot * addressBytes) ? 1 : 0)
						| (interfaceIndex[slot] !== 0 && isOnInterface(slot) ? 1 : 0);
				}
			} else {
				while (from < to) {
					const slot = slots[from++];
					slots[kept] = slot;
					kept += (protocols[protocol[slot]] | states[state[slot]]) === 1 || isElsewhere(slot) ? 1 : 0;
				}
			}
		}

		return kept;
	};
};

const inNothing: Automaton = {inside: new Uint8Array(0), last: new Uint8Array(0), found: 0};
