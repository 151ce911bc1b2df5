import type {Token} from '../grammar/syntax.js';
import {fail} from './problem.js';

/** A filter has no use for more, and each pair of braces multiplies them. */
const mostWords = 100;

const braces = /^(?<before>[^\{]*)\{(?<list>[^\{\}]*)\}(?<after>.*)$/sv;
const numberRange = /^(?<from>\d{1,5})\.\.(?<to>\d{1,5})$/v;

/**
The words that a value with braces stands for, as a shell would expand them: `fin-wait-{1,2}`, `:{80,443}`, `{8000..8003}`. A value in quotation marks, and
one whose braces hold no list, stands for itself.

@throws FilterError where there would be too many.
*/
export const expandBraces = (token: Token): readonly [Token, ...Token[]] => {
	if (token.form !== 'plain') {
		return [token];
	}

	const words = expand(token.raw);
	return words.length > mostWords
		? fail(`Braces stand for at most ${mostWords} words.`, token)
		: [{...token, raw: words[0]}, ...words.slice(1).map(raw => ({...token, raw}))];
};

/** At least one; more than `mostWords` where the limit is passed. */
const expand = (text: string): readonly string[] => {
	const groups = braces.exec(text)?.groups;
	const list = groups && listOf(groups.list);
	if (groups === undefined || list === undefined) {
		return [text];
	}

	const rest = expand(groups.after);
	return list.slice(0, mostWords + 1).flatMap(word => rest.map(after => groups.before + word + after)).slice(0, mostWords + 1);
};

const listOf = (text: string): readonly string[] | undefined => {
	const groups = numberRange.exec(text)?.groups;
	if (groups === undefined) {
		return text.includes(',') ? text.split(',') : undefined;
	}

	const [from, to] = [Number(groups.from), Number(groups.to)];
	return Array.from({length: Math.min(Math.abs(to - from), mostWords) + 1}, (_, index) => String(from + index * Math.sign(to - from)));
};
