import {isDeepStrictEqual} from 'node:util';
import test from 'ava';
import fc from '../../../helpers/property.js';
import {createEmulator} from '../../../helpers/emulator.js';
import {createPlaceholder} from '../../../../source/screen/renderers/ink/placeholder.js';

/** What Ink writes before the line that it replaces. */
const toStart = '\u{1B}[1G\u{1B}[K';
const home = '\u{1B}[H';
const size = {columns: 20, rows: 3};

/** A placeholder of a terminal that keeps its size. */
const open = () => {
	const {placeholderFor, expand} = createPlaceholder();
	return {placeholderFor: (lines: readonly string[]) => placeholderFor({size, lines}), expand: (data: string) => expand(data, size)};
};

test('the character changes with the frame', t => {
	const {placeholderFor, expand} = createPlaceholder();
	const [one, two, three] = ['one', 'two', 'three'].map(line => ({size, lines: [line]}));
	const first = placeholderFor(one);
	t.is(placeholderFor(one), first);
	expand(first, size);
	const second = placeholderFor(two);
	t.not(second, first);
	t.is(placeholderFor(two), second);
	t.is(placeholderFor(three), second, 'Ink has not written the second yet');
	expand(toStart + second, size);
	t.is(placeholderFor(three), second);
	t.is(placeholderFor(one), first);
});

test('the whole frame is written at first, and the cursor ends where Ink expects it', t => {
	const {placeholderFor, expand} = open();
	t.is(expand(`\u{1B}[2J${placeholderFor(['a', 'b'])}`), `\u{1B}[2J\u{1B}[1H\u{1B}[Ka\u{1B}[2H\u{1B}[Kb${home}`);
	t.is(expand('text of Ink'), 'text of Ink');
});

test('of a frame that the terminal already shows, only the differences are written', t => {
	const {placeholderFor, expand} = open();
	expand(`\u{1B}[H\u{1B}[J${placeholderFor(['nginx 80', 'nginx 443', 'nginx 8080'])}`);
	t.is(expand(`\u{1B}[?2026h${toStart}${placeholderFor(['nginx 80', 'nginx 444', 'nginx 8080'])}\u{1B}[?2026l`), `\u{1B}[?2026h\u{1B}[2H\u{1B}[9G\u{1B}[K4${home}\u{1B}[?2026l`);
	t.is(expand(toStart + placeholderFor(['nginx 80', 'nginx 444', 'nginx 8080'])), home, 'Ink writes again what is there');
});

test('a frame is written completely after any other output', t => {
	const {placeholderFor, expand} = open();
	expand(placeholderFor(['nginx 80']));
	for (const other of ['\u{1B}[H\u{1B}[J', 'help', '\u{1B}[2K\u{1B}[1A', '\u{1B}[?1049h']) {
		expand(other);
		t.is(expand(toStart + placeholderFor([`nginx ${other.length}`])), `\u{1B}[1H\u{1B}[Knginx ${other.length}${home}`);
	}
});

test('a frame for another size is not written, but the one that follows is, even if its lines are the same', t => {
	const {placeholderFor, expand} = createPlaceholder();
	const lines = ['nginx 80'];
	const small = {columns: 10, rows: 3};
	const first = placeholderFor({size, lines});
	expand(first, size);
	t.is(expand(`\u{1B}[H\u{1B}[J${first}`, small), '\u{1B}[H\u{1B}[J');
	const second = placeholderFor({size: small, lines});
	t.not(second, first);
	t.is(expand(toStart + second, small), `\u{1B}[1H\u{1B}[Knginx 80${home}`);
});

test('after any frames, drawn at any time, Ink and the terminal agree', async t => {
	const line = fc.constantFrom('', 'a', 'ab', 'ba', 'abc', '\u{4F60}b');
	const step = fc.record({lines: fc.array(line, {minLength: 3, maxLength: 3}), isDrawn: fc.boolean()});
	await fc.assert(fc.asyncProperty(fc.array(step), async steps => {
		const {placeholderFor, expand} = open();
		const terminal = createEmulator({columns: 3, rows: 3});
		let ofInk = '';
		for (const {lines, isDrawn} of [...steps, {lines: ['b', '', 'a'], isDrawn: true}]) {
			const character = placeholderFor(lines);
			if (isDrawn && character !== ofInk) {
				await terminal.write(expand(ofInk === '' ? character : toStart + character));
				ofInk = character;
			}

			t.true(!isDrawn || isDeepStrictEqual(terminal.lines(), lines));
		}

		terminal.dispose();
	}));
});
