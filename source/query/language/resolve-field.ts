import type {
	Field,
	NumberField,
	NumberUnit,
	TextField,
} from '../../fields/model/field.js';
import {nearestName} from '../../text/nearest.js';
import {normalizeName} from '../../text/spelling.js';
import type {Token} from '../grammar/syntax.js';
import {
	allOf,
	anyOf,
	type Condition,
	type Expression,
} from './expression.js';
import {exampleOf, parseNumber} from './values/numbers.js';
import {canonicalGlob, unescapeText, type Pattern} from './pattern.js';
import {fail, quote} from './problem.js';
import type {Clause} from './clause.js';
import {parseRegularExpression} from './regular-expression.js';

/** Resolves conditions on a field of the registry. */
export const resolveField = (field: Field, clause: Clause): Expression => {
	if (field.kind === 'number') {
		return resolveNumber(field, clause);
	}

	const isChecked = field.kind === 'text' && clause.comparison === '=' && isRestricted(field);
	return isChecked ? anyOf(clause.values.map(token => resolveRestricted(field, token))) : resolveText(field.id, clause);
};

/** Whether a text field has only certain texts, so that any other text is a mistake. */
export const isRestricted = ({values, isHexadecimal}: TextField): boolean => values !== undefined || isHexadecimal === true;

/** A quoted value is compared as it is. */
const resolveRestricted = (field: TextField, token: Token): Condition => {
	const {id, values} = field;
	const pattern = patternOf(token, 'exact');
	if (token.form !== 'plain' || pattern.kind !== 'exact') {
		return {kind: 'text', field: id, pattern};
	}

	const text = restrictedText(field, pattern.text) ?? failValue(id, values, token);
	return {kind: 'text', field: id, pattern: {kind: 'exact', text}};
};

/** Returns the matching text of a restricted field; undefined if the field never has such a text. */
export const restrictedText = ({values, isHexadecimal}: TextField, typed: string): string | undefined =>
	isHexadecimal ? canonicalHex(typed) : values?.find(value => simplify(value) === simplify(typed));

const canonicalHex = (text: string): string | undefined => /^(?:0x)?(?<digits>[\da-f]+)$/iv.exec(text)?.groups?.digits.toLowerCase().replace(/^0+(?!$)/v, '');

/** Allows hyphens for blanks, so that no quotation marks are needed. */
const simplify = (text: string): string => normalizeName(text).replaceAll(' ', '');

const maxListed = 9;

const failValue = (id: string, values: readonly string[] | undefined, token: Token): never => {
	if (values === undefined) {
		return fail(`${quote(token.raw)} is not a hexadecimal number, but “${id}” is.`, token);
	}

	const nearest = nearestName(token.raw, values);
	const all = values.length > maxListed ? `${values.slice(0, maxListed).join(', ')} and others` : values.join(', ');
	return fail(`${quote(token.raw)} is not a value of ${quote(id)}; ${nearest === undefined ? `the values are ${all}.` : `did you mean ${quote(nearest)}?`}`, token);
};

const resolveNumber = ({id, unit}: NumberField, {name, comparison, sign, signSpan, values}: Clause): Expression => {
	if (comparison === '~') {
		return fail(`${quote(name)} is a number, so compare it with = != < <= > or >=.`, signSpan);
	}

	if (comparison !== '=' && values.length > 1) {
		return fail(`${quote(sign)} compares with one number, not with several.`, values[1]);
	}

	return anyOf(values.map((token): Expression => {
		const text = unescapeText(token.raw);
		const value = parseNumber(text, unit);
		if (value !== undefined) {
			return {
				kind: 'number', field: id, comparison, value,
			};
		}

		const range = comparison === '=' ? parseRange(text, unit) : undefined;
		const [from, to] = range ?? fail(`${quote(token.raw)} is not a number for ${quote(name)}; write one as in “${id} ${exampleOf(unit)}”.`, token);
		return from > to
			? fail('The first number of a range must not be larger than the second.', token)
			: allOf([
				{
					kind: 'number', field: id, comparison: '>=', value: from,
				},
				{
					kind: 'number', field: id, comparison: '<=', value: to,
				},
			]);
	}));
};

const rangePattern = /^(?<from>[^\-]+)-(?<to>[^\-]+)$/v;
const endsInUnit = /(?<![\/A-Za-z])[\/A-Za-z]+$/v;

/** Parses `10ms-50ms` and `10-50ms`: if the first number has no unit, it has the unit of the second. */
const parseRange = (text: string, unit: NumberUnit): readonly [from: number, to: number] | undefined => {
	const groups = rangePattern.exec(text)?.groups;
	if (groups === undefined) {
		return undefined;
	}

	const first = endsInUnit.test(groups.from) ? groups.from : groups.from + (endsInUnit.exec(groups.to)?.[0] ?? '');
	const from = parseNumber(first, unit);
	const to = parseNumber(groups.to, unit);
	return from === undefined || to === undefined ? undefined : [from, to];
};

/** Resolves conditions on the text of a field, by its id. */
export const resolveText = (field: string, {name, comparison, signSpan, values}: Clause): Expression => {
	if (comparison !== '=' && comparison !== '~') {
		fail(`${quote(name)} is text, so compare it with = != ~ or !~.`, signSpan);
	}

	const kind = comparison === '=' ? 'exact' : 'contains';
	return anyOf(values.map((token): Condition => ({kind: 'text', field, pattern: patternOf(token, kind)})));
};

/** Makes the pattern that a value means; `kind` is the kind for a plain text. */
export const patternOf = ({form, raw, start}: Token, kind: 'exact' | 'contains'): Pattern => {
	if (form === 'regex') {
		parseRegularExpression(raw, start + 1);
		return {kind: 'regex', text: raw};
	}

	const glob = form === 'plain' ? canonicalGlob(raw) : undefined;
	return glob === undefined ? {kind, text: unescapeText(raw)} : {kind: 'glob', text: glob};
};
