import type {ClassPart, PatternSyntax} from '../grammar/syntax.js';
import {literalSyntax, type TextMatcher} from './pattern.js';
import {compileRegularExpression} from './regular-expression.js';

const pieces = /\\(?<escaped>[\s\S])|(?<wildcard>[*?])|\[(?<not>[!^])?(?<class>\]?[^\[\]]{0,100})\]|(?<plain>[\s\S])/gv;

const anyCharacter: PatternSyntax = {kind: 'class', isNegated: true, parts: []};

const range = /(?<from>[\s\S])-(?<to>[\s\S])|(?<single>[\s\S])/gv;

const partsOf = (text: string): readonly ClassPart[] => text.matchAll(range).map(({groups}) => ({
	from: groups?.from ?? groups?.single ?? '', to: groups?.to ?? groups?.single ?? '',
})).toArray();

/** Compiles a shell pattern for use on many texts. It matches like fnmatch(3) with only FNM_CASEFOLD: `*`, `?`, `[a-z]`, `[!a-z]`, `\`. */
export const compileShellPattern = (pattern: string): TextMatcher => compileRegularExpression({
	kind: 'sequence',
	items: [
		{kind: 'start'},
		...pattern.matchAll(pieces).map(({groups = {}}): PatternSyntax => {
			if (groups.class !== undefined) {
				return {kind: 'class', isNegated: groups.not !== undefined, parts: partsOf(groups.class)};
			}

			if (groups.wildcard !== undefined) {
				return groups.wildcard === '?'
					? anyCharacter
					: {
						kind: 'repeat', item: anyCharacter, minimum: 0, maximum: Infinity,
					};
			}

			return literalSyntax(groups.escaped ?? groups.plain ?? '');
		}),
		{kind: 'end'},
	],
});
