import type {ProtocolName} from '../../table/columns/protocols.js';
import type {FlagName} from './flags.js';
import type {Host} from './values/host.js';
import type {NamedHost} from './values/named-host.js';
import type {Pattern} from './pattern.js';
import type {Comparison, Range} from './values/ranges.js';
import type {StateWord} from './values/state-words.js';

/** The endpoint that a condition is about. */
export type Endpoint = 'local' | 'peer' | 'either';

/** One statement about a socket. */
export type Condition =
	/** Any text of the row: process, address, user, state or protocol. */
	| {readonly kind: 'word'; readonly pattern: Pattern}
	/** Port 0 means "no port". It matches only for one given endpoint, or if nothing but 0 is asked for. */
	| {readonly kind: 'port'; readonly end: Endpoint; readonly ranges: readonly Range[]}
	| {readonly kind: 'host'; readonly end: Endpoint; readonly host: Host}
	/** An endpoint that is not an IP address. */
	| {readonly kind: 'named'; readonly end: Endpoint; readonly host: NamedHost}
	/** Any of these states, each once and in the order of `stateWords`. */
	| {readonly kind: 'state'; readonly states: readonly StateWord[]}
	| {readonly kind: 'protocol'; readonly protocol: ProtocolName}
	| {readonly kind: 'family'; readonly family: 'inet' | 'inet6'}
	/** Any process that holds the socket. */
	| {readonly kind: 'pid'; readonly ranges: readonly Range[]}
	/** A number field, by id; false if the field is absent. */
	| {readonly kind: 'number'; readonly field: string; readonly comparison: Comparison; readonly value: number}
	/** A 32-bit number field, by id: the bits set in `mask` are compared. As in ss, `value` must have no other bits set. */
	| {readonly kind: 'mask'; readonly field: string; readonly value: number; readonly mask: number}
	| {readonly kind: 'flag'; readonly flag: FlagName}
	/** A text field, or the name of any process of a field of owners; false if the field is absent. */
	| {readonly kind: 'text'; readonly field: string; readonly pattern: Pattern};

/**
A parsed filter. `and` and `or` have at least two terms, none of the same kind as the whole; `allOf` and `anyOf` ensure this. So two filters that combine the
same conditions in the same way are equal trees, however they are written.
*/
export type Expression =
	Condition | {readonly kind: 'and'; readonly terms: readonly Expression[]} | {readonly kind: 'or'; readonly terms: readonly Expression[]} | {readonly kind: 'not'; readonly term: Expression};

const combine = (kind: 'and' | 'or', terms: readonly Expression[]): Expression => {
	const flat = terms.flatMap(term => term.kind === kind ? term.terms : [term]);
	return flat.length === 1 ? flat[0] : {kind, terms: flat};
};

/** All of the terms hold. Takes at least one. */
export const allOf = (terms: readonly Expression[]): Expression => combine('and', terms);

/** Any of the terms holds. Takes at least one. */
export const anyOf = (terms: readonly Expression[]): Expression => combine('or', terms);

export const negate = (term: Expression): Expression => ({kind: 'not', term});

/** Returns the conditions of an expression. */
export const conditionsOf = (expression: Expression): readonly Condition[] => {
	if (expression.kind === 'and' || expression.kind === 'or') {
		return expression.terms.flatMap(term => conditionsOf(term));
	}

	return expression.kind === 'not' ? conditionsOf(expression.term) : [expression];
};
