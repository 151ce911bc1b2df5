import test from 'ava';
import fc from '../../../helpers/property.js';
import {createPlaceholders} from '../../../../source/screen/renderers/ink/placeholders.js';

/** What Ink writes before a line that it replaces. */
const toStart = '\u{1B}[1G\u{1B}[K';

test('the character of a line changes with the line', t => {
	const {placeholderFor, expand} = createPlaceholders();
	const first = placeholderFor(0, 'one');
	t.is(placeholderFor(0, 'one'), first);
	t.not(placeholderFor(1, 'one'), first);
	expand(first);
	const second = placeholderFor(0, 'two');
	t.not(second, first);
	t.is(placeholderFor(0, 'two'), second);
	t.is(placeholderFor(0, 'three'), second, 'Ink has not written the second yet');
	t.is(placeholderFor(0, 'one'), first, 'nothing has changed since Ink wrote it');
});

test('the line is written at the position of its character', t => {
	const {placeholderFor, expand} = createPlaceholders();
	const [a, b] = [placeholderFor(0, 'a'), placeholderFor(1, 'b')];
	t.is(expand(`\u{1B}[2J${a}\n${b}`), '\u{1B}[2Ja\nb');
	t.is(expand('text of Ink'), 'text of Ink');
	t.is(expand('\u{F8FF}'), '', 'a placeholder of no line');
});

test('the last line with a placeholder is written, and those beyond are blank', t => {
	const {placeholderFor, expand} = createPlaceholders();
	t.is(expand(placeholderFor(3199, 'last')), 'last');
	t.is(expand(placeholderFor(3200, 'beyond')), ' ');
});

test('of a line that the terminal already shows, only the difference is written', t => {
	const {placeholderFor, expand} = createPlaceholders();
	expand(`\u{1B}[H\u{1B}[J${placeholderFor(0, 'nginx 80')}\n${placeholderFor(1, 'nginx 443')}`);
	t.is(expand(`\u{1B}[1A${toStart}${placeholderFor(0, 'nginx 81')}\n\u{1B}[E`), '\u{1B}[1A\u{1B}[8G\u{1B}[K1\n\u{1B}[E');
	t.is(expand(`${toStart}${placeholderFor(0, 'nginx 81')}`), '', 'Ink writes again what is there');
});

test('lines that stay are skipped by one sequence', t => {
	const {placeholderFor, expand} = createPlaceholders();
	expand(`\u{1B}[H\u{1B}[J${placeholderFor(0, 'one')}\n${placeholderFor(1, 'two')}\n${placeholderFor(2, 'three')}\n${placeholderFor(3, 'four')}`);
	t.is(expand(`\u{1B}[3A\u{1B}[E\u{1B}[E\u{1B}[E${toStart}${placeholderFor(3, 'five')}`), '\u{1B}[3A\u{1B}[3E\u{1B}[2G\u{1B}[Kive');
	t.is(expand('\u{1B}[3A\u{1B}[E\u{1B}[E'), '\u{1B}[3A\u{1B}[2E');
	t.is(expand('\u{1B}[3A\u{1B}[E'), '\u{1B}[3A\u{1B}[E');
});

test('a line is written completely after any other output', t => {
	const {placeholderFor, expand} = createPlaceholders();
	expand(placeholderFor(0, 'nginx 80'));
	for (const other of ['\u{1B}[H\u{1B}[J', 'help', '\u{1B}[2K\u{1B}[1A', '\u{1B}[?1049h']) {
		expand(other);
		const character = placeholderFor(0, `nginx ${other.length}`);
		t.is(expand(toStart + character), `${toStart}nginx ${other.length}`);
	}
});

test('after any changes, drawn at any time, Ink and the terminal agree', t => {
	const step = fc.record({text: fc.constantFrom('a', 'b', 'c'), isDrawn: fc.boolean()});
	fc.assert(fc.property(fc.array(step), steps => {
		const {placeholderFor, expand} = createPlaceholders();
		let ofInk = '';
		let latest = '';
		for (const {text, isDrawn} of [...steps, {text: 'b', isDrawn: true}]) {
			const character = placeholderFor(0, text);
			if (isDrawn && character !== ofInk) {
				ofInk = character;
				latest = expand(`\u{1B}[2K${character}`);
			}

			t.true(!isDrawn || latest === `\u{1B}[2K${text}`);
		}
	}));
});
