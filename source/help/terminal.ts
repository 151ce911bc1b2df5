/** Formats a page of docs/ for the terminal. */
import {alignLeft, textWidth} from '../text/width.js';
import {wrapText} from '../text/wrap.js';
import {plainText, readMarkdown, type Block} from './markdown.js';

type Table = Extract<Block, {readonly kind: 'table'}>;

/** Spaces between two cells. */
const gap = 2;

/** Minimum width of a readable sentence. */
const minTextWidth = 32;

/** Maximum width of a cell that is on the same line as the name in a definition. */
const maxInlineWidth = 28;

const indented = (lines: readonly string[], indent: number): readonly string[] => lines.map(line => ' '.repeat(indent) + line);

const asColumns = (rows: ReadonlyArray<readonly string[]>, widths: readonly number[], last: number): readonly string[] => rows.flatMap(cells => {
	const before = widths.map((width, column) => alignLeft(cells[column] ?? '', width + gap)).join('');
	const lines = wrapText(cells[widths.length] ?? '', last);
	const indent = textWidth(before);
	return lines.map((line, index) => ((index === 0 ? before : ' '.repeat(indent)) + line).trimEnd());
});

/** Formats a table that is too wide for columns as definitions: the first cell of each row, and the others beside or below it. */
const asDefinitions = ({headings, rows}: Table, width: number): readonly string[] => {
	const widest = headings.map((_, column) => Math.max(...rows.map(cells => textWidth(cells[column] ?? ''))));
	const long = headings.flatMap((_, column) => column > 0 && widest[column] > maxInlineWidth ? [column] : []);
	return rows.flatMap(cells => {
		const beside = headings.flatMap((heading, column) =>
			column === 0 || long.includes(column) || (cells[column] ?? '') === '' ? [] : [`${heading}: ${cells[column]}`]);
		const below = long.filter(column => (cells[column] ?? '') !== '').flatMap(column =>
			wrapText(long.length > 1 ? `${headings[column]}: ${cells[column]}` : cells[column], width - 4));
		return ['', ...wrapText([cells[0], ...beside].join(' '.repeat(3)), width), ...indented(below, 4)];
	}).slice(1);
};

const tableLines = ({headings, rows}: Table, width: number): readonly string[] => {
	const plain: Table = {kind: 'table', headings: headings.map(text => plainText(text)), rows: rows.map(cells => cells.map(cell => plainText(cell)))};
	const all = [plain.headings, ...plain.rows];
	const widths = plain.headings.slice(0, -1).map((_, column) => Math.max(...all.map(cells => textWidth(cells[column] ?? ''))));
	const last = width - widths.reduce((sum, each) => sum + each + gap, 0);
	const longest = Math.max(...all.map(cells => textWidth(cells.at(-1) ?? '')));
	if (last < Math.min(longest, minTextWidth)) {
		return asDefinitions(plain, width);
	}

	const hasHeadings = plain.headings.some(heading => heading !== '');
	const rule = [...widths, Math.min(last, longest)].map(each => '-'.repeat(each));
	return [...(hasHeadings ? asColumns([plain.headings, rule], widths, last) : []), ...asColumns(plain.rows, widths, last)];
};

const blockLines = (block: Block, width: number): readonly string[] => {
	switch (block.kind) {
		case 'heading': {
			const lines = wrapText(plainText(block.text), width);
			const widest = Math.max(...lines.map(line => textWidth(line)));
			return block.level > 2 ? lines : [...lines, (block.level === 1 ? '=' : '-').repeat(widest)];
		}

		case 'paragraph': {
			return wrapText(plainText(block.text), width);
		}

		case 'list': {
			return block.items.flatMap(item => wrapText(plainText(item), width - 2).map((line, index) => (index === 0 ? '- ' : '  ') + line));
		}

		case 'code': {
			return indented(block.lines, 2);
		}

		case 'table': {
			return tableLines(block, width);
		}
	}
};

/**
Formats a page as lines of text, for a terminal or a pipe.

@param page Markdown of the page.
@param width Terminal columns; code blocks and single words may be wider.
*/
export const pageLines = (page: string, width: number): readonly string[] =>
	readMarkdown(page).flatMap((block, index) => [...(index === 0 ? [] : ['']), ...blockLines(block, width)]);
