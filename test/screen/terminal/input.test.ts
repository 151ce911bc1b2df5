import {Buffer} from 'node:buffer';
import test from 'ava';
import fc from '../../helpers/property.js';
import {createInputDecoder, type InputEvent} from '../../../source/screen/terminal/input.js';

const toBytes = (text: string): Uint8Array => Buffer.from(text);

/** What a stream gives that ends where the bytes end. */
const decodeAll = (...chunks: readonly Uint8Array[]): InputEvent[] => {
	const decoder = createInputDecoder();
	return [...chunks.flatMap(chunk => decoder.push(chunk)), ...decoder.flush()];
};

const describe = (event: InputEvent): string => {
	switch (event.type) {
		case 'key': {
			return event.name;
		}

		case 'paste': {
			return `paste(${event.text})`;
		}

		case 'mouse': {
			return `${event.action}(${event.column},${event.row})`;
		}

		case 'focus': {
			return event.isFocused ? 'focused' : 'unfocused';
		}
	}
};

const names = (text: string | Uint8Array): string[] => decodeAll(typeof text === 'string' ? toBytes(text) : text).map(event => describe(event));

/** Each of the sequences gives these keys, and what follows it is not touched. */
const means = test.macro({
	exec(t, sequences: readonly string[], ...expected: readonly string[]) {
		for (const sequence of sequences) {
			t.deepEqual(names(sequence), expected, JSON.stringify(sequence));
			t.deepEqual(names(`${sequence}x`), [...expected, 'x'], JSON.stringify(sequence));
		}
	},
	title(_, sequences: readonly string[], ...expected: readonly string[]) {
		return `${JSON.stringify(sequences)} → ${expected.length === 0 ? 'nothing' : JSON.stringify(expected)}`;
	},
});

