import fs from 'node:fs';
import test from 'ava';
import {helpPages} from '../../source/help/pages.js';
import {pageLines} from '../../source/help/terminal.js';
import {readPage} from '../../source/help/show-page.js';
import {textWidth} from '../../source/text/width.js';

test('headings, paragraphs, lists, code blocks and tables become lines', t => {
	const page = '# Page\n\nSee [keys.md](keys.md), `code` and [this](https://x.invalid).\nMore.\n\n- one\n  two\n- three\n\n```sh\na  b\n```\n\n| A | B |\n| --- | --- |\n| `x` | y\\|z |\n';
	t.deepEqual(pageLines(page, 80), [
		'Page', '====', '', 'See conntop help keys, code and this. More.', '', '- one two', '- three', '', '  a  b', '', 'A  B', '-  ---', 'x  y|z',
	]);
});

for (const {topic, file} of helpPages) {
	test(`the page ${topic} fits terminals, and has no marks left`, t => {
		const page = fs.readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8');
		const code = new Set(page.matchAll(/^```[^\n]*\n(?<lines>.*?)^```/gmsv).flatMap(({groups}) => (groups?.lines ?? '').split('\n').map(line => `  ${line}`)));
		for (const width of [40, 80, 100]) {
			const lines = pageLines(page, width).filter(line => !code.has(line));
			t.deepEqual(lines.filter(line => textWidth(line) > width), []);
			t.deepEqual(lines.filter(line => /\]\(|\*\*|^\||<!--|!\[/v.test(line)), []);
		}
	});
}

test('for an unknown page, a sentence suggests or lists topics', t => {
	t.deepEqual(readPage('fielda', '/nonexistent', 80), {problem: 'there is no help page "fielda"; did you mean "fields"?'});
	t.deepEqual(readPage('xyz', '/nonexistent', 80), {problem: `there is no help page "xyz"; there are ${helpPages.map(({topic}) => topic).join(', ')}`});
});
