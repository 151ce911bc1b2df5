/** Breaks a text of plain characters into lines between words; a word that is wider than a line is cut. */
export const wrapText = (text: string, width: number): readonly string[] => {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		if (line !== '' && line.length + 1 + word.length > width) {
			lines.push(line);
			line = word;
		} else {
			line += (line === '' ? '' : ' ') + word;
		}
	}

	return [...lines, line].map(part => part.slice(0, Math.max(1, width)));
};
