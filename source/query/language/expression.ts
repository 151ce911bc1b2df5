import type {ProtocolName} from '../../table/columns/protocols.js';
import type {FlagName} from './flags.js';
import type {Host} from './values/host.js';
import type {NamedHost} from './values/named-host.js';
import type {Pattern} from './pattern.js';
import type {Comparison, Range} from './values/ranges.js';
import type {StateWord} from './values/state-words.js';

/** Which end of a connection a condition is about. */
export type Endpoint = 'local' | 'peer' | 'either';

/** One statement about a socket. */
export type Condition =
	/** Some text of the row: process, address, user, state or protocol. */
	| {readonly kind: 'word'; readonly pattern: Pattern}
	/** Port 0, which means none, counts only for a certain end, or when nothing but 0 is asked for. */
	| {readonly kind: 'port'; readonly end: Endpoint; readonly ranges: readonly Range[]}
	| {readonly kind: 'host'; readonly end: Endpoint; readonly host: Host}
	/** An end that is no address of IP. */
	| {readonly kind: 'named'; readonly end: Endpoint; readonly host: NamedHost}
	/** One of these. In the order of `stateWords`, each once. */
	| {readonly kind: 'state'; readonly states: readonly StateWord[]}
	| {readonly kind: 'protocol'; readonly protocol: ProtocolName}
	| {readonly kind: 'family'; readonly family: 'inet' | 'inet6'}
	/** Some process that holds the socket. */
	| {readonly kind: 'pid'; readonly ranges: readonly Range[]}
	/** A field of numbers, by its id; false where the field is absent. */
	| {readonly kind: 'number'; readonly field: string; readonly comparison: Comparison; readonly value: number}
	/** A field of numbers of 32 bits, by its id: those that `mask` has are compared. As in ss, none of the others may be set in `value`. */
	| {readonly kind: 'mask'; readonly field: string; readonly value: number; readonly mask: number}
	| {readonly kind: 'flag'; readonly flag: FlagName}
	/** A field of text, or the name of some process of a field of owners; false where the field is absent. */
	| {readonly kind: 'text'; readonly field: string; readonly pattern: Pattern};

/**
What a filter says. `and` and `or` have two terms or more, none of which is of the same kind as the whole: `allOf` and `anyOf` make them so, and two
filters that are written differently but mean the same combination are equal trees.
*/
export type Expression =
	Condition | {readonly kind: 'and'; readonly terms: readonly Expression[]} | {readonly kind: 'or'; readonly terms: readonly Expression[]} | {readonly kind: 'not'; readonly term: Expression};

const combine = (kind: 'and' | 'or', terms: readonly Expression[]): Expression => {
	const flat = terms.flatMap(term => term.kind === kind ? term.terms : [term]);
	return flat.length === 1 ? flat[0] : {kind, terms: flat};
};

/** That all terms hold. At least one. */
export const allOf = (terms: readonly Expression[]): Expression => combine('and', terms);

/** That some term holds. At least one. */
export const anyOf = (terms: readonly Expression[]): Expression => combine('or', terms);

export const negate = (term: Expression): Expression => ({kind: 'not', term});

/** The conditions that an expression is made of. */
export const conditionsOf = (expression: Expression): readonly Condition[] => {
	if (expression.kind === 'and' || expression.kind === 'or') {
		return expression.terms.flatMap(term => conditionsOf(term));
	}

	return expression.kind === 'not' ? conditionsOf(expression.term) : [expression];
};
