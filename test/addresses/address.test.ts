import net from 'node:net';
import test from 'ava';
import ipaddr from 'ipaddr.js';
import fc from '../helpers/property.js';
import {Family} from '../../source/addresses/family.js';
import {
	formatAddress,
	formatEndpoint,
	parseAddress,
	shortenEndpoint,
} from '../../source/addresses/address.js';
import {textWidth} from '../../source/text/width.js';

const toBytes = (...groups: number[]): Uint8Array => new Uint8Array(groups.flatMap(group => [group >> 8, group & 0xFF]));

const ipv6Bytes = fc.oneof(
	fc.uint8Array({minLength: 16, maxLength: 16}),
	// Many zeroes: runs of them are the difficult part.
	fc.array(fc.constantFrom(0, 0, 1, 0x10, 0xFF_FF), {minLength: 8, maxLength: 8}).map(groups => toBytes(...groups)),
);

test('formats IPv4', t => {
	t.is(formatAddress(new Uint8Array([9, 127, 0, 0, 255]), 1, Family.inet), '127.0.0.255');
});

const ipv6: ReadonlyArray<readonly [Uint8Array, string]> = [
	[toBytes(0, 0, 0, 0, 0, 0, 0, 0), '::'],
	[toBytes(0, 0, 0, 0, 0, 0, 0, 1), '::1'],
	[toBytes(1, 0, 0, 0, 0, 0, 0, 0), '1::'],
	[toBytes(0x20_01, 0xD_B8, 0, 0, 1, 0, 0, 1), '2001:db8::1:0:0:1'],
	[toBytes(0x20_01, 0xD_B8, 0, 1, 1, 1, 1, 1), '2001:db8:0:1:1:1:1:1'],
	[toBytes(1, 0, 0, 2, 0, 0, 0, 3), '1:0:0:2::3'],
	[toBytes(0, 0, 0, 0, 0, 0xFF_FF, 0x7F_00, 1), '::ffff:127.0.0.1'],
	[toBytes(0, 0, 0, 0, 0, 0, 0x7F_00, 1), '::7f00:1'],
	[toBytes(0xFE_80, 0, 0, 0, 0xA_BC, 0xDE_F0, 1, 2), 'fe80::abc:def0:1:2'],
];

for (const [bytes, text] of ipv6) {
	test(`formats and parses ${text}`, t => {
		t.is(formatAddress(bytes, 0, Family.inet6), text);
		const parsed = new Uint8Array(18).fill(0xEE);
		t.is(parseAddress(text, parsed, 1), Family.inet6);
		t.deepEqual(parsed, new Uint8Array([0xEE, ...bytes, 0xEE]));
	});
}

test('parses what it formats', t => {
	const ipv4Bytes = fc.uint8Array({minLength: 4, maxLength: 4});
	fc.assert(fc.property(fc.oneof(ipv4Bytes, ipv6Bytes), bytes => {
		const family = bytes.length === 4 ? Family.inet : Family.inet6;
		const parsed = new Uint8Array(bytes.length);
		t.is(parseAddress(formatAddress(bytes, 0, family), parsed, 0), family);
		t.deepEqual(parsed, bytes);
	}));
});

test('formats as ipaddr.js does', t => {
	fc.assert(fc.property(ipv6Bytes, bytes => {
		const address = new ipaddr.IPv6([...bytes]);
		t.is(formatAddress(bytes, 0, Family.inet6), address.isIPv4MappedAddress() ? `::ffff:${address.toIPv4Address().toString()}` : address.toRFC5952String());
	}));
});

/** The form of an address in URLs. */
const canonical = (text: string): string => new URL(text.includes(':') ? `http://[${text}]` : `http://${text}`).hostname;

test('parses exactly what net.isIP accepts', t => {
	const nearAddress = fc.oneof(
		fc.ipV4(),
		fc.ipV6(),
		fc.ipV4Extended(),
		fc.string({
			unit: fc.constantFrom('0', '1', '9', 'a', 'f', 'F', 'g', ':', '::', '.', '255', '256', '1.2.3.4', '-', '/', ' ', '%', '[', '１'), maxLength: 20,
		}),
	);
	fc.assert(fc.property(nearAddress, text => {
		const bytes = new Uint8Array(16);
		const family = parseAddress(text, bytes, 0);
		// A zone belongs to a socket, not to an address.
		const expected = text.includes('%') ? 0 : net.isIP(text);
		t.is(family, expected === 4 ? Family.inet : (expected === 6 ? Family.inet6 : undefined), text);
		if (family === undefined) {
			t.deepEqual(bytes, new Uint8Array(16));
		} else {
			t.is(canonical(formatAddress(bytes, 0, family)), canonical(text));
		}
	}), {numRuns: 2000});
});

test('formats endpoints as ss does', t => {
	t.is(formatEndpoint('127.0.0.1', 80), '127.0.0.1:80');
	t.is(formatEndpoint('::1', 80), '[::1]:80');
	t.is(formatEndpoint('fe80::1', 80, 'eth0'), '[fe80::1]%eth0:80');
	t.is(formatEndpoint('0.0.0.0', 7004, 'lo'), '0.0.0.0%lo:7004');
	t.is(formatEndpoint('0.0.0.0', 0), '0.0.0.0:*');
	t.is(formatEndpoint('::', 0), '[::]:*');
});

test('shortens the address of an endpoint, not its port', t => {
	const endpoint = '[2001:db8:85a3::8a2e:370:7334]:44321';
	t.is(shortenEndpoint(endpoint, 36), endpoint);
	t.is(shortenEndpoint(endpoint, 20), '[2001:d…:7334]:44321');
	t.is(shortenEndpoint(endpoint, 7), '…:44321');
	t.is(shortenEndpoint(endpoint, 6), '[2001…');
	t.is(shortenEndpoint(endpoint, 0), '');
});

test('keeps the end of an IPv4-mapped address', t => {
	const endpoint = '[::ffff:192.0.2.10]:8080';
	const shortened = [24, 23, 16, 15, 9, 6, 5].map(width => shortenEndpoint(endpoint, width));
	t.deepEqual(shortened, [endpoint, '…192.0.2.10:8080', '…192.0.2.10:8080', '…92.0.2.10:8080', '….10:8080', '…:8080', '[::f…']);
	t.is(shortenEndpoint('[::ffff:192.0.2.10]%eth0:8080', 22), '…192.0.2.10%eth0:8080');
});

test('a shortened endpoint fits, contains an ellipsis, and keeps its port', t => {
	const endpoint = fc.tuple(fc.oneof(fc.ipV4(), fc.ipV6(), fc.ipV4().map(ipv4 => `::ffff:${ipv4}`)), fc.nat({max: 65_535}), fc.option(fc.constantFrom('eth0', 'lo'), {nil: undefined}));
	fc.assert(fc.property(endpoint, fc.nat({max: 60}), ([address, port, interfaceName], width) => {
		const text = formatEndpoint(address, port, interfaceName);
		const end = text.slice(text.lastIndexOf(':'));
		const shortened = shortenEndpoint(text, width);
		t.true(textWidth(shortened) <= width);
		t.true(shortened === text || shortened.includes('…') || width === 0);
		t.true(shortened.endsWith(end) || width <= end.length);
	}));
});
