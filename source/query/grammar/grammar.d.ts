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

/** What the grammar asks of a word. */
type NameRules = {
	/** Whether it is the name of something that a value may follow without an operator. */
	readonly isName: (raw: string) => boolean;
	/** Whether it names one endpoint, of which a word that `isPart` may follow: `src port`. */
	readonly isEndpoint: (raw: string) => boolean;
	readonly isPart: (raw: string) => boolean;
};

type FilterOptions = Options & NameRules & {readonly startRule?: 'Filter'};

type LastWordOptions = Options & {readonly startRule: 'LastWord'};

type RestOfWordOptions = Options & {readonly startRule: 'RestOfWord'};

type UnfinishedOptions = Options & NameRules & {readonly startRule: 'Unfinished'};

type RegularExpressionOptions = Options & {readonly startRule: 'RegularExpression'};

/**
Generated from `grammar.peggy` by `npm run build`. Gives null for an empty filter.

@throws What `fail` throws.
*/
export const parse: {
	(text: string, options: FilterOptions): Syntax | null;
	(text: string, options: LastWordOptions): Token;
	(text: string, options: RestOfWordOptions): string;
	(text: string, options: UnfinishedOptions): UnfinishedSyntax;
	(text: string, options: RegularExpressionOptions): PatternSyntax;
};
