import {namedEndpointText} from '../../fields/model/named-endpoints.js';
import {absent} from '../../table/columns/columns.js';
import {hasInetEnds, protocolNames} from '../../table/columns/protocols.js';
import {stateNames} from '../../table/columns/states.js';
import {compilePattern, type Pattern} from '../language/pattern.js';
import {findStateWord, stateMask} from '../language/values/state-words.js';
import type {Binder} from './binder.js';
import {compileEndpointWord} from './endpoint-word.js';
import {bindProcessName, filterByFarOwner} from './owner-predicate.js';
import {memoize} from './memoize.js';
import {union, type SlotPredicate} from './selection-filter.js';
import {filterByWord} from './word-filter.js';

/**
Whether the row of a socket has a text that a pattern describes: the name of a process that holds it or the socket at the other end (with its number, where the word
has a slash), its user's name, protocol, state, or one of its endpoints. States are found by all their spellings when the word is one of them.

Whatever sockets share is decided once: names of processes and users, addresses. Addresses are only written out when the word could stand in one.
*/
export const compileWord = (pattern: Pattern): Binder => {
	const matches = compilePattern(pattern);
	const protocols = setOf(protocolNames.map(name => matches(name)));
	const spelled = pattern.kind === 'contains' ? findStateWord(pattern.text) : undefined;
	const mask = spelled === undefined ? 0 : stateMask([spelled]);
	const states = setOf(stateNames.map((name, state) => matches(name.toLowerCase()) || ((mask >>> state) & 1) === 1));
	const endpoint = compileEndpointWord(pattern, matches);
	return world => {
		const {core} = world.table;
		const isAtEndpoint = endpoint.bind(world);
		const isNamed: SlotPredicate = slot => matches(namedEndpointText(world, slot, 'localName').toLowerCase())
			|| matches(namedEndpointText(world, slot, 'peerName').toLowerCase());
		const isOwner = bindProcessName(world, matches, pattern);
		const inRow = filterByWord(core, {
			protocols,
			states,
			isUser: memoize((number: number) => number !== absent.u32 && matches((world.userName(number) ?? String(number)).toLowerCase())),
			isOwner,
			octets: endpoint.octets,
			isOnInterface: endpoint.bindInterface(world),
			isElsewhere: slot => hasInetEnds(core.protocol[slot]) ? isAtEndpoint(slot) : isNamed(slot),
		});
		return union([inRow, filterByFarOwner(world, isOwner)]);
	};
};

const setOf = (members: readonly boolean[]): Uint8Array => {
	const set = new Uint8Array(256);
	for (const [number, isMember] of members.entries()) {
		set[number] = isMember ? 1 : 0;
	}

	return set;
};
