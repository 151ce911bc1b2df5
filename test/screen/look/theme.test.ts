import test from 'ava';
import {paint, type Rgb, type Style} from '../../../source/text/paint.js';
import {
	indexedColour,
	nearestIndex,
	palettes,
	type Palette,
} from '../../../source/screen/look/palettes.js';
import {
	colourDepthOf,
	colourLevelOf,
	createTheme,
	createThemes,
	type Look,
	type Theme,
} from '../../../source/screen/look/theme.js';
import {luminance} from '../../../source/text/luminance.js';

const stylesOf = ({tones, level, ...styles}: Theme): Style[] => [...Object.values(tones), ...Object.values(styles)];
/** How well one colour reads on another: 1 not at all, 21 black on white (WCAG 2.2, contrast ratio). */
const contrastOf = (a: Rgb, b: Rgb): number => {
	const [darker, lighter] = [luminance(a), luminance(b)].toSorted((first, second) => first - second);
	return (lighter + 0.05) / (darker + 0.05);
};

const codesOf = (style: Style): string => paint([{text: 'x', style}]);

test('the environment determines whether there are colours', t => {
	t.is(colourLevelOf({TERM: 'xterm-256color'}), 'colours');
	t.is(colourLevelOf({TERM: 'linux'}), 'colours');
	t.is(colourLevelOf({}), 'colours');
	t.is(colourLevelOf({TERM: 'xterm', NO_COLOR: '1'}), 'attributes');
	t.is(colourLevelOf({TERM: 'xterm', NO_COLOR: ''}), 'colours');
	t.is(colourLevelOf({TERM: 'vt220'}), 'attributes');
	t.is(colourLevelOf({TERM: 'xterm-mono'}), 'attributes');
	t.is(colourLevelOf({TERM: 'dumb', NO_COLOR: '1'}), 'none');
});

