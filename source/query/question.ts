import type {Comparison} from './expression.js';
import type {ConditionSyntax, Span, Token} from './syntax.js';

/** What a condition asks of its subject: the name as it was typed, how to compare, and with what. At least one value. */
export type Question = {
	readonly name: string;
	readonly comparison: Comparison | '~';
	/** The operator as it was typed; the name where there is none. */
	readonly sign: string;
	readonly signSpan: Span;
	readonly values: readonly [Token, ...Token[]];
};

const comparisons: Readonly<Record<string, Comparison | '~'>> = {
	'=': '=',
	'==': '=',
	eq: '=',
	'!=': '=',
	ne: '=',
	neq: '=',
	'<': '<',
	lt: '<',
	'<=': '<=',
	le: '<=',
	leq: '<=',
	'>': '>',
	gt: '>',
	'>=': '>=',
	ge: '>=',
	geq: '>=',
	'~': '~',
	'!~': '~',
};

const negated: ReadonlySet<string> = new Set(['!=', 'ne', 'neq', '!~']);

/** The question of a condition, and whether its opposite is meant (`!=`). No operator means equality, as in ss. Undefined when there is no value. */
export const questionOf = ({name, operator, values}: ConditionSyntax): {readonly question: Question; readonly isNegated: boolean} | undefined => {
	const [first, ...rest] = values;
	return first === undefined
		? undefined
		: {
			question: {
				name: name.raw,
				comparison: comparisons[operator?.text ?? '='],
				sign: operator?.text ?? name.raw,
				signSpan: operator ?? name,
				values: [first, ...rest],
			},
			isNegated: operator !== undefined && negated.has(operator.text),
		};
};
