import type {
	PatternSyntax,
	Span,
	Syntax,
	Token,
	UnfinishedSyntax,
} from './syntax.js';

/** Options of all start rules of `grammar.peggy`. */
type Options = {
	/** Called for a syntax error; throws. */
	readonly fail: (message: string, span: Span) => never;
	/** The maximum nesting of parentheses and `not`. */
	readonly nesting: number;
};

/** How the grammar classifies words. */
type NameRules = {
	/** Whether it is a name that a value may follow without an operator. */
	readonly isName: (raw: string) => boolean;
	/** Whether it names one endpoint, which a word for which `isPart` holds may follow: `src port`. */
	readonly isEndpoint: (raw: string) => boolean;
	readonly isPart: (raw: string) => boolean;
};

type FilterOptions = Options & NameRules & {readonly startRule?: 'Filter'};

type LastWordOptions = Options & {readonly startRule: 'LastWord'};

type RestOfWordOptions = Options & {readonly startRule: 'RestOfWord'};

type UnfinishedOptions = Options & NameRules & {readonly startRule: 'Unfinished'};

type RegularExpressionOptions = Options & {readonly startRule: 'RegularExpression'};

/**
Generated from `grammar.peggy` by `npm run build`. Returns null for an empty filter.

@throws What `fail` throws.
*/
export const parse: {
	(text: string, options: FilterOptions): Syntax | null;
	(text: string, options: LastWordOptions): Token;
	(text: string, options: RestOfWordOptions): string;
	(text: string, options: UnfinishedOptions): UnfinishedSyntax;
	(text: string, options: RegularExpressionOptions): PatternSyntax;
};
