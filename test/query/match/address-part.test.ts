import test from 'ava';
import fc from '../../helpers/property.js';
import {memoizeAddresses} from '../../../source/query/match/address-memo.js';
import {compileAddressPart, isInIpv4} from '../../../source/query/match/address-part.js';
import {Family} from '../../../source/addresses/family.js';
import {formatAddress} from '../../../source/addresses/address.js';

const octets = fc.constantFrom(0, 1, 2, 10, 12, 21, 100, 121, 192, 212, 255);

const ipv4 = fc.array(octets, {minLength: 4, maxLength: 4}).map(bytes => ({family: Family.inet, bytes: [...bytes, ...Array.from({length: 12}, () => 0)]}));
const mapped = ipv4.map(({bytes}) => ({family: Family.inet6, bytes: [...Array.from({length: 10}, () => 0), 0xFF, 0xFF, ...bytes.slice(0, 4)]}));
const ipv6 = fc.array(octets, {minLength: 16, maxLength: 16}).map(bytes => ({family: Family.inet6, bytes}));
const addresses = fc.oneof(ipv4, mapped, ipv6);

const parts = fc.oneof(
	fc.string({unit: fc.constantFrom('.', '.', '0', '1', '2', '5'), maxLength: 7}),
	fc.string({unit: fc.constantFrom('.', ':', '0', '1', 'f'), maxLength: 5}),
);

/** Tests an address for a part; its text is used if the bytes cannot decide. */
const isFound = ({family, bytes}: {readonly family: number; readonly bytes: readonly number[]}, part: string, hasText: (text: string) => boolean): boolean => {
	// The address is in the second slot; the first has another one.
	const column = Uint8Array.from([...Array.from({length: 16}, () => 9), ...bytes]);
	const {octets: automaton, isInIpv6} = compileAddressPart(part);
	return family === Family.inet
		? isInIpv4(automaton, column, 16)
		: isInIpv6(column, 1, slot => hasText(formatAddress(column, slot * 16, family)));
};

test('a part matches the bytes exactly if it is in the text', t => {
	fc.assert(fc.property(addresses, parts, (address, part) => {
		const text = formatAddress(Uint8Array.from(address.bytes), 0, address.family);
		t.is(isFound(address, part, written => written.includes(part)), text.includes(part), `${part} in ${text}`);
	}), {numRuns: 3000});
});

test('IPv4 never needs the text', t => {
	fc.assert(fc.property(fc.oneof(ipv4, mapped), fc.string({unit: fc.constantFrom('.', '1', '2'), minLength: 1}), (address, part) => {
		t.notThrows(() => isFound(address, part, () => {
			throw new Error('The text was asked.');
		}));
	}));
});

test('each distinct address is tested once', t => {
	fc.assert(fc.property(fc.array(addresses, {maxLength: 50}), fc.nat(2000), (list, repeats) => {
		const all = Array.from({length: list.length === 0 ? 0 : repeats}, (_, index) => list[(index * 7) % list.length]);
		const column = Uint8Array.from(all.flatMap(({bytes}) => bytes));
		const families = Uint8Array.from(all.map(({family}) => family));
		const asked: string[] = [];
		const isWanted = memoizeAddresses(column, families, (bytes, offset, family) => {
			const text = `${family} ${formatAddress(bytes, offset, family)}`;
			asked.push(text);
			return text.includes('12');
		});
		const expected = all.map(({bytes, family}) => `${family} ${formatAddress(Uint8Array.from(bytes), 0, family)}`);
		t.deepEqual(all.map((_, slot) => isWanted(slot)), expected.map(text => text.includes('12')));
		t.is(asked.length, new Set(expected).size);
	}), {numRuns: 50});
});

test('the hash table grows', t => {
	const count = 3000;
	const column = new Uint8Array(count * 16);
	for (let slot = 0; slot < count; slot++) {
		column.set([10, slot >> 8, slot & 0xFF, 1], slot * 16);
	}

	let asked = 0;
	const isWanted = memoizeAddresses(column, new Uint8Array(count).fill(Family.inet), (bytes, offset) => {
		asked++;
		return bytes[offset + 2] % 2 === 0;
	});
	const slots = Array.from({length: count * 2}, (_, index) => index % count);
	t.true(slots.every(slot => isWanted(slot) === (slot % 2 === 0)));

	t.is(asked, count);
});
