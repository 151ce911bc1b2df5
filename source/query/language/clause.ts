import type {ConditionSyntax, Span, Token} from '../grammar/syntax.js';
import {expandBraces} from './braces.js';
import type {Comparison} from './values/ranges.js';

/** One comparison: the name as typed, how to compare, and at least one value to compare with. */
export type Clause = {
	readonly name: string;
	readonly comparison: Comparison | '~';
	/** The operator as typed; the name if there is none. */
	readonly sign: string;
	readonly signSpan: Span;
	readonly values: readonly [Token, ...Token[]];
};

/** What an operator means. */
type Operator = {
	readonly comparison: Comparison | '~';
	/** Whether the comparison is negated. */
	readonly isNegated: boolean;
	readonly meaning: string;
};

const equal: Operator = {comparison: '=', isNegated: false, meaning: 'is'};
const notEqual: Operator = {comparison: '=', isNegated: true, meaning: 'is not'};
const less: Operator = {comparison: '<', isNegated: false, meaning: 'is less than'};
const atMost: Operator = {comparison: '<=', isNegated: false, meaning: 'is at most'};
const greater: Operator = {comparison: '>', isNegated: false, meaning: 'is more than'};
const atLeast: Operator = {comparison: '>=', isNegated: false, meaning: 'is at least'};
const contains: Operator = {comparison: '~', isNegated: false, meaning: 'contains a text, or matches /a regular expression/'};
const containsNot: Operator = {...contains, isNegated: true, meaning: 'does not contain'};

/** All operators by spelling. Of those with the same meaning, the usual one comes first. */
export const operators: Readonly<Record<string, Operator>> = {
	'=': equal,
	'==': equal,
	eq: equal,
	'!=': notEqual,
	'<>': notEqual,
	ne: notEqual,
	neq: notEqual,
	'<': less,
	lt: less,
	'<=': atMost,
	'=<': atMost,
	le: atMost,
	leq: atMost,
	'>': greater,
	gt: greater,
	'>=': atLeast,
	'=>': atLeast,
	ge: atLeast,
	geq: atLeast,
	'~': contains,
	'!~': containsNot,
};

/** Reads a condition as a comparison, and whether it is negated (`!=`). Without an operator it means equality, as in ss. Undefined if there is no value. */
export const clauseOf = ({name, operator, values}: ConditionSyntax): {readonly clause: Clause; readonly isNegated: boolean} | undefined => {
	const [first, ...rest] = values.flatMap(token => expandBraces(token));
	const {comparison, isNegated} = operator === undefined ? equal : operators[operator.text];
	return first === undefined
		? undefined
		: {
			clause: {
				name: name.raw,
				comparison,
				sign: operator?.text ?? name.raw,
				signSpan: operator ?? name,
				values: [first, ...rest],
			},
			isNegated,
		};
};
