import test from 'ava';
import fc from '../helpers/property.js';
import {
	canonicalIpv6,
	maskAt,
	parseNetmask,
	parsePrefix,
} from '../../source/addresses/prefix.js';

test('the bits that count in each byte', t => {
	t.deepEqual([0, 1, 2, 3].map(index => maskAt(index, 12)), [0xFF, 0xF0, 0, 0]);
	t.deepEqual([0, 1, 2, 3].map(index => maskAt(index, 32)), [0xFF, 0xFF, 0xFF, 0xFF]);
	t.deepEqual([0, 1, 2, 3].map(index => maskAt(index, 0)), [0, 0, 0, 0]);
});

test('short IPv4 is a prefix of whole numbers', t => {
	t.deepEqual(parsePrefix('10'), {family: 2, bytes: [10, 0, 0, 0], length: 8});
	t.deepEqual(parsePrefix('10.1.2'), {family: 2, bytes: [10, 1, 2, 0], length: 24});
	t.deepEqual(parsePrefix('10.255', 9), {family: 2, bytes: [10, 128, 0, 0], length: 9});
	t.deepEqual(parsePrefix('10.1.2.3'), {family: 2, bytes: [10, 1, 2, 3], length: 32});
});

test('what is no address', t => {
	for (const text of ['', '.', '1..2', '256', '1.2.3.4.5', '010.1.1.1', '0x7f', 'nginx', ':', ':::', '1::2::3', 'fe80::1%eth0', '12345::', '1.2.3.4:80']) {
		t.is(parsePrefix(text), undefined, `${text} is none`);
	}
});

test('IPv4 mapped into IPv6 is IPv4', t => {
	t.deepEqual(parsePrefix('::ffff:10.1.2.3'), {family: 2, bytes: [10, 1, 2, 3], length: 32});
	t.deepEqual(parsePrefix('::ffff:10.1.2.3', 112), {family: 2, bytes: [10, 1, 0, 0], length: 16});
	t.is(parsePrefix('::ffff:10.1.2.3', 80)?.family, 10);
});

test('the canonical text of an IPv6 address', t => {
	t.is(canonicalIpv6('2001:DB8:0:0:0:0:0:1'), '2001:db8::1');
	t.is(canonicalIpv6('2001:db8:'), undefined);
	t.is(canonicalIpv6('1.2.3.4'), undefined);
});

const dotted = (bits: number): string => [24, 16, 8, 0].map(shift => (bits >>> shift) & 0xFF).join('.');

test('a netmask has its ones first; its length is how many there are', t => {
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

test('numbers that a netmask leaves out are 0; anything else is no netmask', t => {
	t.deepEqual(['255.0', '255.255.0', '255.255'].map(text => parseNetmask(text)), [{length: 8}, {length: 16}, {length: 16}]);
	t.deepEqual(['', '255', '255.', '.255', '256.0.0.0', '255.0.0.0.0', '0255.0', '255.-1', 'ffff::', '255.0x0'].map(text => parseNetmask(text)), Array.from({length: 10}, () => undefined));
});
