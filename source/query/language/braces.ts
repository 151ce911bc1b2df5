import type {Token} from '../grammar/syntax.js';
import {fail} from './problem.js';

/** No filter needs more, and each pair of braces multiplies the number. */
const maxWords = 100;

const braces = /^(?<before>[^\{]*)\{(?<list>[^\{\}]*)\}(?<after>.*)$/sv;
const numberRange = /^(?<from>\d{1,5})\.\.(?<to>\d{1,5})$/v;

/**
Expands the braces of a value as a shell does: `fin-wait-{1,2}`, `:{80,443}`, `{8000..8003}`. A quoted value, and a value whose braces hold no list, stays as it
is.

@throws FilterError if there are too many words.
*/
export const expandBraces = (token: Token): readonly [Token, ...Token[]] => {
	if (token.form !== 'plain') {
		return [token];
	}

	const words = expand(token.raw);
	return words.length > maxWords
		? fail(`Braces expand to at most ${maxWords} words.`, token)
		: [{...token, raw: words[0]}, ...words.slice(1).map(raw => ({...token, raw}))];
};

/** Returns at least one word; more than `maxWords` if the limit is exceeded. */
const expand = (text: string): readonly string[] => {
	const groups = braces.exec(text)?.groups;
	const list = groups && listOf(groups.list);
	if (groups === undefined || list === undefined) {
		return [text];
	}

	const rest = expand(groups.after);
	return list.slice(0, maxWords + 1).flatMap(word => rest.map(after => groups.before + word + after)).slice(0, maxWords + 1);
};

const listOf = (text: string): readonly string[] | undefined => {
	const groups = numberRange.exec(text)?.groups;
	if (groups === undefined) {
		return text.includes(',') ? text.split(',') : undefined;
	}

	const [from, to] = [Number(groups.from), Number(groups.to)];
	return Array.from({length: Math.min(Math.abs(to - from), maxWords) + 1}, (_, index) => String(from + index * Math.sign(to - from)));
};