test(means, ['\u{1B}[A', '\u{1B}OA'], 'up');
test(means, ['\u{1B}[B', '\u{1B}OB'], 'down');
test(means, ['\u{1B}[C', '\u{1B}OC'], 'right');
test(means, ['\u{1B}[D', '\u{1B}OD'], 'left');
test(means, ['\u{1B}[H', '\u{1B}OH', '\u{1B}[1~', '\u{1B}[7~'], 'home');
test(means, ['\u{1B}[F', '\u{1B}OF', '\u{1B}[4~', '\u{1B}[8~'], 'end');
test(means, ['\u{1B}[2~'], 'insert');
test(means, ['\u{1B}[3~'], 'delete');
test(means, ['\u{1B}[5~'], 'pageup');
test(means, ['\u{1B}[6~'], 'pagedown');
test(means, ['\u{1B}OP', '\u{1B}[P', '\u{1B}[11~', '\u{1B}[[A'], 'f1');
test(means, ['\u{1B}OQ', '\u{1B}[12~', '\u{1B}[[B'], 'f2');
test(means, ['\u{1B}OR', '\u{1B}[13~', '\u{1B}[[C'], 'f3');
test(means, ['\u{1B}OS', '\u{1B}[14~', '\u{1B}[[D'], 'f4');
test(means, ['\u{1B}[15~', '\u{1B}[[E'], 'f5');
test(means, ['\u{1B}[17~'], 'f6');
test(means, ['\u{1B}[18~'], 'f7');
test(means, ['\u{1B}[19~'], 'f8');
test(means, ['\u{1B}[20~'], 'f9');
test(means, ['\u{1B}[21~'], 'f10');
test(means, ['\u{1B}[23~'], 'f11');
test(means, ['\u{1B}[24~'], 'f12');
test(means, ['\u{1B}[Z'], 'shift+tab');
test(means, ['\u{1B}[1;5A', '\u{1B}O5A', '\u{1B}O1;5A', '\u{1B}Oa'], 'ctrl+up');
test(means, ['\u{1B}[1;2B', '\u{1B}[b'], 'shift+down');
test(means, ['\u{1B}[1;3C', '\u{1B}\u{1B}[C', '\u{1B}\u{1B}OC', '\u{1B}[1;9C'], 'alt+right');
test(means, ['\u{1B}[1;8D'], 'ctrl+alt+shift+left');
test(means, ['\u{1B}[1;2P', '\u{1B}O2P'], 'shift+f1');
test(means, ['\u{1B}[15;5~', '\u{1B}[15^'], 'ctrl+f5');
test(means, ['\u{1B}[7$'], 'shift+home');
test(means, ['\u{1B}[8@'], 'ctrl+shift+end');
test(means, ['\u{1B}[3;3~'], 'alt+delete');
test(means, ['\u{1B}OM', '\r', '\n'], 'enter');
test(means, ['\u{1B}Ok', '+'], '+');
test(means, ['\u{1B}Ow', '7'], '7');
test(means, ['\t'], 'tab');
test(means, ['\u{7F}', '\b'], 'backspace');
test(means, ['\u{3}'], 'ctrl+c');
test(means, ['\u{C}'], 'ctrl+l');
test(means, ['\u{1A}'], 'ctrl+z');
test(means, ['\0'], 'ctrl+space');
test(means, ['\u{1B}x'], 'alt+x');
test(means, ['\u{1B}é'], 'alt+é');
test(means, ['\u{1B}\u{7F}'], 'alt+backspace');
test(means, ['\u{1B}\r'], 'alt+enter');
test(means, ['\u{1B}\u{1}'], 'ctrl+alt+a');
test(means, ['\u{1B}\u{3}'], 'escape', 'ctrl+c');
test(means, ['\u{1B}\u{1B}\u{1C}'], 'escape', 'escape', 'ctrl+\\');
test(means, ['\u{1B}\t', '\u{1B}[Z'], 'shift+tab');
test(means, [' '], 'space');
test(means, ['é'], 'é');
test(means, ['漢'], '漢');
test(means, ['🙂'], '🙂');
test(means, ['jj'], 'j', 'j');
test(means, ['/foo\r'], '/', 'f', 'o', 'o', 'enter');
test(means, ['443\u{1B}[B\u{1B}[B'], '4', '4', '3', 'down', 'down');
test(means, ['\u{1B}[200~port 443\u{1B}[201~'], 'paste(port 443)');
test(means, ['\u{1B}[200~a\r\nb\tc\u{1B}[31m\u{7}\u{1B}[201~'], 'paste(a b c[31m)');
test(means, ['\u{1B}[<0;12;34M', '\u{1B}[<4;12;34M', '\u{1B}[<16;12;34M', '\u{1B}\u{1B}[<0;12;34M'], 'press(11,33)');
test(means, ['\u{1B}[<64;1;1M', '\u{1B}[<68;1;1M'], 'wheelUp(0,0)');
test(means, ['\u{1B}[<65;300;100M'], 'wheelDown(299,99)');
// Other buttons, moves and releases; a place that is none; reports and answers that no one asked for.
test(means, [
	'\u{1B}[<0;12;34m',
	'\u{1B}[<1;12;34M',
	'\u{1B}[<2;12;34M',
	'\u{1B}[<32;12;34M',
	'\u{1B}[<66;12;34M',
	'\u{1B}[<0;0;34M',
	'\u{1B}[<0;12;0M',
	'\u{1B}[<0;12M',
	'\u{1B}[<99999;123456;1M',
	'\u{1B}[M !!',
	'\u{1B}[32;12;34M',
	'\u{1B}[5;2R',
	'\u{1B}[?62;4c',
	'\u{1B}[>0;276;0c',
	'\u{1B}[?2026;1$y',
	'\u{1B}]11;rgb:0000/0000/0000\u{7}',
	'\u{1B}]11;rgb:0000/0000/0000\u{1B}\\',
	'\u{1B}P1+r5463\u{1B}\\',
	'\u{1B}_Gi=1;OK\u{1B}\\',
	'\u{1B}[99~',
	'\u{1B}[1;99A',
	'\u{1B}[200~\u{1B}[201~',
	'\u{1B}[12;34;56;78z',
	'\u{1B}[[Z',
	'\u{1B}Oz',
]);

test('a lone Esc is a key when nothing follows', t => {
	t.deepEqual(names('\u{1B}'), ['escape']);
	t.deepEqual(names('\u{1B}\u{1B}'), ['escape', 'escape']);
	t.deepEqual(names('\u{1B}\u{1B}\u{1B}'), ['escape', 'escape', 'escape']);
	t.deepEqual(names('\u{1B}\u{1B}x'), ['escape', 'alt+x']);
});

test('Alt with a character that begins sequences is a key when nothing follows', t => {
	t.deepEqual(names('\u{1B}['), ['alt+[']);
	t.deepEqual(names('\u{1B}O'), ['alt+O']);
	t.deepEqual(names('\u{1B}P'), ['alt+P']);
	t.deepEqual(names('\u{1B}]'), ['alt+]']);
});

test('there is a timeout only for incomplete sequences, a longer one for pastes', t => {
	const decoder = createInputDecoder();
	t.is(decoder.patience(), undefined);
	decoder.push(toBytes('x'));
	t.is(decoder.patience(), undefined);
	decoder.push(toBytes('\u{1B}'));
	const short = decoder.patience() ?? 0;
	t.true(short > 0 && short <= 100);
	decoder.push(toBytes('[200~abc'));
	t.true((decoder.patience() ?? 0) > short);
	t.deepEqual(decoder.flush().map(event => describe(event)), ['paste(abc)']);
	t.is(decoder.patience(), undefined);
});

