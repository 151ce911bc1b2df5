import {findField} from '../../fields/registry.js';
import type {Token} from '../grammar/syntax.js';
import {anyOf, type Condition, type Expression} from './expression.js';
import {parseWhole} from './values/numbers.js';
import {unescapeText} from './pattern.js';
import {fail, quote} from './problem.js';
import type {Clause} from './clause.js';
import {patternOf, resolveField, resolveText} from './resolve-field.js';

/** Conditions on the interface: by its name, or by its index, as `ss` takes both; 0 is none. */
export const resolveInterface = (question: Clause): Expression =>
	question.comparison === '=' ? anyOf(question.values.map(token => interfaceCondition(token))) : resolveText('interface', question);

const interfaceCondition = (token: Token): Condition => {
	const index = token.form === 'plain' ? parseWhole(token.raw) : undefined;
	return index === undefined
		? {kind: 'text', field: 'interface', pattern: patternOf(token, 'exact')}
		: {
			kind: 'number', field: 'interfaceIndex', comparison: '=', value: index,
		};
};

const largestMark = 0xFF_FF_FF_FF;

/** Conditions on the mark of a socket: a number, or one with the mask of the bits that count (`0x1/0xff`). */
export const resolveMark = (question: Clause): Expression => {
	const {name, comparison, sign, signSpan, values} = question;
	const field = findField('mark');
	if (field === undefined || values.every(({raw}) => !raw.includes('/'))) {
		return field === undefined ? resolveText('mark', question) : resolveField(field, question);
	}

	return comparison === '=' ? anyOf(values.map(token => markCondition(token, name))) : fail(`${quote(sign)} compares with a number without a mask.`, signSpan);
};

const markCondition = (token: Token, name: string): Condition => {
	const [value, mask, ...rest] = [...unescapeText(token.raw).split('/'), ...token.raw.includes('/') ? [] : [String(largestMark)]].map(text => parseWhole(text));
	return value === undefined || mask === undefined || rest.length > 0 || value > largestMark || mask > largestMark
		? fail(`${quote(token.raw)} is no mark; write one as in “${name} 0x1/0xff”.`, token)
		: {
			kind: 'mask', field: 'mark', value, mask,
		};
};

/** Where cgroup2 is mounted; `ss` takes paths with and without it. */
const cgroupMount = /^\/sys\/fs\/cgroup(?:\/unified)?(?=\/|$)/v;

/** Conditions on the path of the cgroup, which may be written from the root of files or, as it is shown, from the mount. */
export const resolveCgroup = (question: Clause): Expression => {
	const {comparison, values} = question;
	const [first, ...rest] = values;
	return resolveText('cgroup', comparison === '=' ? {...question, values: [fromMount(first), ...rest.map(token => fromMount(token))]} : question);
};

const fromMount = (token: Token): Token => token.form !== 'regex' && cgroupMount.test(token.raw) ? {...token, raw: token.raw.replace(cgroupMount, '').replace(/^$/v, '/')} : token;
