import test from 'ava';
import fc from '../helpers/property.js';
import {
	canonicalIpv6,
	maskAt,
	parseNetmask,
	parsePrefix,
} from '../../source/addresses/prefix.js';

test('masks each byte of a prefix', t => {
	t.deepEqual([0, 1, 2, 3].map(index => maskAt(index, 12)), [0xFF, 0xF0, 0, 0]);
	t.deepEqual([0, 1, 2, 3].map(index => maskAt(index, 32)), [0xFF, 0xFF, 0xFF, 0xFF]);
	t.deepEqual([0, 1, 2, 3].map(index => maskAt(index, 0)), [0, 0, 0, 0]);
});

test('the first numbers of an IPv4 address are a prefix of whole bytes', t => {
	t.deepEqual(parsePrefix('10'), {family: 2, bytes: [10, 0, 0, 0], length: 8});
	t.deepEqual(parsePrefix('10.1.2'), {family: 2, bytes: [10, 1, 2, 0], length: 24});
	t.deepEqual(parsePrefix('10.255', 9), {family: 2, bytes: [10, 128, 0, 0], length: 9});
	t.deepEqual(parsePrefix('10.1.2.3'), {family: 2, bytes: [10, 1, 2, 3], length: 32});
});

test('rejects invalid addresses', t => {
	for (const text of ['', '.', '1..2', '256', '1.2.3.4.5', '010.1.1.1', '0x7f', 'nginx', ':', ':::', '1::2::3', 'fe80::1%eth0', '12345::', '1.2.3.4:80']) {
		t.is(parsePrefix(text), undefined, `"${text}"`);
	}
});

test('an IPv4-mapped prefix is an IPv4 prefix', t => {
	t.deepEqual(parsePrefix('::ffff:10.1.2.3'), {family: 2, bytes: [10, 1, 2, 3], length: 32});
	t.deepEqual(parsePrefix('::ffff:10.1.2.3', 112), {family: 2, bytes: [10, 1, 0, 0], length: 16});
	t.is(parsePrefix('::ffff:10.1.2.3', 80)?.family, 10);
});

test('rewrites an IPv6 address in its canonical form', t => {
	t.is(canonicalIpv6('2001:DB8:0:0:0:0:0:1'), '2001:db8::1');
	t.is(canonicalIpv6('2001:db8:'), undefined);
	t.is(canonicalIpv6('1.2.3.4'), undefined);
});

const dotted = (bits: number): string => [24, 16, 8, 0].map(shift => (bits >>> shift) & 0xFF).join('.');

test('in a netmask, all set bits come first', t => {
	for (let length = 0; length <= 32; length++) {
		const mask = length === 0 ? 0 : (-1 << (32 - length)) >>> 0;
		t.deepEqual(parseNetmask(dotted(mask)), {length});
		t.is(parseNetmask(dotted(~mask))?.length, [0, 32].includes(length) ? 32 - length : undefined);
	}

	fc.assert(fc.property(fc.integer({min: 0, max: 0xFF_FF_FF_FF}), bits => {
		const ones = bits.toString(2).padStart(32, '0');
		t.deepEqual(parseNetmask(dotted(bits)), /^1*0*$/v.test(ones) ? {length: ones.replaceAll('0', '').length} : {length: undefined, isInverted: /^0+1+$/v.test(ones)});
	}));
});

test('missing numbers of a netmask are 0; rejects anything else', t => {
	t.deepEqual(['255.0', '255.255.0', '255.255'].map(text => parseNetmask(text)), [{length: 8}, {length: 16}, {length: 16}]);
	t.deepEqual(['', '255', '255.', '.255', '256.0.0.0', '255.0.0.0.0', '0255.0', '255.-1', 'ffff::', '255.0x0'].map(text => parseNetmask(text)), Array.from({length: 10}, () => undefined));
});
