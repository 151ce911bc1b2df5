import {namedEndText} from '../fields/named-ends.js';
import {formatAddress} from '../text/address.js';
import {absent, type CoreArrays} from '../table/columns.js';
import {hasInetEnds, protocolNames} from '../table/protocols.js';
import {stateNames} from '../table/states.js';
import {rememberAddresses, type AddressDecision} from './address-memo.js';
import {findInAddress} from './address-part.js';
import {bindProcessName} from './owner-predicate.js';
import {compilePattern, type Pattern, type TextMatcher} from './pattern.js';
import type {Binder} from './predicate.js';
import {remember} from './remember.js';
import {
	intersection,
	union,
	sieveBy,
	sieveColumn,
	type Sieve,
	type SlotPredicate,
} from './sieve.js';
import {findStateWord, stateMask} from './state-words.js';

/** All characters that addresses are written with. */
const inAddress = /^[\d.:a-f]*$/v;

/**
Whether the row of a socket has a text that a pattern describes: the name of a process that holds it, its user's name, protocol, state, or one of its
addresses or names. States are found by all their spellings when the word is one of them.

Whatever sockets share is decided once: names of processes and users, addresses. Addresses are only written out when the word could stand in one.
*/
export const compileWord = (pattern: Pattern): Binder => {
	const matches = compilePattern(pattern);
	const protocols = setOf(protocolNames.map(name => matches(name)));
	const spelled = pattern.kind === 'contains' ? findStateWord(pattern.text) : undefined;
	const mask = spelled === undefined ? 0 : stateMask([spelled]);
	const states = setOf(stateNames.map((name, state) => matches(name.toLowerCase()) || ((mask >>> state) & 1) === 1));
	const part = pattern.kind === 'contains' ? pattern.text.toLowerCase() : undefined;
	const bindEnds = part === undefined || inAddress.test(part) ? compileEnds(matches, part) : undefined;

	return world => {
		const {core} = world.table;
		const isUser = remember((number: number) => number !== absent.u32 && matches((world.userName(number) ?? String(number)).toLowerCase()));
		const isNamed: SlotPredicate = slot => matches(namedEndText(world, slot, 'localName').toLowerCase())
			|| matches(namedEndText(world, slot, 'peerName').toLowerCase());
		return union([
			sieveShared(core, {
				protocols, states, isUser, isOwner: bindProcessName(world, matches),
			}),
			intersection([sieveColumn(core.protocol, withNames), sieveBy(isNamed)]),
			...bindEnds === undefined ? [] : [intersection([sieveColumn(core.protocol, withAddresses), bindEnds(world)])],
		]);
	};
};

const setOf = (members: readonly boolean[]): Uint8Array => {
	const set = new Uint8Array(256);
	for (const [number, isMember] of members.entries()) {
		set[number] = isMember ? 1 : 0;
	}

	return set;
};

const withAddresses = setOf(protocolNames.map((_, number) => hasInetEnds(number)));
const withNames = setOf(protocolNames.map((_, number) => !hasInetEnds(number)));

/** What many sockets have in common, and whether a word finds it: 1 at the members of sets. */
type Shared = {
	readonly protocols: Uint8Array;
	readonly states: Uint8Array;
	readonly isUser: (uid: number) => boolean;
	readonly isOwner: (set: number) => boolean;
};

/** Keeps sockets of which some of that is found, in one pass. Next to a socket stand others of the same user and process: those are decided on already. */
const sieveShared = ({protocol, state, uid, owners}: CoreArrays, {protocols, states, isUser, isOwner}: Shared): Sieve => (slots, count) => {
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

		slots[kept] = slot;
		kept += ofUser | ofOwner | protocols[protocol[slot]] | states[state[slot]];
	}

	return kept;
};

/** Whether the text of either address matches; `part` is what it must contain, when that is all. */
const compileEnds = (isMatch: TextMatcher, part: string | undefined): Binder => {
	const isAddress: AddressDecision = (bytes, offset, family) => isMatch(formatAddress(bytes, offset, family));
	const find = part === undefined ? undefined : findInAddress(part);
	const bindEnd = (addresses: Uint8Array, families: Uint8Array): Sieve => {
		const hasText = rememberAddresses(addresses, families, isAddress);
		return find === undefined ? sieveBy(hasText) : find(addresses, families, hasText);
	};

	return ({table: {core}}) => union([bindEnd(core.localAddress, core.family), bindEnd(core.peerAddress, core.family)]);
};
