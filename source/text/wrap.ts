import {cutEnd, textWidth} from './width.js';

/** Wraps a text at blanks into lines of at most `width` columns. Words wider than a line are cut and end in `…`. */
export const wrapText = (text: string, width: number): readonly string[] => {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		if (line !== '' && textWidth(line) + 1 + textWidth(word) > width) {
			lines.push(line);
			line = word;
		} else {
			line += (line === '' ? '' : ' ') + word;
		}
	}

	return [...lines, line].map(part => cutEnd(part, Math.max(1, width)));
};

/** Wraps a text into at most `maximumLines` lines. If it is longer, the last line ends in `…`. */
export const wrapInto = (text: string, width: number, maximumLines: number): readonly string[] => {
	const lines = wrapText(text, width);
	return lines.length <= maximumLines ? lines : [...lines.slice(0, maximumLines - 1), cutEnd(lines.slice(maximumLines - 1).join(' '), Math.max(1, width))];
};
