import test from 'ava';
import {paint, type Style} from '../../source/text/paint.js';
import {colourLevelOf, createTheme, type Theme} from '../../source/screen/theme.js';

const stylesOf = ({tones, level, ...styles}: Theme): Style[] => [...Object.values(tones), ...Object.values(styles)];
const codesOf = (style: Style): string => paint([{text: 'x', style}]);

test('the environment decides about colours', t => {
	t.is(colourLevelOf({TERM: 'xterm-256color'}), 'colours');
	t.is(colourLevelOf({TERM: 'linux'}), 'colours');
	t.is(colourLevelOf({}), 'colours');
	t.is(colourLevelOf({TERM: 'xterm', NO_COLOR: '1'}), 'attributes');
	t.is(colourLevelOf({TERM: 'xterm', NO_COLOR: ''}), 'colours');
	t.is(colourLevelOf({TERM: 'vt220'}), 'attributes');
	t.is(colourLevelOf({TERM: 'xterm-mono'}), 'attributes');
	t.is(colourLevelOf({TERM: 'dumb', NO_COLOR: '1'}), 'none');
});

test('text is never in a colour that one of the backgrounds swallows', t => {
	for (const style of stylesOf(createTheme('colours'))) {
		// Black, yellow, blue, white; bright colours; backgrounds.
		t.notRegex(codesOf(style), /\[(?:30|33|34|37|9\d|4\d|10\d)m/v);
	}
});

test('without colours there are attributes only', t => {
	const theme = createTheme('attributes');
	for (const style of stylesOf(theme)) {
		t.notRegex(codesOf(style), /\[[349]\dm/v);
	}

	t.not(codesOf(theme.selected), 'x');
	t.not(codesOf(theme.established), 'x');
	t.not(codesOf(theme.closed), 'x');
});

test('a terminal that knows nothing gets nothing', t => {
	for (const style of stylesOf(createTheme('none'))) {
		t.is(codesOf(style), 'x');
	}
});
