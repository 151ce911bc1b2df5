import {findField} from '../../fields/registry.js';
import type {Token} from '../grammar/syntax.js';
import {anyOf, type Condition, type Expression} from './expression.js';
import {parseWhole} from './values/numbers.js';
import {unescapeText} from './pattern.js';
import {fail, quote} from './problem.js';
import type {Clause} from './clause.js';
import {patternOf, resolveField, resolveText} from './resolve-field.js';

/** Resolves conditions on the interface, by name or by index, as in `ss`; 0 means none. */
export const resolveInterface = (clause: Clause): Expression =>
	clause.comparison === '=' ? anyOf(clause.values.map(token => interfaceCondition(token))) : resolveText('interface', clause);

const interfaceCondition = (token: Token): Condition => {
	const index = token.form === 'plain' ? parseWhole(token.raw) : undefined;
	return index === undefined
		? {kind: 'text', field: 'interface', pattern: patternOf(token, 'exact')}
		: {
			kind: 'number', field: 'interfaceIndex', comparison: '=', value: index,
		};
};

const maxMark = 0xFF_FF_FF_FF;

/** Resolves conditions on the mark of a socket: a number, or a number and a mask of the bits to compare (`0x1/0xff`). */
export const resolveMark = (clause: Clause): Expression => {
	const {name, comparison, sign, signSpan, values} = clause;
	const field = findField('mark');
	if (field === undefined || values.every(({raw}) => !raw.includes('/'))) {
		return field === undefined ? resolveText('mark', clause) : resolveField(field, clause);
	}

	return comparison === '=' ? anyOf(values.map(token => markCondition(token, name))) : fail(`${quote(sign)} compares with a number without a mask.`, signSpan);
};

const markCondition = (token: Token, name: string): Condition => {
	const [value, mask, ...rest] = [...unescapeText(token.raw).split('/'), ...token.raw.includes('/') ? [] : [String(maxMark)]].map(text => parseWhole(text));
	return value === undefined || mask === undefined || rest.length > 0 || value > maxMark || mask > maxMark
		? fail(`${quote(token.raw)} is not a mark; write one as in “${name} 0x1/0xff”.`, token)
		: {
			kind: 'mask', field: 'mark', value, mask,
		};
};

/** The mount point of cgroup2. `ss` accepts paths with and without it. */
const cgroupMount = /^\/sys\/fs\/cgroup(?:\/unified)?(?=\/|$)/v;

/** Resolves conditions on the cgroup path, which may start at the file system root or, as shown, at the mount point. */
export const resolveCgroup = (clause: Clause): Expression => {
	const {comparison, values} = clause;
	const [first, ...rest] = values;
	return resolveText('cgroup', comparison === '=' ? {...clause, values: [withoutMount(first), ...rest.map(token => withoutMount(token))]} : clause);
};

const withoutMount = (token: Token): Token => token.form !== 'regex' && cgroupMount.test(token.raw) ? {...token, raw: token.raw.replace(cgroupMount, '').replace(/^$/v, '/')} : token;
