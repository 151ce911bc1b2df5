import test from 'ava';
import fc from '../../helpers/property.js';
import type {FieldValue} from '../../../source/fields/model/field.js';
import {formatValue, jsonValue} from '../../../source/fields/model/format.js';
import {fields, findField} from '../../../source/fields/registry.js';
import {isPrintableAscii} from '../../../source/text/escape.js';

const format = (id: string, value: FieldValue | undefined): string | undefined => {
	const field = findField(id);
	return field && formatValue(field, value);
};

const json = (id: string, value: FieldValue | undefined): unknown => {
	const field = findField(id);
	return field && jsonValue(field, value);
};

test('each unit has its format', t => {
	t.is(format('uid', 1_000_000), '1000000');
	t.is(format('drops', 1_200_000), '1.2M');
	t.is(format('segmentsIn', 1_200_000), '1.2M');
	t.is(format('bytesSent', 1536), '1.5K');
	t.is(format('rxRate', 0.5), '1');
	t.is(format('rtt', 0.42), '0.42');
	t.is(format('age', 42_000), '42s');
	t.is(format('age', {atLeast: 42_000}), '42s+');
});

test('absent numbers are shown as a hyphen, absent texts as nothing', t => {
	t.is(format('rtt', undefined), '-');
	t.is(format('user', undefined), '');
	t.is(format('processes', undefined), '');
});

test('foreign strings are escaped', t => {
	t.is(format('user', 'a\u{1B}[31m'), String.raw`a\x1b[31m`);
	t.is(format('processes', [{pid: 1, name: 'a\nb'}]), String.raw`a\nb/1`);
});

const owner = fc.record({pid: fc.nat(), name: fc.string({unit: 'binary-ascii'})});
const anyValue: fc.Arbitrary<FieldValue | undefined> = fc.oneof(
	fc.constant(undefined),
	fc.double(),
	fc.string({unit: 'binary-ascii'}),
	fc.array(owner),
	fc.record({atLeast: fc.double()}),
);

test('no field produces a value that is unsafe for a terminal', t => {
	fc.assert(fc.property(fc.constantFrom(...fields), anyValue, (field, value) => {
		t.true(isPrintableAscii(formatValue(field, value)));
	}));
});

test('JSON has numbers, texts and processes unchanged', t => {
	t.is(json('rtt', 0.032), 0.032);
	t.is(json('rxRate', 1234.5677490234375), 1235);
	t.is(json('user', 'a\u{1B}b'), 'a\u{1B}b');
	t.deepEqual(json('processes', [{pid: 1, name: 'a\nb', fd: 3}, {pid: 2, name: 'c'}]), [{pid: 1, name: 'a\nb', fd: 3}, {pid: 2, name: 'c'}]);
});

test('JSON omits what is not known', t => {
	for (const value of [undefined, NaN, Infinity, {atLeast: 5}]) {
		t.is(json('age', value), undefined);
	}
});

test('JSON is well-formed', t => {
	t.is(json('user', 'a\u{D800}'), 'a\u{FFFD}');
	t.deepEqual(json('processes', [{pid: 1, name: '\u{DC00}'}]), [{pid: 1, name: '\u{FFFD}'}]);
});