test('an incomplete sequence is dropped, and later bytes start over', t => {
	const decoder = createInputDecoder();
	t.deepEqual(decoder.push(toBytes('\u{1B}[1;')), []);
	t.deepEqual(decoder.flush(), []);
	t.deepEqual(decoder.push(toBytes('A')).map(event => describe(event)), ['A']);
});

test('an interrupted sequence does not affect what follows', t => {
	t.deepEqual(names('\u{1B}[1;\u{3}'), ['ctrl+c']);
	t.deepEqual(names('\u{1B}[12\u{1B}[A'), ['up']);
	t.deepEqual(names('\u{1B}]0;title\u{1B}[A'), ['up']);
	t.deepEqual(names('\u{1B}[1é'), ['é']);
});

test('invalid UTF-8 is skipped', t => {
	t.deepEqual(names(Buffer.from([0xC3, 0x61])), ['a']);
	t.deepEqual(names(Buffer.from([0x80, 0xFF, 0xC0, 0xAF, 0x61])), ['a']);
	t.deepEqual(names(Buffer.from([0xED, 0xA0, 0x80, 0x61])), ['a']);
	t.deepEqual(names(Buffer.from([0xE2, 0x82])), []);
	// C1 controls.
	t.deepEqual(names(Buffer.from([0xC2, 0x9B, 0x41])), ['A']);
});

test('characters carry their text, keys do not', t => {
	t.deepEqual(decodeAll(toBytes('é ')), [{type: 'key', name: 'é', text: 'é'}, {type: 'key', name: 'space', text: ' '}]);
	t.deepEqual(decodeAll(toBytes('\u{1B}[A')), [{type: 'key', name: 'up'}]);
	t.deepEqual(decodeAll(toBytes('\u{1B}x')), [{type: 'key', name: 'alt+x'}]);
	t.deepEqual(decodeAll(toBytes('\u{1B}Ow')), [{type: 'key', name: '7', text: '7'}]);
});

test('a long paste is one event', t => {
	const text = 'ab'.repeat(50_000);
	t.deepEqual(names(`\u{1B}[200~${text}\u{1B}[201~q`), [`paste(${text})`, 'q']);
});

test('the length of a paste is bounded', t => {
	const decoder = createInputDecoder();
	decoder.push(toBytes('\u{1B}[200~'));
	const chunk = toBytes('x'.repeat(500_000));
	for (let count = 0; count < 20; count++) {
		t.deepEqual(decoder.push(chunk), []);
	}

	const [event] = decoder.push(toBytes('\u{1B}[201~'));
	t.is(event.type, 'paste');
	t.true(event.type === 'paste' && event.text.length <= 1_000_000);
});

const sequencePart = fc.constantFrom(
	'\u{1B}', '\u{1B}[', '\u{1B}O', '\u{1B}[A', '\u{1B}[1;5', '\u{1B}[<0;1;2M', '\u{1B}[M', '\u{1B}[200~', '\u{1B}[201~', '\u{1B}]0;', '\u{7}', '\u{1B}\\', '\u{1B}[[', 'é', '漢', '🙂', '~',
);
const anyText = fc.string({unit: 'binary', maxLength: 8});
const part = fc.oneof(
	{weight: 3, arbitrary: sequencePart.map(text => toBytes(text))},
	{weight: 1, arbitrary: fc.uint8Array({maxLength: 8})},
	{weight: 1, arbitrary: anyText.map(text => toBytes(text))},
);
const stream = fc.array(part, {maxLength: 12}).map(parts => new Uint8Array(Buffer.concat(parts)));

test('any split of a stream gives the same keys', t => {
	const property = fc.property(stream, fc.array(fc.nat()), (bytes, seeds) => {
		const cuts = [...new Set(seeds.map(seed => bytes.length === 0 ? 0 : seed % bytes.length))].toSorted((a, b) => a - b);
		const chunks = [0, ...cuts].map((cut, index) => bytes.subarray(cut, [...cuts, bytes.length][index]));
		t.deepEqual(decodeAll(...chunks), decodeAll(bytes));
		const single = Array.from(bytes, value => Uint8Array.of(value));
		t.deepEqual(decodeAll(...single), decodeAll(bytes));
	});
	fc.assert(property, {numRuns: 1000});
});

test('focus reports are parsed', t => {
	t.deepEqual(names('\u{1B}[Oa\u{1B}[I'), ['unfocused', 'a', 'focused']);
	t.deepEqual(names('\u{1B}[OA'), ['unfocused', 'A'], 'the arrows of `ESC O` have no bracket');
});

