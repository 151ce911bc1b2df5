import {findField} from '../../fields/registry.js';
import type {Condition, Endpoint, Expression} from './expression.js';
import {formatHost} from './values/host.js';
import {parseWhole, printNumber} from './values/numbers.js';
import {isRestricted, restrictedText} from './resolve-field.js';
import {formatNamedHost} from './values/named-host.js';
import type {Pattern} from './pattern.js';
import type {Range} from './values/ranges.js';
import {parseFilter} from './parse.js';
import {maxPid, maxPort} from './resolve-numbers.js';

/** Writes an expression as a filter that `parseFilter` parses to the same expression. */
export const printFilter = (expression: Expression): string => {
	if (expression.kind === 'or') {
		return expression.terms.map(term => printFilter(term)).join(' or ');
	}

	if (expression.kind === 'and') {
		return expression.terms.map(term => inParentheses(term, term.kind === 'or')).join(' and ');
	}

	return expression.kind === 'not' ? `not ${inParentheses(expression.term, expression.term.kind === 'or' || expression.term.kind === 'and')}` : printCondition(expression);
};

const inParentheses = (expression: Expression, areNeeded: boolean): string => areNeeded ? `(${printFilter(expression)})` : printFilter(expression);

const portNames: Readonly<Record<Endpoint, string>> = {either: 'port', local: 'sport', peer: 'dport'};
const hostNames: Readonly<Record<Endpoint, string>> = {either: 'host', local: 'src', peer: 'dst'};

const printCondition = (condition: Condition): string => {
	switch (condition.kind) {
		case 'word': {
			return printWord(condition.pattern);
		}

		case 'port': {
			const {end, ranges} = condition;
			return `${portNames[end]} ${printRanges(ranges, {from: end === 'either' ? 1 : 0, to: maxPort})}`;
		}

		case 'host': {
			return `${hostNames[condition.end]} ${printValue(formatHost(condition.host))}`;
		}

		case 'named': {
			return `${hostNames[condition.end]} ${printValue(formatNamedHost(condition.host))}`;
		}

		case 'state': {
			return `state ${condition.states.join(',')}`;
		}

		case 'protocol': {
			return condition.protocol;
		}

		case 'family': {
			return condition.family;
		}

		case 'pid': {
			return `pid ${printRanges(condition.ranges, {from: 0, to: maxPid})}`;
		}

		case 'number': {
			const {field, comparison, value} = condition;
			return `${field} ${comparison} ${printNumber(value, unitOf(field))}`;
		}

		case 'mask': {
			return `${condition.field} = 0x${condition.value.toString(16)}/0x${condition.mask.toString(16)}`;
		}

		case 'flag': {
			return condition.flag;
		}

		case 'text': {
			const {field, pattern} = condition;
			const printed = pattern.kind === 'exact' && isChecked(field, pattern.text) ? inQuotes(pattern.text) : printPattern(pattern);
			return `${field} ${pattern.kind === 'exact' ? '=' : '~'} ${printed}`;
		}
	}
};

/**
Whether a text without quotation marks would be read as something other than a text of the field: a number alone, for example, as the index of an interface.
*/
const isChecked = (id: string, text: string): boolean => {
	const field = findField(id);
	return id === 'protocol' || id === 'family' || (id === 'interface' && parseWhole(text) !== undefined)
		|| (field?.kind === 'text' && isRestricted(field) && restrictedText(field, text) !== text);
};

const unitOf = (id: string) => {
	const field = findField(id);
	return field?.kind === 'number' ? field.unit : 'none';
};

const printRanges = (ranges: readonly Range[], {from: min, to: max}: Range): string => {
	const [{from, to}] = ranges;
	if (ranges.length === 1 && from !== to && (from === min) !== (to === max)) {
		return from === min ? `<= ${to}` : `>= ${from}`;
	}

	return ranges.map(range => range.from === range.to ? String(range.from) : `${range.from}-${range.to}`).join(',');
};

const printPattern = ({kind, text}: Pattern): string => {
	switch (kind) {
		case 'exact':
		case 'contains': {
			return printText(text);
		}

		case 'glob': {
			return text;
		}

		case 'regex': {
			return `/${text}/`;
		}
	}
};

/** Writes a value that means exactly this text. */
export const printText = (text: string): string => isGlob(text) ? inQuotes(text) : printValue(text);

/** Writes a word. If it would mean something else, it is quoted, or escaped where quotation marks would change its meaning. */
const printWord = (pattern: Pattern): string => {
	const printed = printPattern(pattern);
	if (printed !== pattern.text || printed.includes('\\') || isRead(pattern)) {
		return printed;
	}

	return pattern.kind === 'glob' ? printed.replace(/[^*?]/v, String.raw`\$&`) : inQuotes(pattern.text);
};

/** Whether a pattern's text, typed alone, parses to this pattern. */
const isRead = ({kind, text}: Pattern): boolean => {
	const read = parseFilter(text);
	return 'expression' in read && read.expression?.kind === 'word' && read.expression.pattern.kind === kind && read.expression.pattern.text === text;
};

const isGlob = (text: string): boolean => /[*?]/v.test(text);

const safe = /^[\p{Letter}\p{Number}#$%*+\-.\/:;@\[\]^_\{\}]+$/v;
const reserved = /^(?:and|or|not)$/iv;

/** Quotes a value if it needs quotation marks. */
const printValue = (text: string): string => safe.test(text) && !text.startsWith('/') && !reserved.test(text) ? text : inQuotes(text);

const inQuotes = (text: string): string => `"${text.replaceAll(/["\\]/gv, String.raw`\$&`)}"`;
