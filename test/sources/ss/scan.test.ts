import test from 'ava';
import fc from '../../helpers/property.js';
import {
	didReadHex,
	readBandwidth,
	readDuration,
	readNumber,
} from '../../../source/sources/ss/scan.js';

test('reads numbers as printf writes them', t => {
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

test('reads any decimal number as JavaScript does, to the last bit but one', t => {
	fc.assert(fc.property(fc.double({min: 0, max: 1e6, noNaN: true}), number => {
		const text = number.toFixed(3);
		t.true(Math.abs(readNumber(`:${text} `, 1) - Number(text)) <= Number.EPSILON * number);
	}));
});

test('reads exact and rounded bandwidths', t => {
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

test('reads 64 hexadecimal bits', t => {
	const halves = new Uint32Array(2);
	fc.assert(fc.property(fc.bigInt(0n, (1n << 64n) - 1n), number => {
		t.true(didReadHex(`sk:${number.toString(16)} `, 3, halves));
		t.is((BigInt(halves[1]) << 32n) | BigInt(halves[0]), number);
	}));
	t.false(didReadHex('sk:', 3, halves));
	t.false(didReadHex('sk:10000000000000000', 3, halves));
});
