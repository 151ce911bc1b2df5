import test from 'ava';
import fc from '../../../helpers/property.js';
import type {NumberUnit} from '../../../../source/fields/model/field.js';
import {exampleOf, parseNumber, printNumber} from '../../../../source/query/language/values/numbers.js';

const units: readonly NumberUnit[] = ['none', 'count', 'segments', 'bytes', 'bytesPerSecond', 'milliseconds', 'age'];

const reads = test.macro((t, unit: NumberUnit, text: string, expected: number | undefined) => {
	t.is(parseNumber(text, unit), expected);
});

for (const [unit, text, expected] of [
	['none', '1000', 1000],
	['none', '-1', undefined],
	['none', '1e3', undefined],
	['count', '10k', 10_000],
	['segments', '1.5M', 1_500_000],
	['bytes', '64k', 65_536],
	['bytes', '1MiB', 1_048_576],
	['bytes', 'many', undefined],
	['bytesPerSecond', '1MB/s', 1_048_576],
	['bytesPerSecond', '512', 512],
	['bytesPerSecond', '10Mbit/s', 1_250_000],
	['bytesPerSecond', '8kbps', 1000],
	['bytesPerSecond', '16bps', 2],
	['milliseconds', '50', 50],
	['milliseconds', '50ms', 50],
	['milliseconds', '200us', 0.2],
	['milliseconds', '2s', 2000],
	['age', '10', 10_000],
	['age', '5m', 300_000],
	['age', '1h30m', 5_400_000],
	['age', '.5', 500],
	['age', 'old', undefined],
	['count', '9'.repeat(20), undefined],
] as const) {
	test(`${text} as ${unit}`, reads, unit, text, expected);
}

test('a printed number parses to the same number', t => {
	const values = fc.oneof(fc.nat(), fc.nat(1_000_000).map(value => value * 1024), fc.nat(100_000).map(value => value * 60_000), fc.double({min: 1e-9, max: 1e12, noNaN: true}));
	fc.assert(fc.property(values, fc.constantFrom(...units), (value, unit) => {
		t.is(parseNumber(printNumber(value, unit), unit), value);
	}));
});

test('numbers are printed in the largest unit that they are a multiple of', t => {
	t.is(printNumber(65_536, 'bytes'), '64k');
	t.is(printNumber(65_537, 'bytes'), '65537');
	t.is(printNumber(90_000, 'age'), '90s');
	t.is(printNumber(7_200_000, 'age'), '2h');
	t.is(printNumber(0, 'age'), '0ms');
	t.is(printNumber(0.0000001, 'milliseconds'), '0.0000001ms');
});

test('examples are numbers of their units', t => {
	t.true(units.every(unit => parseNumber(exampleOf(unit).split(' ', 2)[1], unit) !== undefined));
});
