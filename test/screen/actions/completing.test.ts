import {stripVTControlCharacters} from 'node:util';
import test from 'ava';
import {paintFrame} from '../../../source/screen/paint/frame.js';
import {completionSegments} from '../../../source/screen/paint/completion-line.js';
import {widthOf} from '../../../source/screen/look/segments.js';
import {createTheme} from '../../../source/screen/look/theme.js';
import {drive, shownIds, type Driver} from '../drive.js';
import {makeSocket} from '../fake-engine.js';
import {keys} from '../open-screen.js';

const sockets = [
	makeSocket(1, {process: 'nginx/7', local: '10.0.0.1:443'}),
	makeSocket(2, {process: 'ngrep/8', local: '10.0.0.1:8080'}),
	makeSocket(3, {process: '\u{1B}[2Jevil/9', local: '10.0.0.1:22'}),
];

const open = (): Driver => drive({sockets}).press('\\');

const line = (screen: Driver): string => {
	const {text, cursor} = screen.state().line;
	return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
};

const theme = createTheme('colours');

/** The filter line and the line below it. */
const prompt = (screen: Driver): readonly string[] =>
	paintFrame(screen.state(), {theme}).slice(-3, -1).map(text => stripVTControlCharacters(text).trimEnd());

test('Tab completes an unambiguous word, followed by a space at the end of the line', t => {
	t.is(line(open().press('spo\t')), 'sport |');
	t.is(line(open().press('spo\t8\t')), 'sport 8080 |');
	t.is(line(open().press(`(ngi)${keys.left}\t`)), '(nginx|)');
	t.is(line(open().press(`ngi udp${keys.left.repeat(4)}\t`)), 'nginx| udp');
});

test('Tab inserts the common prefix and shows the candidates; further Tabs cycle through them', t => {
	const screen = open().press('process = n\t');
	t.is(line(screen), 'process = ng|');
	t.regex(prompt(screen)[1] ?? '', /^ {2}nginx {2}ngrep$/v);
	screen.press('\t');
	t.is(line(screen), 'process = nginx|');
	t.regex(prompt(screen)[1] ?? '', /^ {2}nginx {2}ngrep .*Name of the first process/v);
	screen.press('\t');
	t.is(line(screen), 'process = ngrep|');
	screen.press('\t');
	t.is(line(screen), 'process = nginx|');
	screen.press(keys.shiftTab);
	t.is(line(screen), 'process = ngrep|');
	t.deepEqual(shownIds(open().press('ng\t\t').state()), [1], 'the completed filter applies to the list');
});

test('Shift-Tab begins with the last candidate', t => {
	t.is(line(open().press(`process = n\t${keys.shiftTab}`)), 'process = ngrep|');
});

test('the rest of the word after the cursor is replaced, too', t => {
	t.is(line(open().press(`ngX udp${keys.left.repeat(5)}\t\t`)), 'nginx| udp');
});

test('Esc closes the list and keeps the line; a second Esc restores the filter', t => {
	const screen = open().press('ng\t\t').press(keys.escape);
	t.is(screen.state().mode, 'filter');
	t.is(line(screen), 'nginx|');
	t.notRegex(prompt(screen)[1] ?? '', /ngrep/v);
	screen.press(keys.escape);
	t.is(screen.state().mode, 'table');
	t.is(screen.state().filter, '');
});

test('any other key closes the list and runs its command', t => {
	for (const [key, expected] of [['x', 'nginxx|'], [keys.left, 'ngin|x'], [keys.backspace, 'ngin|'], ['\u{15}', '|']] as const) {
		const screen = open().press('ng\t\t').press(key);
		t.is(line(screen), expected);
		t.notRegex(prompt(screen)[1] ?? '', /ngrep/v);
	}

	const kept = open().press('ng\t\t').press(keys.enter);
	t.is(kept.state().mode, 'table');
	t.is(kept.state().filter, 'nginx');
	t.notRegex(prompt(kept.press('\\'))[1] ?? '', /ngrep/v);
});

test('a sample does not close the list', t => {
	const screen = open().press('ng\t').sample();
	t.regex(prompt(screen)[1] ?? '', /nginx {2}ngrep/v);
});

test('without candidates, a notice says so', t => {
	t.is(open().press('zzz\t').state().notice, 'Nothing to complete here');
	t.is(open().press('zzz\t').state().completing, undefined);
});

test('a line that would get too long is not changed', t => {
	const long = `"${'a'.repeat(990)}" and spo`;
	t.is(line(open().press(`${long}\t`)), `${long}|`);
});

test('hostile names are escaped on the screen and quoted in the line', t => {
	const screen = open().press('process = \t').press(keys.shiftTab + keys.shiftTab);
	t.false(paintFrame(screen.state(), {theme}).join('').includes('\u{1B}[2J'));
	const chosen = open().press('process = \t\t');
	t.true(chosen.state().line.text.includes('\u{1B}[2Jevil'));
	t.false(paintFrame(chosen.state(), {theme}).join('').includes('\u{1B}[2J'));
});

test('the list fits into any width, ends with … if cut, and shows the selected candidate', t => {
	const candidates = Array.from({length: 50}, (_, index) => ({text: '', insert: `name${index}`, description: '漢字 '.repeat(20)}));
	for (const columns of [40, 41, 80, 200]) {
		for (const chosen of candidates.keys()) {
			const segments = completionSegments({
				candidates, chosen, start: 0, end: 0, line: {text: '', cursor: 0},
			}, columns, theme);
			t.true(widthOf(segments) <= columns);
			t.true(segments.some(({text, style}) => text === `name${chosen}` && style === theme.caret), `${chosen} of ${columns}`);
		}

		const text = completionSegments({
			candidates, chosen: undefined, start: 0, end: 0, line: {text: '', cursor: 0},
		}, columns, theme).map(segment => segment.text).join('');
		t.regex(text, /^ {2}name0 {2}name1 .*…/v);
	}
});

test('sums of groups are not candidates', t => {
	const head = {
		...makeSocket(-300, {recvQ: 4096}), group: {
			label: '0.0.0.0:443', isFolded: false, sockets: 1, waiting: 0,
		},
	};
	const member = {...makeSocket(1, {recvQ: 4000}), groups: [-300]};
	const screen = drive({sockets: [head, member], query: {groups: {by: ['listener'], folded: {all: false, except: []}}, columns: ['recvQ', 'local']}});
	t.is(line(screen.press('\\recvQ = 4\t')), 'recvQ = 4000 |');
});
