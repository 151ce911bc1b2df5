import type {PatternSyntax} from '../grammar/syntax.js';
import {compileRegularExpression, parseRegularExpression} from './regular-expression.js';

/**
What a text is compared with, ignoring case. In a `glob`, `*` matches any characters and `?` one character, and a backslash escapes the next character; it must
match the whole text. A `regex` matches anywhere in the text.
*/
export type Pattern = {readonly kind: 'exact' | 'contains' | 'glob' | 'regex'; readonly text: string};

const escapes = /\\(?<character>[\s\S])/gv;

/** Removes the backslashes that escape characters. */
export const unescapeText = (raw: string): string => raw.replaceAll(escapes, '$<character>');

/** The parts of a glob: wildcards and literal characters. */
type GlobPart = {readonly wildcard: string} | {readonly literal: string};

const globPart = /\\(?<escaped>[\s\S])|(?<wildcard>[*?])|(?<plain>[\s\S])/gv;

const partsOf = (raw: string): readonly GlobPart[] =>
	raw.matchAll(globPart).map(({groups}): GlobPart =>
		groups?.wildcard === undefined ? {literal: groups?.escaped ?? groups?.plain ?? ''} : {wildcard: groups.wildcard}).toArray();

/** Characters that, like blanks, have a special meaning in an unquoted word unless escaped. */
const signs: ReadonlySet<string> = new Set(String.raw`!"&'()*,<=>?\|~`);

const escapeCharacter = (character: string): string => signs.has(character) || /\s/v.test(character) ? `\\${character}` : character;

/** Writes a word with a wildcard in its canonical form; undefined if it has no wildcard. */
export const canonicalGlob = (raw: string): string | undefined => {
	const parts = partsOf(raw);
	if (parts.every(part => !('wildcard' in part))) {
		return undefined;
	}

	const glob = parts.map(part => 'wildcard' in part ? part.wildcard : escapeCharacter(part.literal)).join('');
	// A word that begins with a slash could be taken for a regular expression.
	return glob.startsWith('/') ? `\\${glob}` : glob;
};

const anyCharacter: PatternSyntax = {kind: 'class', isNegated: true, parts: []};

/** Matches a text literally. The matcher reads UTF-16 units, so each unit is one item. */
export const literalSyntax = (text: string): PatternSyntax => ({
	kind: 'sequence',
	items: Array.from({length: text.length}, (_, index) => ({kind: 'class', isNegated: false, parts: [{from: text[index], to: text[index]}]})),
});

const globSyntax = (glob: string): PatternSyntax => ({
	kind: 'sequence',
	items: [
		{kind: 'start'},
		...partsOf(glob).map((part): PatternSyntax => {
			if ('literal' in part) {
				return literalSyntax(part.literal);
			}

			return part.wildcard === '?'
				? anyCharacter
				: {
					kind: 'repeat', item: anyCharacter, minimum: 0, maximum: Infinity,
				};
		}),
		{kind: 'end'},
	],
});

/** Whether a text in lower case matches the pattern. */
export type TextMatcher = (lowerCase: string) => boolean;

/** Compiles a pattern for use on many texts. */
export const compilePattern = ({kind, text}: Pattern): TextMatcher => {
	const wanted = text.toLowerCase();
	switch (kind) {
		case 'exact': {
			return candidate => candidate === wanted;
		}

		case 'contains': {
			return candidate => candidate.includes(wanted);
		}

		case 'glob': {
			return compileRegularExpression(globSyntax(text));
		}

		case 'regex': {
			return compileRegularExpression(parseRegularExpression(text, 0));
		}
	}
};
