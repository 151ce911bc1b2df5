import test from 'ava';
import {dark, light, resolveColour} from '../../media/palette.js';
import {drawRows, renderAnimation, renderSvg} from '../../media/svg.js';
import {createEmulator} from '../helpers/emulator.js';

const draw = async (output: string): Promise<string> => {
	const emulator = createEmulator({columns: 20, rows: 2});
	await emulator.write(output);
	return renderSvg(emulator, {palette: dark, title: 'a & b'});
};

test('text runs keep their columns and colours', async t => {
	const svg = await draw('ab \u{1B}[31mcd\u{1B}[0m  ef\u{1B}[2;1H<&>');
	t.true(svg.includes('<text x="0" y="13.5" fill="#d5d9e0" textLength="16.8" lengthAdjust="spacingAndGlyphs">ab</text>'));
	t.true(svg.includes(`<text x="25.2" y="13.5" fill="${dark.named[1]}" textLength="16.8" lengthAdjust="spacingAndGlyphs">cd</text>`));
	t.true(svg.includes('<text x="58.8" y="13.5"'));
	t.true(svg.includes('>&lt;&amp;&gt;</text>'));
	t.true(svg.includes('aria-label="a &amp; b"'));
});

test('draws inverse text and backgrounds as rectangles below the text', async t => {
	const svg = await draw('\u{1B}[7mab\u{1B}[0m\u{1B}[44mc');
	t.true(svg.includes(`<rect x="0" y="0" width="16.8" height="18" fill="${dark.foreground}"/>`));
	t.true(svg.includes(`fill="${dark.background}" textLength="16.8"`));
	t.true(svg.includes(`<rect x="16.8" y="0" width="8.4" height="18" fill="${dark.named[4]}"/>`));
	t.true(svg.indexOf('<rect x="16.8"') < svg.indexOf('>ab</text>'));
});

test('draws blocks, lines and dots as shapes', async t => {
	const svg = await draw('▁█─⠁');
	t.true(svg.includes('<rect x="0" y="15.75" width="8.4" height="2.25" fill="#d5d9e0"/>'));
	t.true(svg.includes('<rect x="8.4" y="0" width="8.4" height="18" fill="#d5d9e0"/>'));
	t.true(svg.includes('<rect x="16.8" y="8.5" width="8.4" height="1" fill="#d5d9e0"/>'));
	t.true(svg.includes('<circle cx="27.3" cy="2.25"'));
	t.notRegex(svg, /[─▁█⠁]/v);
});

test('wide characters take two columns, and other non-ASCII characters are separate runs', async t => {
	const svg = await draw('a漢b→');
	t.true(svg.includes('textLength="16.8" lengthAdjust="spacingAndGlyphs">漢</text>'));
	t.true(svg.includes('<text x="25.2" y="13.5" fill="#d5d9e0" textLength="8.4" lengthAdjust="spacingAndGlyphs">b</text>'));
	t.true(svg.includes('<text x="33.6" y="13.5" fill="#d5d9e0" textLength="8.4" lengthAdjust="spacingAndGlyphs">→</text>'));
});

test('the 256 colours', t => {
	t.is(resolveColour(undefined, dark), undefined);
	t.is(resolveColour('#010203', dark), '#010203');
	t.is(resolveColour(2, light), light.named[2]);
	t.is(resolveColour(16, dark), '#000000');
	t.is(resolveColour(208, dark), '#ff8700');
	t.is(resolveColour(231, dark), '#ffffff');
	t.is(resolveColour(232, dark), '#080808');
	t.is(resolveColour(255, dark), '#eeeeee');
});

test('an animation draws a row that stays the same once, and shows the others at their times', async t => {
	const emulator = createEmulator({columns: 20, rows: 2});
	const frames = [];
	for (const [output, seconds] of [['same\r\none', 1], ['\r\u{1B}[Ktwo', 2], ['\r\u{1B}[Kone', 1]] as const) {
		await emulator.write(output);
		frames.push({rows: drawRows(emulator, dark), seconds});
	}

	const svg = renderAnimation(emulator, frames, {palette: dark, title: 'typing'});
	t.is(svg.split('>same</text>').length, 2);
	t.is(svg.split('>one</text>').length, 2);
	t.regex(svg, /<g visibility="visible"><animate attributeName="visibility" calcMode="discrete" dur="4s" repeatCount="indefinite" values="visible;hidden;visible" keyTimes="0;0.25;0.75"\/>.*one<\/text>/v);
	t.regex(svg, /<g visibility="hidden"><animate attributeName="visibility" calcMode="discrete" dur="4s" repeatCount="indefinite" values="hidden;visible;hidden" keyTimes="0;0.25;0.75"\/>.*two<\/text>/v);
});
