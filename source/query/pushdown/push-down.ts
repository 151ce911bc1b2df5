import {Family, type FamilyNumber} from '../../addresses/family.js';
import {hasInetEnds, Protocol, type ProtocolName} from '../../table/columns/protocols.js';
import {State} from '../../table/columns/states.js';
import type {Restriction, SocketCondition} from '../../table/socket-condition.js';
import type {Condition, Endpoint, Expression} from '../language/expression.js';
import {type Prefix, maskAt} from '../../addresses/prefix.js';
import type {Host} from '../language/values/host.js';
import type {Lookups} from '../../names/lookups.js';
import {parseFilter} from '../language/parse.js';
import type {Query} from '../query.js';
import type {Range} from '../language/values/ranges.js';
import {maskOf, stateMask, stateWords} from '../language/values/state-words.js';

/**
What is known of a filter before a socket is read. `unknown` may be true or false. A condition is necessary for a socket to match the filter; if it is also
sufficient (`isExact`), its negation can be used for the negated filter.
*/
type Known = boolean | 'unknown' | SocketCondition;

const families = [Family.inet, Family.inet6] as const;

/** All states, as bits. */
export const everyState = 0xFF_FF_FF_FF;

/**
Returns which sockets of a protocol can match an expression, as far as the kernel can decide, together with the sockets at their other ends, because rows show
these too. The result may include too many sockets, so the expression must be tested again; but no match is lost.
*/
export const restrict = (expression: Expression | undefined, protocol: ProtocolName): Restriction => {
	if (expression === undefined) {
		return {families, states: everyState, condition: undefined};
	}

	const conditions = families
		.flatMap(family => [false, true].map(isOtherEnd => requirementOf(expression, {protocol, family, isOtherEnd}, true)))
		.filter(known => known !== false);
	const condition = join('or', withoutCopies(conditions));
	const states = statesOf(expression, protocol, true);
	return {
		// The other end of an IPv4 connection may be an IPv6 socket.
		families: conditions.length === 0 ? [] : families,
		states: (states & connected) === 0 ? states : (states | connected) >>> 0,
		condition: typeof condition === 'object' ? condition : undefined,
	};
};

const withoutCopies = (conditions: readonly Known[]): readonly Known[] => {
	const byText = new Map(conditions.map(condition => [JSON.stringify(condition), condition]));
	return byText.values().toArray();
};

/** The states of sockets that have a peer; its socket may be in any other of these. */
const {connected} = stateWords;

/** Sockets of a protocol and family; with `isOtherEnd`, the sockets at the other ends of such. */
type Kind = {readonly protocol: ProtocolName; readonly family: FamilyNumber; readonly isOtherEnd: boolean};

/** Returns what an expression requires of sockets of a kind; with `isTrue` false, what its negation requires. */
const requirementOf = (expression: Expression, kind: Kind, isTrue: boolean): Known => {
	if (expression.kind === 'not') {
		return requirementOf(expression.term, kind, !isTrue);
	}

	if (expression.kind === 'and' || expression.kind === 'or') {
		const terms = expression.terms.map(term => requirementOf(term, kind, isTrue));
		return join((expression.kind === 'and') === isTrue ? 'and' : 'or', terms);
	}

	const {known, isExact} = conditionRequirement(expression, kind);
	return isTrue ? known : (isExact ? negated(known) : 'unknown');
};

const negated = (known: Known): Known => {
	if (typeof known === 'object') {
		return {kind: 'not', term: known};
	}

	return known === 'unknown' ? known : !known;
};

/** Combines requirements. An unknown term does not restrict an `and`, and makes an `or` unknown. */
const join = (kind: 'and' | 'or', terms: readonly Known[]): Known => {
	const isDecisive = kind === 'or';
	if (terms.includes(isDecisive)) {
		return isDecisive;
	}

	if (isDecisive && terms.includes('unknown')) {
		return 'unknown';
	}

	const conditions = terms.filter(term => typeof term === 'object');
	if (conditions.length === 0) {
		return terms.includes('unknown') ? 'unknown' : !isDecisive;
	}

	return conditions.length === 1 ? conditions[0] : {kind, terms: conditions};
};

type Requirement = {readonly known: Known; readonly isExact: boolean};

const exactly = (known: Known): Requirement => ({known, isExact: known !== 'unknown'});
const atMost = (known: Known): Requirement => ({known, isExact: false});

const conditionRequirement = (condition: Condition, kind: Kind): Requirement => {
	const {protocol, family, isOtherEnd} = kind;
	switch (condition.kind) {
		case 'protocol': {
			return exactly(condition.protocol === protocol);
		}

		case 'family': {
			return exactly(Family[condition.family] === family);
		}

		case 'named': {
			return exactly(hasInetEnds(Protocol[protocol]) ? false : 'unknown');
		}

		case 'port': {
			return exactly(atEndpoints(condition.end, end => portRequirement(isOtherEnd ? other(end) : end, condition.ranges)));
		}

		case 'host': {
			const known = atEndpoints(condition.end, end => hostRequirement(end, condition.host, kind));
			return condition.host.interface === undefined ? exactly(known) : atMost(known);
		}

		case 'number': {
			return isOtherEnd ? exactly('unknown') : numberRequirement(condition);
		}

		// A socket whose mark is not reported matches the negated condition, whatever its mark.
		case 'mask': {
			return isOtherEnd ? exactly('unknown') : atMost({kind: 'mark', value: condition.value, mask: condition.mask});
		}

		case 'flag': {
			return condition.flag === 'autobound' && !isOtherEnd ? atMost({kind: 'autobound'}) : exactly('unknown');
		}

		case 'word':
		case 'state':
		case 'pid':
		case 'text': {
			return exactly('unknown');
		}
	}
};

