import test from 'ava';
import {createInterner, nested, roots} from '../../source/query/interner.js';
import fc from '../helpers/property.js';

const word = fc.oneof(fc.nat(7), fc.integer({min: 0, max: 0xFF_FF_FF_FF}));

test('the same sequence has the same number, another one another', t => {
	fc.assert(fc.property(fc.array(fc.tuple(fc.nat(roots - 1), fc.array(word, {minLength: 1, maxLength: 3})), {maxLength: 60}), sequences => {
		const interner = createInterner();
		const numbers = new Map<string, number>();
		const texts = new Map<number, string>();
		for (const [root, words] of [...sequences, ...sequences]) {
			const text = [root, ...words].join(' ');
			const number = interner.internAll(root, words);
			t.is(numbers.get(text) ?? number, number);
			t.is(texts.get(number) ?? text, text);
			t.true(number >= roots && number < interner.size);
			numbers.set(text, number);
			texts.set(number, text);
		}
	}));
});

test('a pair with a nested number is another one, and tells that number', t => {
	fc.assert(fc.property(word, word, (first, second) => {
		const {intern, outerOf} = createInterner();
		const outer = intern(1, first);
		const plain = intern(outer, second);
		const pair = intern(nested(outer), second);
		t.not(pair, plain);
		t.is(intern(nested(outer), second), pair);
		t.is(outerOf(pair), outer);
	}));
});

test('as many as there are keep their numbers while the columns grow', t => {
	const {intern} = createInterner();
	const numbers = Array.from({length: 5000}, (_, index) => intern(index % 3, index));
	t.is(new Set(numbers).size, 5000);
	t.deepEqual(numbers.map((_, index) => intern(index % 3, index)), numbers);
});
