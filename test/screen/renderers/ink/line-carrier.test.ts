import test from 'ava';
import fc from '../../../helpers/property.js';
import {createLineCarrier} from '../../../../source/screen/renderers/ink/line-carrier.js';

/** What Ink writes before a line that it replaces. */
const toStart = '\u{1B}[1G\u{1B}[K';

test('the character of a line changes with the line', t => {
	const {carry, deliver} = createLineCarrier();
	const first = carry(0, 'one');
	t.is(carry(0, 'one'), first);
	t.not(carry(1, 'one'), first);
	deliver(first);
	const second = carry(0, 'two');
	t.not(second, first);
	t.is(carry(0, 'two'), second);
	t.is(carry(0, 'three'), second, 'Ink has not written the second yet');
	t.is(carry(0, 'one'), first, 'nothing has changed since Ink wrote it');
});

test('the line is written where its character stands', t => {
	const {carry, deliver} = createLineCarrier();
	const [a, b] = [carry(0, 'a'), carry(1, 'b')];
	t.is(deliver(`\u{1B}[2J${a}\n${b}`), '\u{1B}[2Ja\nb');
	t.is(deliver('text of Ink'), 'text of Ink');
	t.is(deliver('\u{F8FF}'), '', 'a character that carries nothing');
});

test('the last line that can be carried is, and those beyond are blank', t => {
	const {carry, deliver} = createLineCarrier();
	t.is(deliver(carry(3199, 'last')), 'last');
	t.is(deliver(carry(3200, 'beyond')), ' ');
});

test('of a line that the terminal shows, only what differs is written', t => {
	const {carry, deliver} = createLineCarrier();
	deliver(`\u{1B}[H\u{1B}[J${carry(0, 'nginx 80')}\n${carry(1, 'nginx 443')}`);
	t.is(deliver(`\u{1B}[1A${toStart}${carry(0, 'nginx 81')}\n\u{1B}[E`), '\u{1B}[1A\u{1B}[8G\u{1B}[K1\n\u{1B}[E');
	t.is(deliver(`${toStart}${carry(0, 'nginx 81')}`), '', 'Ink writes again what is there');
});

test('a line is written whole after anything else was', t => {
	const {carry, deliver} = createLineCarrier();
	deliver(carry(0, 'nginx 80'));
	for (const other of ['\u{1B}[H\u{1B}[J', 'help', '\u{1B}[2K\u{1B}[1A', '\u{1B}[?1049h']) {
		deliver(other);
		const character = carry(0, `nginx ${other.length}`);
		t.is(deliver(toStart + character), `${toStart}nginx ${other.length}`);
	}
});

test('after any changes, drawn at any time, Ink and the terminal agree', t => {
	const step = fc.record({text: fc.constantFrom('a', 'b', 'c'), isDrawn: fc.boolean()});
	fc.assert(fc.property(fc.array(step), steps => {
		const {carry, deliver} = createLineCarrier();
		let ofInk = '';
		let latest = '';
		for (const {text, isDrawn} of [...steps, {text: 'b', isDrawn: true}]) {
			const character = carry(0, text);
			if (isDrawn && character !== ofInk) {
				ofInk = character;
				latest = deliver(`\u{1B}[2K${character}`);
			}

			t.true(!isDrawn || latest === `\u{1B}[2K${text}`);
		}
	}));
});
