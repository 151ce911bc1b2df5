import test from 'ava';
import fc from '../helpers/property.js';
import {
	formatBytes,
	formatCount,
	formatRate,
	formatRateWithUnit,
	parseSize,
} from '../../source/text/units.js';

const amount = fc.oneof(
	fc.double({min: 0, max: 2 ** 64, noNaN: true}),
	fc.nat().map(value => value),
	// Close to where the next letter begins.
	fc.tuple(fc.nat({max: 6}), fc.integer({min: -2000, max: 2000})).map(([power, offset]) => Math.max(0, 1024 ** power + offset)),
	fc.tuple(fc.nat({max: 6}), fc.double({min: 0.99, max: 1.01, noNaN: true})).map(([power, factor]) => 1000 * (1024 ** power) * factor),
);

test('writes bytes', t => {
	const written = [0, 1, 1023, 1024, 1536, 12_595, 126_362, 1_023_897, 1_023_999, 1_048_576, 2 ** 30, 2 ** 40, 2 ** 64].map(value => formatBytes(value));
	t.deepEqual(written, ['0', '1', '1023', '1.0K', '1.5K', '12.3K', '123.4K', '999.9K', '1.0M', '1.0M', '1.0G', '1.0T', '16.0E']);
});

test('writes rates', t => {
	t.deepEqual([0, 0.2, 1.9, 2048].map(value => formatRate(value)), ['0', '1', '1', '2.0K']);
	t.deepEqual([0, 512, 1536].map(value => formatRateWithUnit(value)), ['0B/s', '512B/s', '1.5KB/s']);
});

test('writes counts', t => {
	t.deepEqual([0, 999_999, 1_000_000, 1_234_567, 4_294_967_295].map(value => formatCount(value)), ['0', '999999', '1.0M', '1.2M', '4.3G']);
});

/** Parses a text with powers of 1000. */
const readCount = (text: string): number => Number(text.replace(/\p{Uppercase_Letter}/v, '')) * (1000 ** ['', 'K', 'M', 'G', 'T', 'P', 'E'].indexOf(/\p{Uppercase_Letter}/v.exec(text)?.[0] ?? ''));

test('takes at most six columns, and texts never decrease while values grow', t => {
	fc.assert(fc.property(amount, amount, (a, b) => {
		const [small, large] = a < b ? [a, b] : [b, a];
		for (const format of [formatBytes, formatRate]) {
			t.true(format(large).length <= 6);
			t.true((parseSize(format(small)) ?? NaN) <= (parseSize(format(large)) ?? NaN));
		}

		t.true(formatCount(large).length <= 6);
		t.true(readCount(formatCount(small)) <= readCount(formatCount(large)));
	}));
});

test('writes bytes with an error of at most 5 %', t => {
	fc.assert(fc.property(amount, bytes => {
		const read = parseSize(formatBytes(bytes)) ?? NaN;
		t.true(Math.abs(read - bytes) <= Math.max(1, bytes / 20));
	}));
});

test('parses sizes', t => {
	const read = ['0', '512', '64k', '64K', '64KiB', '1.5MB', '1MiB/s', '10g/s', '.5k', '2.', '1b', '3T', '1p', '1E'].map(text => parseSize(text));
	t.deepEqual(read, [0, 512, 65_536, 65_536, 65_536, 1_572_864, 1_048_576, 10 * 2 ** 30, 512, 2, 1, 3 * 2 ** 40, 2 ** 50, 2 ** 60]);
});

test('rejects invalid sizes', t => {
	for (const text of ['', 'k', '.', '-1', '1e3', '1ib', '1 k', '1kk', '1.2.3', '64k/', '64k/m', '0x10', '１', '1\u{212A}', '9'.repeat(400)]) {
		t.is(parseSize(text), undefined, `'${text}'`);
	}
});