test('no bytes cause errors, endless waiting, or control characters in text', t => {
	fc.assert(fc.property(stream, bytes => {
		const decoder = createInputDecoder();
		const events = [...decoder.push(bytes), ...decoder.flush()];
		t.is(decoder.patience(), undefined);
		for (const event of events) {
			t.notRegex(event.type === 'mouse' || event.type === 'focus' ? '' : event.text ?? '', /[\p{Control}\u{FFFD}]/v);
			t.true(event.type !== 'key' || !/\p{Control}/v.test(event.name));
		}
	}), {numRuns: 1000});
});

/** What one answer can look like, and what is understood of it. */
const answers: ReadonlyArray<readonly [answer: string, background: string | undefined]> = [
	['\u{1B}]11;rgb:ffff/ffff/ffff\u{7}', 'light'],
	['\u{1B}]11;rgb:fdfd/f6f6/e3e3\u{1B}\\', 'light'],
	['\u{1B}]11;rgb:00/2b/36\u{1B}\\', 'dark'],
	['\u{1B}]11;rgba:1e1e/1e1e/1e1e/ffff\u{7}', 'dark'],
	['\u{1B}]11;#fdf6e3\u{7}', 'light'],
	['\u{1B}]11;rgb:bad/q jk 443/\u{7}', undefined],
	['\u{1B}]11;?\u{1B}\\', undefined],
];

test('the reply about the background is never a key, however it is split and however late its rest arrives', t => {
	for (const [answer, background] of answers) {
		for (let cut = 0; cut <= answer.length; cut++) {
			for (const isLate of [false, true]) {
				const seen: string[] = [];
				const decoder = createInputDecoder(told => {
					seen.push(told);
				});
				decoder.expect(true);
				const keys = [...decoder.push(toBytes(`j${answer.slice(0, cut)}`)), ...(isLate ? decoder.flush() : []), ...decoder.push(toBytes(`${answer.slice(cut)}k`))].map(event => describe(event));
				// Nobody can tell a first byte that stays alone from the Esc key, nor two from Alt and a bracket: neither does anything at the start.
				const alone = !isLate || cut === 0 || cut > 2 ? [] : [cut === 1 ? 'escape' : 'alt+]'];
				t.deepEqual({cut, isLate, keys}, {cut, isLate, keys: ['j', ...alone, 'k']});
				t.deepEqual(seen, background === undefined ? [] : [background]);
			}
		}
	}
});

test('an endless reply is dropped soon, and quitting works at once', t => {
	const decoder = createInputDecoder();
	t.deepEqual(decoder.push(toBytes('\u{1B}]11;rgb:ff')), []);
	t.true((decoder.patience() ?? 0) > 40);
	t.deepEqual(decoder.flush(), []);
	t.deepEqual(decoder.push(toBytes('fq')).map(event => describe(event)), ['f', 'q']);
	t.deepEqual(decoder.push(toBytes('\u{1B}]11;rgb:ff\u{3}')).map(event => describe(event)), ['ctrl+c']);
});

test('Esc is as fast as usual while a reply is pending', t => {
	for (const isExpected of [false, true]) {
		const decoder = createInputDecoder();
		decoder.expect(isExpected);
		for (const [bytes, key] of [['\u{1B}', 'escape'], ['\u{1B}]', 'alt+]'], ['\u{1B}\u{1B}', 'escape']] as const) {
			decoder.push(toBytes(bytes));
			t.true((decoder.patience() ?? 0) <= 50);
			t.is(decoder.flush().map(event => describe(event)).at(0), key);
		}
	}
});

test('a reply whose first bytes were taken for keys is completed, however its rest is split', t => {
	for (const [answer, background] of answers) {
		for (const given of [1, 2]) {
			for (let cut = given + 2; cut < answer.length; cut++) {
				const seen: string[] = [];
				const decoder = createInputDecoder(told => {
					seen.push(told);
				});
				decoder.expect(true);
				decoder.push(toBytes(answer.slice(0, given)));
				decoder.flush();
				t.deepEqual(decoder.push(toBytes(answer.slice(given, cut))), [], answer.slice(0, cut));
				t.deepEqual(decoder.push(toBytes(`${answer.slice(cut)}k`)).map(event => describe(event)), ['k']);
				t.deepEqual(seen, background === undefined ? [] : [background]);
			}
		}
	}
});

test('a key after a lone Esc is delivered, also while a reply is expected', t => {
	const decoder = createInputDecoder();
	decoder.expect(true);
	decoder.push(toBytes('\u{1B}'));
	decoder.flush();
	t.deepEqual(decoder.push(toBytes(']')).map(event => describe(event)), [']']);
	t.deepEqual(decoder.push(toBytes('1')).map(event => describe(event)), ['1']);
});