test('text colours are readable on all backgrounds', t => {
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

test('a dumb terminal gets no attributes', t => {
	for (const style of stylesOf(createTheme('none'))) {
		t.is(codesOf(style), 'x');
	}
});

const look = (changes: Partial<Look>): Look => ({
	theme: 'auto', openedColour: 'theme', establishedColour: 'theme', closedColour: 'theme', ...changes,
});

test('the environment determines the number of colours', t => {
	t.is(colourDepthOf({COLORTERM: 'truecolor', TERM: 'xterm-256color'}), 'any');
	t.is(colourDepthOf({COLORTERM: '24bit'}), 'any');
	t.is(colourDepthOf({TERM: 'xterm-direct'}), 'any');
	t.is(colourDepthOf({TERM: 'screen-256color'}), 'indexed');
	t.is(colourDepthOf({TERM: 'linux'}), 'named');
});

/** WCAG 2.2: AA asks for 4.5, for what is large or bold 3. One text cannot have more than 4.58 on black and on white. */
const minContrast = {dark: 4.5, light: 4.5, 'colour-blind': 3.9} as const;

for (const [name, palette] of Object.entries(palettes) as ReadonlyArray<readonly [keyof typeof palettes, Palette]>) {
	test(`every role of the theme ${name} reads on its backgrounds`, t => {
		for (const [role, colour] of Object.entries(palette.text)) {
			for (const background of palette.backgrounds) {
				t.true(contrastOf(colour, background) >= minContrast[name], `${role} on ${String(background)}: ${contrastOf(colour, background)}`);
				// With 256 colours the nearest is not quite it.
				t.true(contrastOf(indexedColour(nearestIndex(colour)), background) >= minContrast[name] * 0.8, `${role} of 256`);
			}
		}

		for (const [role, {text, on}] of Object.entries(palette.blocks)) {
			t.true(contrastOf(text, on) >= 4.5, `${role}: ${contrastOf(text, on)}`);
			t.true(contrastOf(indexedColour(nearestIndex(text)), indexedColour(nearestIndex(on))) >= 4, `${role} of 256`);
		}
	});
}

test('contrast is computed as in WCAG', t => {
	t.is(contrastOf([0, 0, 0], [255, 255, 255]), 21);
	t.is(contrastOf([119, 119, 119], [255, 255, 255]).toFixed(2), '4.48');
});

test('the theme for the colour-blind has no green and no red beside each other', t => {
	for (const [red, green, blue] of Object.values(palettes['colour-blind'].text)) {
		// Blue, orange or grey: green never leads, and what is red has nothing of blue.
		t.true(green <= red || green < blue);
		t.true(red <= blue || blue === 0);
	}

	for (const style of stylesOf(createTheme('colours', look({theme: 'colour-blind'})))) {
		t.notRegex(codesOf(style), /\[(?:0;)?(?:\d;)*32m/v);
	}
});

test('a terminal gets only colours that it supports', t => {
	t.regex(codesOf(createTheme('colours', look({theme: 'dark'}), 'any').tones.good), /38;2;126;217;138/v);
	t.regex(codesOf(createTheme('colours', look({theme: 'dark'}), 'indexed').tones.good), /38;5;\d+/v);
	t.regex(codesOf(createTheme('colours', look({theme: 'dark'})).tones.good), /\[0;32m/v);
});

test('monochrome shows no colours, whatever the terminal has', t => {
	for (const style of stylesOf(createTheme('colours', look({theme: 'monochrome'}), 'any'))) {
		t.notRegex(codesOf(style), /\[(?:\d;)*[34]\d/v);
	}
});

test('rows have the styles of the preferences, with distinct styles without colours', t => {
	const chosen = look({
		theme: 'dark', openedColour: 'blue', establishedColour: 'plain', closedColour: 'red',
	});
	const coloured = createTheme('colours', chosen, 'any');
	t.is(codesOf(coloured.fresh), '\u{1B}[0;34mx\u{1B}[0m');
	t.is(codesOf(coloured.established), 'x');
	t.is(codesOf(coloured.closed), '\u{1B}[0;31mx\u{1B}[0m');
	const bare = createTheme('attributes', chosen);
	t.is(codesOf(bare.fresh), '\u{1B}[0;1mx\u{1B}[0m');
	t.is(codesOf(bare.closed), '\u{1B}[0;2mx\u{1B}[0m');
});

test('a theme is created once, until another one is chosen', t => {
	const themeFor = createThemes({TERM: 'xterm-256color'});
	const first = themeFor(look({}));
	t.is(themeFor(look({})), first);
	t.not(themeFor(look({theme: 'dark'})), first);
});

test('the automatic theme follows the background if the terminal has enough colours; a named theme takes precedence', t => {
	const codes = (environment: Readonly<Record<string, string>>, ...[chosen, background]: Parameters<ReturnType<typeof createThemes>>): string =>
		codesOf(createThemes(environment)(chosen, background).tones.good);
	const rich = {TERM: 'xterm-256color', COLORTERM: 'truecolor'};
	t.is(codes(rich, look({}), 'light'), codes(rich, look({theme: 'light'})));
	t.is(codes(rich, look({}), 'dark'), codes(rich, look({theme: 'dark'})));
	t.not(codes(rich, look({}), 'light'), codes(rich, look({}), 'dark'));
	t.is(codes(rich, look({})), codesOf(createTheme('colours').tones.good));
	t.is(codes(rich, look({theme: 'colour-blind'}), 'light'), codes(rich, look({theme: 'colour-blind'})));
	t.is(codes({TERM: 'xterm'}, look({}), 'light'), codesOf(createTheme('colours').tones.good));
	t.notRegex(codes({...rich, NO_COLOR: '1'}, look({}), 'light'), /[34]8;/v);
	const themeFor = createThemes(rich);
	const chosen = look({});
	t.is(themeFor(chosen, 'light'), themeFor(chosen, 'light'));
	t.not(themeFor(chosen, 'light'), themeFor(chosen, 'dark'));
});
