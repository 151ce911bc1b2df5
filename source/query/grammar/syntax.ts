/** What the grammar makes of a filter's text, before names and values get their meaning. */

/** A part of the text, in UTF-16 units: from `start` up to but not including `end`. */
export type Span = {readonly start: number; readonly end: number};

/** A value or a name as it was typed: `raw` is without quotation marks or slashes, but with backslashes. */
export type Token = Span & {readonly form: 'plain' | 'quoted' | 'regex'; readonly raw: string};

export type OperatorToken = Span & {readonly text: string};

/** A name with what it is compared with. `values` may be empty: the text ends there. */
export type ConditionSyntax = {
	readonly kind: 'condition';
	readonly name: Token;
	/** Undefined when the value follows the name directly, as in `port 80`. */
	readonly operator: OperatorToken | undefined;
	readonly values: readonly Token[];
};

export type Syntax =
	| ConditionSyntax
	| {readonly kind: 'or'; readonly terms: readonly Syntax[]}
	/** `isSigned`: the term was joined by a word or sign, not by standing next to the one before. */
	| {readonly kind: 'and'; readonly first: Syntax; readonly rest: ReadonlyArray<{readonly isSigned: boolean; readonly term: Syntax}>}
	| {readonly kind: 'not'; readonly term: Syntax}
	/** Values without a name; at least one. */
	| {readonly kind: 'bare'; readonly values: readonly Token[]};

/** The last condition of a text that may go on. */
export type UnfinishedSyntax = {
	readonly condition: ConditionSyntax | {readonly kind: 'bare'; readonly values: readonly Token[]};
	/** Whether another condition stands right before it, without a word or sign between them. */
	readonly isFollowing: boolean;
};

/** A regular expression. */
export type PatternSyntax =
	| {readonly kind: 'sequence'; readonly items: readonly PatternSyntax[]}
	| {readonly kind: 'choice'; readonly options: readonly PatternSyntax[]}
	| {readonly kind: 'repeat'; readonly item: PatternSyntax; readonly minimum: number; readonly maximum: number}
	| {readonly kind: 'class'; readonly isNegated: boolean; readonly parts: readonly ClassPart[]}
	| {readonly kind: 'start'}
	| {readonly kind: 'end'};

/** Characters from one to another, or those of `\d`, `\w`, `\s` and their opposites. */
export type ClassPart = {readonly from: string; readonly to: string} | {readonly set: 'd' | 'D' | 'w' | 'W' | 's' | 'S'};
