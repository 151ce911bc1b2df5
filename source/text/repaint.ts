/** Changes one painted line of the terminal into another with few bytes. */
import {stripVTControlCharacters} from 'node:util';
import {isPrintableAscii} from './escape.js';
import {plainCode} from './paint.js';
import {textWidth} from './width.js';

const escape = '\u{1B}';
const eraseToEnd = '\u{1B}[K';

/**
Returns the output that changes a line of the terminal from `previous` to `next`. It starts at the first column that differs and goes up to the last one, or to
the end of the line if the rest has moved.

@param previous What the line shows now, made by `paint`.
@param next What it should show, made by `paint`; no wider than the terminal.
@returns The output, valid for any column of the cursor in that line. Empty if nothing differs.
*/
export const repaint = (previous: string, next: string): string => {
	if (previous === next) {
		return '';
	}

	const start = commonStart(previous, next);
	const column = widthOf(next.slice(0, start));
	const end = commonEnd(previous, next, start);
	const code = lastCode(next, start);
	const moveCursor = `${escape}[${column + 1}G`;
	const oldMiddle = previous.slice(start, previous.length - end);
	const middle = next.slice(start, next.length - end);
	if (end > 0 && widthOf(oldMiddle) === widthOf(middle)) {
		const isPlain = lastCode(next, next.length - end) === plainCode;
		return moveCursor + (code === plainCode ? '' : code) + middle + (isPlain ? '' : plainCode);
	}

	// Erase before writing: after a full line, the cursor is on the last character, and erasing would remove it.
	return moveCursor + eraseToEnd + (code === plainCode ? '' : code) + next.slice(start);
};

const widthOf = (painted: string): number => textWidth(stripVTControlCharacters(painted));

/** The active SGR code at an index. */
const lastCode = (line: string, index: number): string => {
	const start = line.lastIndexOf(escape, index - 1);
	return start === -1 || index === 0 ? plainCode : line.slice(start, line.indexOf('m', start) + 1);
};

/**
Length of the common prefix. It ends at a code or between ASCII characters, so that it splits neither a code nor a character of several code points.
*/
const commonStart = (a: string, b: string): number => {
	const limit = Math.min(a.length, b.length);
	let length = 0;
	while (length < limit && a[length] === b[length]) {
		length++;
	}

	while (length > 0 && !(isBoundary(a, length) && isBoundary(b, length))) {
		length--;
	}

	return length;
};

/** Length of the common suffix with the same style in both lines. It begins at a boundary as in `commonStart`, and not before `start`. */
const commonEnd = (a: string, b: string, start: number): number => {
	const limit = Math.min(a.length, b.length) - start;
	let length = 0;
	while (length < limit && a[a.length - 1 - length] === b[b.length - 1 - length]) {
		length++;
	}

	while (length > 0 && !(isBoundary(a, a.length - length) && isBoundary(b, b.length - length) && isSameStyle(a, b, length))) {
		length--;
	}

	return length;
};

/** Whether the last `length` characters have the same style in both lines: they begin with a code, or the same code precedes them. */
const isSameStyle = (a: string, b: string, length: number): boolean =>
	b[b.length - length] === escape || lastCode(a, a.length - length) === lastCode(b, b.length - length);

const isBoundary = (line: string, index: number): boolean => {
	if (index === 0 || index === line.length) {
		return true;
	}

	const start = line.lastIndexOf(escape, index - 1);
	const isInCode = start !== -1 && line.indexOf('m', start) >= index;
	return !isInCode && isPlainAt(line, index - 1) && isPlainAt(line, index);
};

/** Whether an ASCII character or a code is at an index. */
const isPlainAt = (line: string, index: number): boolean => line[index] === escape || isPrintableAscii(line.slice(index, index + 1));
