import test from 'ava';
import fc from '../helpers/property.js';
import {parseProcessStat} from '../../source/owners/process-stat.js';

const tail = (state = 'S', flags = 4_194_560) =>
	` ${state} 1 20 20 0 -1 ${flags} 42403 732886 0 0 1 2 3 4 20 0 1 0 5337 1000 200 18446744073709551615 0 0 0\n`;

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const line = (name: Uint8Array | string, rest = tail()): Uint8Array =>
	Uint8Array.from([...encode('20 ('), ...(typeof name === 'string' ? encode(name) : name), ...encode(`)${rest}`)]);

const nameOf = (name: Uint8Array | string): string | undefined => parseProcessStat(line(name))?.name;

test('parses name, start time, kernel threads and zombies', t => {
	t.deepEqual(parseProcessStat(line('bash')), {
		name: 'bash', startTime: 5337, parent: 1, isKernelThread: false, isZombie: false,
	});
	t.true(parseProcessStat(line('kworker/0:1', tail('I', 0x20_80_40)))?.isKernelThread);
	t.true(parseProcessStat(line('defunct', tail('Z')))?.isZombie);
});

test('parses names with parentheses, spaces and quotes', t => {
	for (const name of ['a) (b "c', 'x) S 1 2 3', '((', '))', ' ', '', '\u{1B}[31m']) {
		t.is(nameOf(name), name);
	}
});

test('decodes escaped newlines and backslashes', t => {
	t.is(nameOf(String.raw`a\nb`), 'a\nb');
	t.is(nameOf(String.raw`a\\nb`), String.raw`a\nb`);
	t.is(nameOf(String.raw`\\\\`), String.raw`\\`);
});

test('replaces invalid UTF-8', t => {
	t.is(nameOf(Uint8Array.of(0x61, 0xFF, 0x62)), 'a\u{FFFD}b');
	// The kernel cuts a name after 15 bytes, even within a character.
	t.is(nameOf(Uint8Array.of(0x61, 0xC3)), 'a\u{FFFD}');
	t.is(nameOf('\u{FEFF}a'), '\u{FEFF}a');
});

test('accepts any bytes as a name', t => {
	fc.assert(fc.property(fc.uint8Array({maxLength: 64}), bytes => {
		const escaped = bytes.filter(byte => byte !== 0x5C && byte !== 0x0A);
		t.is(nameOf(escaped), new TextDecoder('utf-8', {ignoreBOM: true}).decode(escaped));
	}));
});

test('rejects any other line', t => {
	t.is(parseProcessStat(new Uint8Array()), undefined);
	t.is(parseProcessStat(encode(') (')), undefined);
	t.is(parseProcessStat(encode('1 (a) S 1')), undefined);
	fc.assert(fc.property(fc.uint8Array({maxLength: 200}), fc.nat({max: 200}), (bytes, cut) => {
		t.notThrows(() => parseProcessStat(bytes));
		t.notThrows(() => parseProcessStat(line('a', tail()).subarray(0, cut)));
	}));
});
