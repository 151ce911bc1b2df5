import test from 'ava';
import fc from '../../helpers/property.js';
import {
	canonicalIpv6,
	formatHost,
	maskAt,
	parsePrefix,
	splitHost,
} from '../../../source/query/language/host.js';

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

test('hosts are taken apart', t => {
	t.deepEqual(splitHost('[::1]%lo/64:80'), {
		address: '::1', zone: 'lo', length: 64, port: '80',
	});
	t.deepEqual(splitHost('*'), {
		address: '*', zone: undefined, length: undefined, port: undefined,
	});
	t.is(splitHost('[::1'), undefined);
	t.is(splitHost('a:b:c/x'), undefined);
	t.is(splitHost(':'.repeat(101)), undefined);
});

test('the canonical text of an IPv6 address', t => {
	t.is(canonicalIpv6('2001:DB8:0:0:0:0:0:1'), '2001:db8::1');
	t.is(canonicalIpv6('2001:db8:'), undefined);
	t.is(canonicalIpv6('1.2.3.4'), undefined);
});

test('a host that is written is taken apart into the same', t => {
	const addresses = fc.oneof(fc.tuple(fc.ipV4(), fc.nat(32)), fc.tuple(fc.ipV6(), fc.nat(128)));
	fc.assert(fc.property(addresses, fc.option(fc.nat(65_535), {nil: undefined}), ([address, length], port) => {
		const prefix = parsePrefix(address, length);
		const parts = splitHost(formatHost({...(prefix && {prefix}), ...(port !== undefined && {port})}));
		t.deepEqual(parts && parsePrefix(parts.address, parts.length), prefix);
		t.is(parts?.port, port?.toString());
	}));
});
