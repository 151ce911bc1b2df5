import {cutEnd, textWidth} from './width.js';

/** Breaks a text at blanks into lines of at most so many columns; a word that is wider than a line is cut, which its end says. */
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

/** The same in at most so many lines; the last one says by its end that more would follow. */
export const wrapInto = (text: string, width: number, most: number): readonly string[] => {
	const lines = wrapText(text, width);
	return lines.length <= most ? lines : [...lines.slice(0, most - 1), cutEnd(lines.slice(most - 1).join(' '), Math.max(1, width))];
};
