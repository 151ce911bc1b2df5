import {parse} from '../grammar/grammar.js';
import {plainLookups, type Lookups} from '../../names/lookups.js';
import type {FilterProblem} from '../query.js';
import type {ProtocolName} from '../../table/columns/protocols.js';
import {allOf, type Expression} from './expression.js';
import {findSubject, isEndpoint, isPart} from './subjects.js';
import {fail, FilterError} from './problem.js';
import {resolve} from './resolve.js';
import {resolveSearchWord} from './resolve-bare.js';
import {scopeOf} from './scope.js';

/** The maximum length of a filter in UTF-16 units. */
export const maxFilterLength = 4000;

/** The maximum nesting of parentheses and `not`. */
export const maxFilterDepth = 50;

/** A parsed filter. `expression` is undefined for an empty filter, which matches everything. */
export type ParsedFilter = {readonly expression: Expression | undefined} | {readonly problem: FilterProblem};

/** Which words the grammar treats as names. */
export const nameRules = {isName: (raw: string): boolean => findSubject(raw) !== undefined, isEndpoint, isPart};

/**
Parses a filter. Never throws, whatever the text; takes time in proportion to its length.

@param lookups Resolves names. Default: only the most common services are known.
@param shown The protocols that are shown, if known: with only UNIX sockets shown, `src` and `dst` take UNIX names.
*/
export const parseFilter = (text: string, lookups: Lookups = plainLookups, shown: readonly ProtocolName[] = []): ParsedFilter =>
	withProblem(() => {
		if (text.length > maxFilterLength) {
			fail(`A filter has at most ${maxFilterLength} characters.`, {start: maxFilterLength, end: text.length});
		}

		const syntax = parse(text, {fail, nesting: maxFilterDepth, ...nameRules});
		return syntax === null ? undefined : resolve(syntax, scopeOf(lookups, shown));
	});

/**
Parses a search: words separated by blanks, all of which a row must contain. A word means the same as alone in a filter; names, operators and parentheses have
no special meaning.
*/
export const parseSearch = (text: string, lookups: Lookups = plainLookups): ParsedFilter =>
	withProblem(() => {
		const words = text.slice(0, maxFilterLength).matchAll(/\S+/gv).toArray();
		return words.length === 0
			? undefined
			: allOf(words.map(({0: raw, index}) => resolveSearchWord({
				form: 'plain', raw, start: index, end: index + raw.length,
			}, scopeOf(lookups))));
	});

const withProblem = (work: () => Expression | undefined): ParsedFilter => {
	try {
		return {expression: work()};
	} catch (error) {
		if (error instanceof FilterError) {
			return {problem: error.problem};
		}

		throw error;
	}
};
