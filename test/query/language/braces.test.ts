import test from 'ava';
import fc from '../../helpers/property.js';
import {expandBraces} from '../../../source/query/language/braces.js';
import {FilterError} from '../../../source/query/language/problem.js';
import type {Token} from '../../../source/query/grammar/syntax.js';

const plain = (raw: string): Token => ({
	form: 'plain', raw, start: 3, end: 3 + raw.length,
});

const expand = (raw: string): readonly string[] => expandBraces(plain(raw)).map(token => token.raw);

test('braces with commas and ranges of numbers expand to several words, as in a shell', t => {
	t.deepEqual(expand('fin-wait-{1,2}'), ['fin-wait-1', 'fin-wait-2']);
	t.deepEqual(expand(':{80,443}'), [':80', ':443']);
	t.deepEqual(expand('{a,b}{c,d}e'), ['ace', 'ade', 'bce', 'bde']);
	t.deepEqual(expand('{,x}'), ['', 'x']);
	t.deepEqual(expand('808{0..3}'), ['8080', '8081', '8082', '8083']);
	t.deepEqual(expand('{3..1}'), ['3', '2', '1']);
});

test('other braces stay as they are', t => {
	for (const raw of ['', 'a', '{}', '{a}', 'a{', '}b', '{a..b}', '{1..}']) {
		t.deepEqual(expand(raw), [raw]);
	}
});

test('quoted texts and regular expressions are not expanded', t => {
	for (const form of ['quoted', 'regex'] as const) {
		t.deepEqual(expandBraces({...plain('{a,b}'), form}).map(token => token.raw), ['{a,b}']);
	}
});

/** Number of words that a text expands to; 0 if it is rejected. */
const lengthOf = (text: string): number => {
	try {
		return expand(text).length;
	} catch (error) {
		if (error instanceof FilterError) {
			return 0;
		}

		throw error;
	}
};

test('the number of words is bounded', t => {
	for (const raw of ['{a,b}'.repeat(7), '{1..65535}', '{1..60}{1..60}{1..60}']) {
		t.throws(() => expandBraces(plain(raw)), {instanceOf: FilterError, message: 'Braces expand to at most 100 words.'}, `for ${raw}`);
	}

	fc.assert(fc.property(fc.array(fc.constantFrom('{', '}', ',', 'a', '1..9', '{a,b}', '{1..99999}')), parts => {
		t.true(lengthOf(parts.join('')) <= 100);
	}));
});
