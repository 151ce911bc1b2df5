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
What is known of a filter before a socket is seen. `unknown` may be either. A condition is one that a socket must meet to pass; where it does not say
more than the filter does (`isExact`), the socket's not meeting it is as good as the filter's.
*/
type Known = boolean | 'unknown' | SocketCondition;

const families = [Family.inet, Family.inet6] as const;

/** All states, as a set of bits. */
export const everyState = 0xFF_FF_FF_FF;

/**
Which sockets of a protocol can pass an expression at most, as far as the kernel can tell by itself, and the other ends of these: rows tell of both. What
passes there is more than what passes the expression, so the expression must be asked again; but nothing that passes it is lost.
*/
export const restrict = (expression: Expression | undefined, protocol: ProtocolName): Restriction => {
	if (expression === undefined) {
		return {families, states: everyState, condition: undefined};
	}

	const conditions = families
		.flatMap(family => [false, true].map(isFar => weaken(expression, {protocol, family, isFar}, true)))
		.filter(known => known !== false);
	const condition = join('or', withoutCopies(conditions));
	const states = statesOf(expression, protocol, true);
	return {
		// The other end of a connection over IPv4 may be a socket of IPv6.
		families: conditions.length === 0 ? [] : families,
		states: (states & connected) === 0 ? states : (states | connected) >>> 0,
		condition: typeof condition === 'object' ? condition : undefined,
	};
};

const withoutCopies = (conditions: readonly Known[]): readonly Known[] => {
	const byText = new Map(conditions.map(condition => [JSON.stringify(condition), condition]));
	return byText.values().toArray();
};

/** The states of sockets that have another end, which may be in another one of these. */
const {connected} = stateWords;

/** Sockets of a protocol and family; with `isFar`, the other ends of such. */
type Kind = {readonly protocol: ProtocolName; readonly family: FamilyNumber; readonly isFar: boolean};

/** What an expression, or with `isTrue` unset its opposite, demands of sockets of a kind. */
const weaken = (expression: Expression, kind: Kind, isTrue: boolean): Known => {
	if (expression.kind === 'not') {
		return weaken(expression.term, kind, !isTrue);
	}

	if (expression.kind === 'and' || expression.kind === 'or') {
		const terms = expression.terms.map(term => weaken(term, kind, isTrue));
		return join((expression.kind === 'and') === isTrue ? 'and' : 'or', terms);
	}

	const {known, isExact} = demand(expression, kind);
	return isTrue ? known : (isExact ? opposite(known) : 'unknown');
};

const opposite = (known: Known): Known => {
	if (typeof known === 'object') {
		return {kind: 'not', term: known};
	}

	return known === 'unknown' ? known : !known;
};

/** What all or some of these demand together. What is unknown does not restrict all, and leaves nothing of what some demand. */
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

type Demand = {readonly known: Known; readonly isExact: boolean};

const exactly = (known: Known): Demand => ({known, isExact: known !== 'unknown'});
const atMost = (known: Known): Demand => ({known, isExact: false});

const demand = (condition: Condition, kind: Kind): Demand => {
	const {protocol, family, isFar} = kind;
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
			return exactly(atEnds(condition.end, end => portDemand(isFar ? other(end) : end, condition.ranges)));
		}

		case 'host': {
			const known = atEnds(condition.end, end => hostDemand(end, condition.host, kind));
			return condition.host.interface === undefined ? exactly(known) : atMost(known);
		}

		case 'number': {
			return isFar ? exactly('unknown') : numberDemand(condition);
		}

		// A socket whose mark is not told passes the opposite, whatever its mark.
		case 'mask': {
			return isFar ? exactly('unknown') : atMost({kind: 'mark', value: condition.value, mask: condition.mask});
		}

		case 'flag': {
			return condition.flag === 'autobound' && !isFar ? atMost({kind: 'autobound'}) : exactly('unknown');
		}

		case 'word':
		case 'state':
		case 'pid':
		case 'text': {
			return exactly('unknown');
		}
	}
};

const atEnds = (end: Endpoint, ask: (end: 'local' | 'peer') => Known): Known => end === 'either' ? join('or', [ask('local'), ask('peer')]) : ask(end);

const other = (end: 'local' | 'peer'): 'local' | 'peer' => end === 'local' ? 'peer' : 'local';

const portDemand = (end: 'local' | 'peer', ranges: readonly Range[]): Known => join('or', ranges.map(({from, to}) => ({
	kind: 'port', end, from, to,
})));

const hostDemand = (askedEnd: 'local' | 'peer', {prefix, port}: Host, {family, isFar}: Kind): Known => {
	const end = isFar ? other(askedEnd) : askedEnd;
	const address = prefix === undefined ? true : prefixDemand(end, prefix, family, isFar);
	return join('and', [address, port === undefined ? true : portDemand(end, [{from: port, to: port}])]);
};

const prefixDemand = (end: 'local' | 'peer', prefix: Prefix, family: FamilyNumber, isFar: boolean): Known => {
	if (prefix.length === 0 && prefix.family === family) {
		return true;
	}

	if (prefix.family === Family.inet6 && family === Family.inet) {
		return false;
	}

	return isFar && hasMapped(prefix)
		? 'unknown'
		: {
			kind: 'host', end, family: prefix.family, bytes: prefix.bytes, length: prefix.length,
		};
};

/** Whether a prefix of IPv6 has IPv4 addresses that are mapped into IPv6 in it: the other end of such a socket may have them as they are. */
const hasMapped = ({family, bytes, length}: Prefix): boolean =>
	family === Family.inet6 && length <= 96 && bytes.every((byte, index) => byte === ((index === 10 || index === 11 ? 0xFF : 0) & maskAt(index, length)));

const numberDemand = ({field, comparison, value}: Extract<Condition, {kind: 'number'}>): Demand => {
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

/** The states in which a socket can pass an expression, or its opposite. */
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
What a query that is answered by one sample asks of each protocol: the sockets that its filter and its toggles let pass at most.

@param query
@param query.filter
@param query.classes
@param query.columns
@param lookups As for `parseFilter`.
*/
export const restrictionOf = ({filter, classes, columns}: Query, lookups?: Lookups): ((protocol: ProtocolName) => Restriction) => {
	const parsed = parseFilter(filter, lookups, classes.protocols);
	const expression = 'problem' in parsed ? undefined : parsed.expression;
	// Sockets in these states have no other ends.
	const wanted = classes.states.length > 0 && (maskOf(classes.states) & connected) === 0 ? maskOf(classes.states) : everyState;
	return protocol => {
		const restriction = restrict(expression, protocol);
		const states = (restriction.states & wanted) >>> 0;
		// A listener's row tells of connections that need not pass.
		return columns.includes('pendingClients') && (states & (1 << State.listen)) !== 0
			? {families: restriction.families.length === 0 ? [] : families, states: everyState, condition: undefined}
			: {...restriction, states};
	};
};
