import type {Field, NumberField} from '../fields/field.js';
import {anyOf, type Condition, type Expression} from './expression.js';
import {exampleOf, parseNumber} from './numbers.js';
import {canonicalGlob, unescapeText, type Pattern} from './pattern.js';
import {fail, quote} from './problem.js';
import type {Question} from './question.js';
import {parseRegularExpression} from './regular-expression.js';
import type {Token} from './syntax.js';

/** Conditions on a field of the registry. */
export const resolveField = (field: Field, question: Question): Expression =>
	field.kind === 'number' ? resolveNumber(field, question) : resolveText(field.id, question);

const resolveNumber = ({id, unit}: NumberField, {name, comparison, sign, signSpan, values}: Question): Expression => {
	if (comparison === '~') {
		return fail(`${quote(name)} is a number, so compare it with = != < <= > or >=.`, signSpan);
	}

	if (comparison !== '=' && values.length > 1) {
		return fail(`${quote(sign)} compares with one number, not with several.`, values[1]);
	}

	return anyOf(values.map((token): Condition => {
		const value = parseNumber(unescapeText(token.raw), unit)
			?? fail(`${quote(token.raw)} is no number for ${quote(name)}; write one as in “${id} ${exampleOf(unit)}”.`, token);
		return {
			kind: 'number', field: id, comparison, value,
		};
	}));
};

/** Conditions on the text of a field, by its id. */
export const resolveText = (field: string, {name, comparison, signSpan, values}: Question): Expression => {
	if (comparison !== '=' && comparison !== '~') {
		fail(`${quote(name)} is text, so compare it with = != ~ or !~.`, signSpan);
	}

	const kind = comparison === '=' ? 'exact' : 'contains';
	return anyOf(values.map((token): Condition => ({kind: 'text', field, pattern: patternOf(token, kind)})));
};

/** The pattern that a value means; `kind` says what a plain text is. */
export const patternOf = ({form, raw, start}: Token, kind: 'exact' | 'contains'): Pattern => {
	if (form === 'regex') {
		parseRegularExpression(raw, start + 1);
		return {kind: 'regex', text: raw};
	}

	const glob = form === 'plain' ? canonicalGlob(raw) : undefined;
	return glob === undefined ? {kind, text: unescapeText(raw)} : {kind: 'glob', text: glob};
};