const atEndpoints = (end: Endpoint, ask: (end: 'local' | 'peer') => Known): Known => end === 'either' ? join('or', [ask('local'), ask('peer')]) : ask(end);

const other = (end: 'local' | 'peer'): 'local' | 'peer' => end === 'local' ? 'peer' : 'local';

const portRequirement = (end: 'local' | 'peer', ranges: readonly Range[]): Known => join('or', ranges.map(({from, to}) => ({
	kind: 'port', end, from, to,
})));

const hostRequirement = (filterEnd: 'local' | 'peer', {prefix, port}: Host, {family, isOtherEnd}: Kind): Known => {
	const end = isOtherEnd ? other(filterEnd) : filterEnd;
	const address = prefix === undefined ? true : prefixRequirement(end, prefix, family, isOtherEnd);
	return join('and', [address, port === undefined ? true : portRequirement(end, [{from: port, to: port}])]);
};

const prefixRequirement = (end: 'local' | 'peer', prefix: Prefix, family: FamilyNumber, isOtherEnd: boolean): Known => {
	if (prefix.length === 0 && prefix.family === family) {
		return true;
	}

	if (prefix.family === Family.inet6 && family === Family.inet) {
		return false;
	}

	return isOtherEnd && hasMapped(prefix)
		? 'unknown'
		: {
			kind: 'host', end, family: prefix.family, bytes: prefix.bytes, length: prefix.length,
		};
};

/** Whether an IPv6 prefix contains IPv4-mapped addresses: the socket at the other end may have the plain IPv4 addresses. */
const hasMapped = ({family, bytes, length}: Prefix): boolean =>
	family === Family.inet6 && length <= 96 && bytes.every((byte, index) => byte === ((index === 10 || index === 11 ? 0xFF : 0) & maskAt(index, length)));

const numberRequirement = ({field, comparison, value}: Extract<Condition, {kind: 'number'}>): Requirement => {
	if (comparison !== '=' || !Number.isSafeInteger(value)) {
		return exactly('unknown');
	}

	if (field === 'interfaceIndex' && value > 0 && value <= everyState) {
		return exactly({kind: 'device', index: value});
	}

	if (field === 'mark' && value <= everyState) {
		return atMost({kind: 'mark', value, mask: everyState});
	}

	return field === 'cgroupId' && value > 0 ? atMost({kind: 'cgroup', id: value}) : exactly('unknown');
};

/** Returns the states in which a socket can match an expression, or its negation. */
const statesOf = (expression: Expression, protocol: ProtocolName, isTrue: boolean): number => {
	if (expression.kind === 'not') {
		return statesOf(expression.term, protocol, !isTrue);
	}

	if (expression.kind === 'and' || expression.kind === 'or') {
		const isIntersection = (expression.kind === 'and') === isTrue;
		let states = isIntersection ? everyState : 0;
		for (const term of expression.terms) {
			const ofTerm = statesOf(term, protocol, isTrue);
			states = isIntersection ? states & ofTerm : states | ofTerm;
		}

		return states >>> 0;
	}

	if (expression.kind === 'protocol') {
		return (expression.protocol === protocol) === isTrue ? everyState : 0;
	}

	if (expression.kind !== 'state') {
		return everyState;
	}

	const states = stateMask(expression.states) | (protocol === 'tcp' && expression.states.includes('bound-inactive') ? unconnected : 0);
	return (isTrue ? states : ~states) >>> 0;
};

const unconnected = 1 << State.unconnected;

/**
Returns what a query that takes a single sample asks of each protocol: the sockets that can pass its filter and its toggles.

@param lookups As for `parseFilter`.
*/
export const restrictionOf = ({filter, classes, columns}: Query, lookups?: Lookups): ((protocol: ProtocolName) => Restriction) => {
	const parsed = parseFilter(filter, lookups, classes.protocols);
	const expression = 'problem' in parsed ? undefined : parsed.expression;
	// Sockets in these states have no peer.
	const wanted = classes.states.length > 0 && (maskOf(classes.states) & connected) === 0 ? maskOf(classes.states) : everyState;
	return protocol => {
		const restriction = restrict(expression, protocol);
		const states = (restriction.states & wanted) >>> 0;
		// A listener's row shows connections that need not match.
		return columns.includes('pendingClients') && (states & (1 << State.listen)) !== 0
			? {families: restriction.families.length === 0 ? [] : families, states: everyState, condition: undefined}
			: {...restriction, states};
	};
};
