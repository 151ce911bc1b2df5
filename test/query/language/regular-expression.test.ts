import test from 'ava';
import fc from '../../helpers/property.js';
import {compileRegularExpression, parseRegularExpression} from '../../../source/query/language/regular-expression.js';

const compile = (source: string) => compileRegularExpression(parseRegularExpression(source, 0));

const atoms = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '[a-c]', String.raw`\w`, String.raw`\D`, String.raw`[\s\d]`, '^', '$', 'A', String.raw`\.`);

/** Expressions that JavaScript interprets in the same way. */
const sources = fc.letrec<{source: string; item: string}>(tie => ({
	source: fc.oneof(
		{maxDepth: 3, depthIdentifier: 'source'},
		fc.array(tie('item'), {maxLength: 4}).map(items => items.join('')),
		fc.tuple(tie('source'), tie('source')).map(([a, b]) => `${a}|${b}`),
	),
	item: fc.oneof(
		{maxDepth: 3, depthIdentifier: 'source'},
		atoms,
		fc.tuple(atoms, fc.constantFrom('*', '+', '?', '{2}', '{1,}', '{0,2}', '*?', '{1,2}?')).map(([atom, times]) => atom === '^' || atom === '$' ? atom : atom + times),
		fc.tuple(tie('source'), fc.constantFrom('', '*', '+', '?', '{2}', '{1,3}')).map(([source, times]) => `(${source})${times}`),
		tie('source').map(source => `(?:${source})`),
	),
})).source;

test('matches what JavaScript matches', t => {
	fc.assert(fc.property(sources, fc.array(fc.string({unit: fc.constantFrom('a', 'b', 'c', '1', ' ', '.', '\n'), maxLength: 8}), {maxLength: 5}), (source, texts) => {
		// eslint-disable-next-line require-unicode-regexp -- Some of the sources are not valid with the flag.
		const expected = new RegExp(source, 'is');
		const matches = compile(source);
		for (const text of texts) {
			t.is(matches(text), expected.test(text), `${source} in ${text}`);
		}
	}), {numRuns: 2000});
});

test('takes one pass over the text where backtracking takes exponential time', t => {
	const text = 'a'.repeat(2000);
	t.false(compile('(a+)+$')(`${text}b`));
	t.false(compile('(a|a)*b')(text));
	t.false(compile('(a|aa)+$')(`${text}b`));
	t.false(compile('a*a*a*a*a*b')(text));
	t.false(compile(`${'a?'.repeat(30)}${'a'.repeat(30)}b`)(text));
	t.true(compile('(x+x+)+y')(`${'x'.repeat(2000)}y`));
});

test('the cache of node sets is bounded', t => {
	const matches = compile('a.{12}b');
	const text = Array.from({length: 20_000}, (_, index) => ((index * index) >> 3) % 3 === 0 ? 'a' : 'c').join('');
	t.false(matches(text));
	t.true(matches(`${text}a${'c'.repeat(12)}b`));
	t.is(matches(text), /a.{12}b/v.test(text));
});

test('letters match in both cases', t => {
	t.true(compile('[A-C]+X')('abcx'));
	t.false(compile('[^A]')('a'));
	t.true(compile('Ü')('ü'));
});

test('positions of problems are relative to the start of the filter', t => {
	const error = t.throws(() => parseRegularExpression('ab(', 10));
	t.like(error, {problem: {start: 12, end: 13}});
});
