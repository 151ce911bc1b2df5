import type {
	PatternSyntax,
	Span,
	Syntax,
	Token,
	UnfinishedSyntax,
} from './syntax.js';

/** What all start rules of `grammar.peggy` need. */
type Options = {
	/** Called for what cannot be understood; throws. */
	readonly fail: (message: string, span: Span) => never;
	/** How deep parentheses and `not` may nest. */
	readonly nesting: number;
};

type FilterOptions = Options & {
	readonly startRule?: 'Filter';
	/** Whether a word is the name of something that a value may follow without an operator. */
	readonly isName: (raw: string) => boolean;
};

type LastWordOptions = Options & {readonly startRule: 'LastWord'};

type RestOfWordOptions = Options & {readonly startRule: 'RestOfWord'};

type UnfinishedOptions = Options & {readonly startRule: 'Unfinished'; readonly isName: (raw: string) => boolean};

type RegularExpressionOptions = Options & {readonly startRule: 'RegularExpression'};

/**
Generated from `grammar.peggy` by `node scripts/build.ts`. Gives null for an empty filter.

@throws What `fail` throws.
*/
export const parse: {
	(text: string, options: FilterOptions): Syntax | null;
	(text: string, options: LastWordOptions): Token;
	(text: string, options: RestOfWordOptions): string;
	(text: string, options: UnfinishedOptions): UnfinishedSyntax;
	(text: string, options: RegularExpressionOptions): PatternSyntax;
};
