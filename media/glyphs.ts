/**
Draws block and line characters as shapes, because fonts lack them or draw them with gaps.
*/

export type Box = {readonly x: number; readonly y: number; readonly width: number; readonly height: number};

const round = (value: number): number => Math.round(value * 100) / 100;

const rectangle = ({x, y, width, height}: Box, fill: string): string =>
	`<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${fill}"/>`;

/** Arms of light box-drawing characters: left, right, up, down. */
const lines: Readonly<Record<string, string>> = {
	'─': 'lr', '│': 'ud', '┌': 'rd', '┐': 'ld', '└': 'ru', '┘': 'lu', '├': 'rud', '┤': 'lud', '┬': 'lrd', '┴': 'lru', '┼': 'lrud',
	'╭': 'rd', '╮': 'ld', '╰': 'ru', '╯': 'lu', '╴': 'l', '╵': 'u', '╶': 'r', '╷': 'd',
};

const drawLines = (arms: string, {x, y, width, height}: Box, fill: string): string => {
	const thickness = 1;
	const middleX = x + (width - thickness) / 2;
	const middleY = y + (height - thickness) / 2;
	const shapes: Box[] = [];
	if (/[lr]/v.test(arms)) {
		const start = arms.includes('l') ? x : middleX;
		const end = arms.includes('r') ? x + width : middleX + thickness;
		shapes.push({
			x: start, y: middleY, width: end - start, height: thickness,
		});
	}

	if (/[du]/v.test(arms)) {
		const start = arms.includes('u') ? y : middleY;
		const end = arms.includes('d') ? y + height : middleY + thickness;
		shapes.push({
			x: middleX, y: start, width: thickness, height: end - start,
		});
	}

	return shapes.map(shape => rectangle(shape, fill)).join('');
};

/** Columns and rows of the dots of a braille character, by bit. */
const brailleDots = [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2], [0, 3], [1, 3]] as const;

const drawBraille = (bits: number, {x, y, width, height}: Box, fill: string): string =>
	brailleDots.map(([column, row], bit) => {
		if ((bits & (1 << bit)) === 0) {
			return '';
		}

		const centerX = round(x + width * (0.25 + 0.5 * column));
		const centerY = round(y + height * (0.125 + 0.25 * row));
		return `<circle cx="${centerX}" cy="${centerY}" r="${round(width * 0.15)}" fill="${fill}"/>`;
	}).join('');

/** Draws a character as a shape. Returns undefined for characters of the font. */
export const drawGlyph = (character: string, box: Box, fill: string): string | undefined => {
	const arms = lines[character];
	if (arms !== undefined) {
		return drawLines(arms, box, fill);
	}

	const code = character.codePointAt(0) ?? 0;
	const {x, y, width, height} = box;
	// ▁ to █: eighths from the bottom.
	if (code >= 0x25_81 && code <= 0x25_88) {
		const part = height * (code - 0x25_80) / 8;
		return rectangle({
			x, y: y + height - part, width, height: part,
		}, fill);
	}

	// ▉ to ▏: eighths from the left.
	if (code >= 0x25_89 && code <= 0x25_8F) {
		return rectangle({
			x, y, width: width * (0x25_90 - code) / 8, height,
		}, fill);
	}

	if (character === '▐') {
		return rectangle({
			x: x + width / 2, y, width: width / 2, height,
		}, fill);
	}

	if (character === '▀') {
		return rectangle({
			x, y, width, height: height / 2,
		}, fill);
	}

	return code >= 0x28_00 && code <= 0x28_FF ? drawBraille(code - 0x28_00, box, fill) : undefined;
};
