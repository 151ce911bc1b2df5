import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from '../../helpers/property.js';
import {createTexts} from '../../../source/table/columns/texts.js';

test('a text has one number, as a string or as bytes; the empty text is 0', t => {
	const texts = createTexts();
	const number = texts.intern('/run/a');
	t.true(number > 0);
	t.is(texts.of(number), '/run/a');
	const bytes = Buffer.from('xx/run/ayy');
	t.is(texts.internBytes(bytes, 2, 8), number);
	t.not(texts.internBytes(bytes, 2, 9), number);
	t.is(texts.intern(''), 0);
	t.is(texts.of(0), '');
	t.is(texts.of(12_345), '');
	t.is(texts.size, 2);
});

test('bytes that are not UTF-8 become well-formed text, and different bytes stay different texts', t => {
	const texts = createTexts();
	const first = texts.internBytes(Uint8Array.of(0x2F, 0xFF), 0, 2);
	const second = texts.internBytes(Uint8Array.of(0x2F, 0xFE), 0, 2);
	t.not(first, second);
	t.true(texts.of(first).isWellFormed());
	t.is(texts.of(first), '/\u{FFFD}');
});

test('texts in use stay, the others are freed and their numbers reused', t => {
	const texts = createTexts();
	const kept = texts.intern('kept');
	for (let round = 0; round < 20; round++) {
		for (let index = 0; index < 1000; index++) {
			texts.intern(`text ${round} ${index}`);
		}

		texts.tidy(() => [kept]);
	}

	t.is(texts.of(kept), 'kept');
	t.is(texts.intern('kept'), kept);
	t.true(texts.size < 10_000);
	t.true(texts.intern('another') < 20_000);
});

test('tidy does nothing while few texts are new', t => {
	const texts = createTexts();
	texts.intern('a');
	let looks = 0;
	texts.tidy(() => {
		looks++;
		return [];
	});
	t.is(looks, 0);
});

test('numbers and texts map one to one', t => {
	fc.assert(fc.property(fc.array(fc.string({unit: 'binary'})), list => {
		const texts = createTexts();
		const numbers = list.map(text => texts.intern(text));
		for (const [index, number] of numbers.entries()) {
			t.is(texts.of(number), list[index].toWellFormed());
			t.is(texts.intern(list[index]), number);
		}
	}));
});
