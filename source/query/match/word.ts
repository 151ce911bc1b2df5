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
Compiles a word, which is searched in the texts of a row: the names of the processes that hold the socket or the one at the other end (with the pid if the word has
a slash), its user's name, protocol, state, and endpoints. If the word is a spelling of a state, it finds all spellings of that state.

What sockets share is tested once: names of processes and users, addresses. Addresses are formatted only if the word can occur in one.
*/
export const compileWord = (pattern: Pattern): Binder => {
	const matches = compilePattern(pattern);
	const protocols = setOf(protocolNames.map(name => matches(name)));
	const spelled = pattern.kind === 'contains' ? findStateWord(pattern.text) : undefined;
	const mask = spelled === undefined ? 0 : stateMask([spelled]);
	const states = setOf(stateNames.map((name, state) => matches(name.toLowerCase()) || ((mask >>> state) & 1) === 1));
	const endpoint = compileEndpointWord(pattern, matches);
	return context => {
		const {core} = context.table;
		const isAtEndpoint = endpoint.bind(context);
		const isNamed: SlotPredicate = slot => matches(namedEndpointText(context, slot, 'localName').toLowerCase())
			|| matches(namedEndpointText(context, slot, 'peerName').toLowerCase());
		const isOwner = bindProcessName(context, matches, pattern);
		const inRow = filterByWord(core, {
			protocols,
			states,
			isUser: memoize((number: number) => number !== absent.u32 && matches((context.userName(number) ?? String(number)).toLowerCase())),
			isOwner,
			octets: endpoint.octets,
			isOnInterface: endpoint.bindInterface(context),
			isElsewhere: slot => hasInetEnds(core.protocol[slot]) ? isAtEndpoint(slot) : isNamed(slot),
		});
		return union([inRow, filterByFarOwner(context, isOwner)]);
	};
};

const setOf = (members: readonly boolean[]): Uint8Array => {
	const set = new Uint8Array(256);
	for (const [number, isMember] of members.entries()) {
		set[number] = isMember ? 1 : 0;
	}

	return set;
};
