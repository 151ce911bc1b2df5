/** The syntax tree of a filter, before names and values are resolved. */

/** A part of the text, in UTF-16 units: from `start` to before `end`. */
export type Span = {readonly start: number; readonly end: number};

/** A value or a name as typed: `raw` is without quotation marks or slashes, but keeps backslashes. */
export type Token = Span & {readonly form: 'plain' | 'quoted' | 'regex'; readonly raw: string};

export type OperatorToken = Span & {readonly text: string};

/** A name with the values that it is compared with. `values` is empty if the text ends there. */
export type ConditionSyntax = {
	readonly kind: 'condition';
	readonly name: Token;
	/** Undefined if the value follows the name directly, as in `port 80`. */
	readonly operator: OperatorToken | undefined;
	readonly values: readonly Token[];
};

export type Syntax =
	| ConditionSyntax
	| {readonly kind: 'or'; readonly terms: readonly Syntax[]}
	/** `isSigned`: the term was joined by a word or sign, not merely written after the previous one. */
	| {readonly kind: 'and'; readonly first: Syntax; readonly rest: ReadonlyArray<{readonly isSigned: boolean; readonly term: Syntax}>}
	| {readonly kind: 'not'; readonly term: Syntax}
	/** Values without a name, at least one. */
	| {readonly kind: 'bare'; readonly values: readonly Token[]};

/** The last condition of an unfinished text. */
export type UnfinishedSyntax = {
	readonly condition: ConditionSyntax | {readonly kind: 'bare'; readonly values: readonly Token[]};
	/** Whether it directly follows another condition, without a word or sign between them. */
	readonly isFollowing: boolean;
};

/** The syntax tree of a regular expression. */
export type PatternSyntax =
	| {readonly kind: 'sequence'; readonly items: readonly PatternSyntax[]}
	| {readonly kind: 'choice'; readonly options: readonly PatternSyntax[]}
	| {readonly kind: 'repeat'; readonly item: PatternSyntax; readonly minimum: number; readonly maximum: number}
	| {readonly kind: 'class'; readonly isNegated: boolean; readonly parts: readonly ClassPart[]}
	| {readonly kind: 'start'}
	| {readonly kind: 'end'};

/** A range of characters, or those of `\d`, `\w`, `\s` and their opposites. */
export type ClassPart = {readonly from: string; readonly to: string} | {readonly set: 'd' | 'D' | 'w' | 'W' | 's' | 'S'};
