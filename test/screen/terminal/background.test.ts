import test from 'ava';
import {backgroundOf, readBackground} from '../../../source/screen/terminal/background.js';
import {isBackgroundAsked} from '../../../source/screen/look/theme.js';

test('all colour notations of terminals are parsed', t => {
	const colours: ReadonlyArray<readonly [colour: string, background: ReturnType<typeof readBackground>]> = [
		['rgb:0000/0000/0000', 'dark'],
		['rgb:ffff/ffff/ffff', 'light'],
		['rgb:f/f/f', 'light'],
		['rgb:00/2B/36', 'dark'],
		['rgba:ffff/ffff/dddd/8000', 'light'],
		['#1e1e1e', 'dark'],
		['#fffff6f6e3e3', 'light'],
		['rgb:7f7f/7f7f/7f7f', 'light'],
		['rgb:6060/6060/6060', 'dark'],
		['rgb:0/0', undefined],
		['rgb:00000/0/0', undefined],
		['black', undefined],
		['?', undefined],
		['', undefined],
	];
	for (const [colour, background] of colours) {
		t.is(readBackground(colour), background, colour);
	}
});

test('COLORFGBG gives the background if it names one of the 16 colours', t => {
	const values: ReadonlyArray<readonly [value: string, background: ReturnType<typeof backgroundOf>]> = [
		['15;0', 'dark'], ['0;15', 'light'], ['0;default;15', 'light'], ['12;8', 'dark'], ['0;7', 'light'], ['0;default', undefined], ['0;16', undefined], ['0;231', undefined], ['', undefined],
	];
	for (const [value, background] of values) {
		t.is(backgroundOf({COLORFGBG: value}), background, value);
	}

	t.is(backgroundOf({}), undefined);
});

test('the terminal is queried only if the reply affects colours', t => {
	t.true(isBackgroundAsked({TERM: 'xterm-256color'}));
	t.true(isBackgroundAsked({TERM: 'xterm', COLORTERM: 'truecolor'}));
	t.false(isBackgroundAsked({TERM: 'xterm'}));
	t.false(isBackgroundAsked({TERM: 'linux', COLORTERM: 'truecolor'}));
	t.false(isBackgroundAsked({TERM: 'dumb'}));
	t.false(isBackgroundAsked({TERM: 'xterm-256color', NO_COLOR: '1'}));
});
