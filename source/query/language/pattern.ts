import type {PatternSyntax} from '../grammar/syntax.js';
import {compileRegularExpression, parseRegularExpression} from './regular-expression.js';

/**
What a text is compared with, in either case. In `glob`, `*` stands for any characters and `?` for one, and a backslash takes a meaning away; it
describes the whole text. `regex` is the source of a regular expression that is found somewhere in the text.
*/
export type Pattern = {readonly kind: 'exact' | 'contains' | 'glob' | 'regex'; readonly text: string};

const escapes = /\\(?<character>[\s\S])/gv;

/** A text without the backslashes that take a meaning away. */
export const unescapeText = (raw: string): string => raw.replaceAll(escapes, '$<character>');

/** What glob consists of: wildcards, and characters that stand for themselves. */
type GlobPart = {readonly wildcard: string} | {readonly literal: string};

const globPart = /\\(?<escaped>[\s\S])|(?<wildcard>[*?])|(?<plain>[\s\S])/gv;

const partsOf = (raw: string): readonly GlobPart[] =>
	raw.matchAll(globPart).map(({groups}): GlobPart =>
		groups?.wildcard === undefined ? {literal: groups?.escaped ?? groups?.plain ?? ''} : {wildcard: groups.wildcard}).toArray();

/** Signs that would mean something else in a plain word without a backslash, as blanks would. */
const signs: ReadonlySet<string> = new Set(String.raw`!"&'()*,<=>?\|~`);

const escapeCharacter = (character: string): string => signs.has(character) || /\s/v.test(character) ? `\\${character}` : character;

/** A plain word with a wildcard in the one way of writing it; undefined when it has no wildcard. */
export const canonicalGlob = (raw: string): string | undefined => {
	const parts = partsOf(raw);
	if (parts.every(part => !('wildcard' in part))) {
		return undefined;
	}

	const glob = parts.map(part => 'wildcard' in part ? part.wildcard : escapeCharacter(part.literal)).join('');
	// A word that begins with a slash may look like a regular expression.
	return glob.startsWith('/') ? `\\${glob}` : glob;
};

const anyCharacter: PatternSyntax = {kind: 'class', isNegated: true, parts: []};

/** Stands for itself. A text is gone over by UTF-16 units. */
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

/** Whether a text, given in lower case, is what the pattern describes. */
export type TextMatcher = (lowerCase: string) => boolean;

/** Makes a pattern ready for many texts. */
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
