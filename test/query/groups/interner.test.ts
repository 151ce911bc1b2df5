import test from 'ava';
import {createInterner, roots} from '../../../source/query/groups/interner.js';
import fc from '../../helpers/property.js';

const word = fc.oneof(fc.nat(7), fc.integer({min: 0, max: 0xFF_FF_FF_FF}));

test('the same sequence has the same number, different sequences have different ones', t => {
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

test('a group within another has its own number, which leads to the outer group', t => {
	fc.assert(fc.property(word, word, (first, second) => {
		const {intern, nest, outerOf} = createInterner();
		const outer = intern(1, first);
		const inner = intern(2, second);
		const number = nest(outer, inner);
		t.not(number, intern(outer, inner));
		t.is(nest(outer, inner), number);
		t.is(outerOf(number), outer);
	}));
});

test('a group has one number within each outer group, whatever was requested last', t => {
	fc.assert(fc.property(fc.array(fc.tuple(fc.nat(3), fc.nat(3000)), {maxLength: 100}), asked => {
		const {intern, nest, outerOf} = createInterner();
		const numbers = new Map<string, number>();
		for (const [first, second] of [...asked, ...asked]) {
			const [outer, inner] = [intern(1, first), intern(2, second)];
			const number = nest(outer, inner);
			t.is(numbers.get(`${outer} ${inner}`) ?? number, number);
			t.is(outerOf(number), outer);
			numbers.set(`${outer} ${inner}`, number);
		}

		t.is(new Set(numbers.values()).size, numbers.size);
	}));
});

test('numbers stay while the columns grow', t => {
	const {intern} = createInterner();
	const numbers = Array.from({length: 5000}, (_, index) => intern(index % 3, index));
	t.is(new Set(numbers).size, 5000);
	t.deepEqual(numbers.map((_, index) => intern(index % 3, index)), numbers);
});
