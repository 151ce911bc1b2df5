import {namedEndText} from '../../fields/model/named-ends.js';
import {formatAddress} from '../../addresses/address.js';
import {absent, type CoreArrays} from '../../table/columns.js';
import {hasInetEnds, protocolNames} from '../../table/protocols.js';
import {stateNames} from '../../table/states.js';
import type {Binder} from './binder.js';
import {rememberAddresses, type AddressDecision} from './address-memo.js';
import {compileAddressPart, type AddressPart} from './address-part.js';
import {bindProcessName} from './owner-predicate.js';
import {compilePattern, type Pattern, type TextMatcher} from '../language/pattern.js';
import {remember} from './remember.js';
import type {SlotPredicate} from './sieve.js';
import {findStateWord, stateMask} from '../language/state-words.js';
import {sieveWord} from './word-sieve.js';

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
	const addressPart = part !== undefined && inAddress.test(part) ? compileAddressPart(part) : undefined;
	const lookAtEnd = part === undefined ? byWholeText : addressPart?.isInIpv6 ?? inNoEnd;

	return world => {
		const {core} = world.table;
		const isAtEnd = bindEnds(matches, lookAtEnd, core);
		const isNamed: SlotPredicate = slot => matches(namedEndText(world, slot, 'localName').toLowerCase())
			|| matches(namedEndText(world, slot, 'peerName').toLowerCase());
		return sieveWord(core, {
			protocols,
			states,
			isUser: remember((number: number) => number !== absent.u32 && matches((world.userName(number) ?? String(number)).toLowerCase())),
			isOwner: bindProcessName(world, matches),
			octets: addressPart?.octets,
			isElsewhere: slot => hasInetEnds(core.protocol[slot]) ? isAtEnd(slot) : isNamed(slot),
		});
	};
};

const setOf = (members: readonly boolean[]): Uint8Array => {
	const set = new Uint8Array(256);
	for (const [number, isMember] of members.entries()) {
		set[number] = isMember ? 1 : 0;
	}

	return set;
};

/** Whether the address of a slot is found; `hasText` looks at all of its text. */
type LookAtEnd = AddressPart['isInIpv6'];

const byWholeText: LookAtEnd = (_, slot, hasText) => hasText(slot);

const inNoEnd: LookAtEnd = () => false;

/** Whether either address of a socket is found. */
const bindEnds = (isMatch: TextMatcher, look: LookAtEnd, {localAddress, peerAddress, family}: CoreArrays): SlotPredicate => {
	const isAddress: AddressDecision = (bytes, offset, ofFamily) => isMatch(formatAddress(bytes, offset, ofFamily));
	const isLocal = rememberAddresses(localAddress, family, isAddress);
	const isPeer = rememberAddresses(peerAddress, family, isAddress);
	return slot => look(localAddress, slot, isLocal) || look(peerAddress, slot, isPeer);
};
