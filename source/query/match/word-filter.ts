import type {CoreArrays} from '../../table/columns/columns.js';
import {Family} from '../../addresses/family.js';
import {addressBytes, wordsOf, wordsPerAddress} from './address-memo.js';
import {isInIpv4, type Automaton} from './address-part.js';
import type {SelectionFilter, SlotPredicate} from './selection-filter.js';

/** Tests for a word in the parts of a row. Sets have 1 at their members. */
export type WordTests = {
	readonly protocols: Uint8Array;
	readonly states: Uint8Array;
	readonly isUser: (uid: number) => boolean;
	/** Takes a set of owners. */
	readonly isOwner: (set: number) => boolean;
	/** Tests both addresses of IPv4 sockets; absent if `isElsewhere` tests them. */
	readonly octets: Automaton | undefined;
	/** Tests the interface of an IPv4 socket that has one; used only with `octets`. */
	readonly isOnInterface: SlotPredicate;
	/** Tests everything else. */
	readonly isElsewhere: SlotPredicate;
};

/** A family that no socket has. */
const noFamily = -1;

/**
Keeps sockets whose row contains a word, in one pass: over a million sockets, each further pass would cost more than the tests in it. Neighbouring sockets often
have the same user, process and local address, which are then tested once. Loops without calls let V8 load the addresses of the columns only once.
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
			const runUid = uid[first];
			const runOwners = owners[first];
			const runFamily = family[first];
			const runLocal = localWords[first * wordsPerAddress];
			let to = from + 1;
			while (to < count && uid[slots[to]] === runUid && owners[slots[to]] === runOwners && localWords[slots[to] * wordsPerAddress] === runLocal
				&& family[slots[to]] === runFamily) {
				to++;
			}

			if (runUid !== lastUid) {
				lastUid = runUid;
				isOfUser = isUser(runUid);
			}

			if (runOwners !== lastOwner) {
				lastOwner = runOwners;
				isOfOwner = isOwner(runOwners);
			}

			const isInet = runFamily === familyOfOctets;
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
