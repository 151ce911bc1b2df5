import test from 'ava';
import fc from '../../helpers/property.js';
import {
	readBandwidth,
	readDuration,
	readNumber,
	readPrefixedHex,
	readWideDecimal,
	readWideHex,
	type Halves,
} from '../../../source/sources/ss/numbers.js';

test('parses numbers as printf prints them', t => {
	t.is(readNumber('x42 ', 1), 42);
	t.is(readNumber('4.825/9.613', 0), 4.825);
	t.is(readNumber('4.825/9.613', 6), 9.613);
	t.is(readNumber('1e+06/2', 0), 1_000_000);
	t.is(readNumber('1.23457e+06', 0), 1_234_570);
	t.is(readNumber('5e ', 0), 5);
	t.is(readNumber('3600000', 0), 3_600_000);
	t.is(readNumber('9007199254740991', 0), Number.MAX_SAFE_INTEGER);
	for (const text of ['', '-1', 'x', ':', '.5']) {
		t.is(readNumber(text, 0), NaN);
	}
});

test('parses any decimal number like JavaScript, except for the last bit', t => {
	fc.assert(fc.property(fc.double({min: 0, max: 1e6, noNaN: true}), number => {
		const text = number.toFixed(3);
		t.true(Math.abs(readNumber(`:${text} `, 1) - Number(text)) <= Number.EPSILON * number);
	}));
});

test('parses exact and rounded bandwidths', t => {
	t.is(readBandwidth('1497102688120bps', 0), 1_497_102_688_120);
	t.is(readBandwidth('1497102.7Mbps', 0), 1_497_102_700_000);
	t.is(readBandwidth('1.5Kbps', 0), 1500);
	t.is(readBandwidth('2.5Gbps/1Tbps', 0), 2_500_000_000);
	t.is(readBandwidth('2.5Gbps/1Tbps', 8), 1e12);
	t.is(readBandwidth('980.2bps', 0), 980.2);
});

const durations = [
	['119min', 7_140_000],
	['1min30sec', 90_000],
	['2min', 120_000],
	['59sec', 59_000],
	['9.373sec', 9373],
	// Before 6.11.
	['9.373ms', 9373],
	['9.050ms', 9050],
	['9sec', 9000],
	['676ms', 676],
	['060ms', 60],
	['', 0],
	['soon', 0],
] as const;

for (const [text, milliseconds] of durations) {
	test(`a timer of "${text}" is ${milliseconds} ms`, t => {
		t.is(readDuration(`(on,${text},0)`, 4), milliseconds);
	});
}

const wide = (halves: Halves | undefined): bigint | undefined => halves && ((BigInt(halves[1]) << 32n) | BigInt(halves[0]));

test('parses 64 bits, hexadecimal and decimal', t => {
	fc.assert(fc.property(fc.bigInt(0n, (1n << 64n) - 1n), number => {
		t.is(wide(readWideHex(`sk:${number.toString(16)} `, 3)), number);
		t.is(wide(readWideDecimal(`seq:${number} `, 4)), number);
	}));
	t.is(readWideHex('sk:', 3), undefined);
	t.is(readWideHex('sk:10000000000000000', 3), undefined);
	t.is(readWideDecimal('seq:x', 4), undefined);
});

test('parses hexadecimal numbers as printf prints them', t => {
	t.is(readPrefixedHex('0x1234 ', 0), 0x12_34);
	t.is(readPrefixedHex('0xffffffff', 0), 0xFF_FF_FF_FF);
	t.is(readPrefixedHex('0', 0), 0);
	t.is(readPrefixedHex('0x', 0), NaN);
	t.is(readPrefixedHex('0x123456789', 0), NaN);
	t.is(readPrefixedHex('x', 0), NaN);
});
