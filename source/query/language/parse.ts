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

/** UTF-16 units that a filter may have. */
export const longestFilter = 4000;

/** How deep parentheses and `not` may nest. */
export const deepestFilter = 50;

/** What a filter's text says; `expression` is undefined when it is empty and says nothing. */
export type ParsedFilter = {readonly expression: Expression | undefined} | {readonly problem: FilterProblem};

/** What the grammar asks of names. */
export const nameRules = {isName: (raw: string): boolean => findSubject(raw) !== undefined, isEndpoint, isPart};

/**
Parses a filter. Never throws, whatever the text; takes time in proportion to its length.

@param text
@param lookups What names stand for; without it, only the commonest services are known.
@param shown The protocols that are shown, where that is known: with UNIX sockets alone, `src` and `dst` take the names of these.
*/
export const parseFilter = (text: string, lookups: Lookups = plainLookups, shown: readonly ProtocolName[] = []): ParsedFilter =>
	withProblem(() => {
		if (text.length > longestFilter) {
			fail(`A filter has at most ${longestFilter} characters.`, {start: longestFilter, end: text.length});
		}

		const syntax = parse(text, {fail, nesting: deepestFilter, ...nameRules});
		return syntax === null ? undefined : resolve(syntax, scopeOf(lookups, shown));
	});

/**
Parses what is searched for: words between blanks, each of which a row must have. A word means what it means in a filter when it stands alone, and
nothing else does: no names, no operators, no parentheses.
*/
export const parseSearch = (text: string, lookups: Lookups = plainLookups): ParsedFilter =>
	withProblem(() => {
		const words = text.slice(0, longestFilter).matchAll(/\S+/gv).toArray();
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
