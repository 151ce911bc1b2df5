import type {ConditionSyntax, Span, Token} from '../grammar/syntax.js';
import {expandBraces} from './braces.js';
import type {Comparison} from './values/ranges.js';

/** What a condition asks of its subject: the name as it was typed, how to compare, and with what. At least one value. */
export type Clause = {
	readonly name: string;
	readonly comparison: Comparison | '~';
	/** The operator as it was typed; the name where there is none. */
	readonly sign: string;
	readonly signSpan: Span;
	readonly values: readonly [Token, ...Token[]];
};

/** What an operator asks. */
type Operator = {
	readonly comparison: Comparison | '~';
	/** Whether the opposite is asked. */
	readonly isNegated: boolean;
	readonly meaning: string;
};

const equal: Operator = {comparison: '=', isNegated: false, meaning: 'is'};
const notEqual: Operator = {comparison: '=', isNegated: true, meaning: 'is not'};
const less: Operator = {comparison: '<', isNegated: false, meaning: 'is less than'};
const atMost: Operator = {comparison: '<=', isNegated: false, meaning: 'is at most'};
const greater: Operator = {comparison: '>', isNegated: false, meaning: 'is more than'};
const atLeast: Operator = {comparison: '>=', isNegated: false, meaning: 'is at least'};
const contains: Operator = {comparison: '~', isNegated: false, meaning: 'contains a text, or what /a regular expression/ describes'};
const containsNot: Operator = {...contains, isNegated: true, meaning: 'does not contain'};

/** All operators, by the ways of writing them; of those with one meaning, the usual one comes first. */
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

/** The question of a condition, and whether its opposite is meant (`!=`). No operator means equality, as in ss. Undefined when there is no value. */
export const clauseOf = ({name, operator, values}: ConditionSyntax): {readonly question: Clause; readonly isNegated: boolean} | undefined => {
	const [first, ...rest] = values.flatMap(token => expandBraces(token));
	const {comparison, isNegated} = operator === undefined ? equal : operators[operator.text];
	return first === undefined
		? undefined
		: {
			question: {
				name: name.raw,
				comparison,
				sign: operator?.text ?? name.raw,
				signSpan: operator ?? name,
				values: [first, ...rest],
			},
			isNegated,
		};
};
