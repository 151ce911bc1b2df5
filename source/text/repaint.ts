/** Turns one painted line of the terminal into another with few bytes. */
import {stripVTControlCharacters} from 'node:util';
import {isPrintableAscii} from './escape.js';
import {plainCode} from './paint.js';
import {textWidth} from './width.js';

const escape = '\u{1B}';
const eraseToEnd = '\u{1B}[K';

/**
What changes a line of the terminal that shows `previous` into `next`: text written from the first column that differs, either up to the last one, or up
to the end of the line when what follows stands elsewhere.

@param previous What the line shows, as `paint` gave it.
@param next What it shall show, as `paint` gave it; no wider than the terminal.
@returns What to write wherever the cursor stands in the line. Empty when nothing differs.
*/
export const repaint = (previous: string, next: string): string => {
	if (previous === next) {
		return '';
	}

	const start = commonStart(previous, next);
	const column = widthOf(next.slice(0, start));
	const end = commonEnd(previous, next, start);
	const look = lastCode(next, start);
	const place = `${escape}[${column + 1}G`;
	const oldMiddle = previous.slice(start, previous.length - end);
	const middle = next.slice(start, next.length - end);
	if (end > 0 && widthOf(oldMiddle) === widthOf(middle)) {
		const isPlain = lastCode(next, next.length - end) === plainCode;
		return place + (look === plainCode ? '' : look) + middle + (isPlain ? '' : plainCode);
	}

	// Erased before it is written: the cursor of a full line stands on its last character, which erasing would take along.
	return place + eraseToEnd + (look === plainCode ? '' : look) + next.slice(start);
};

const widthOf = (painted: string): number => textWidth(stripVTControlCharacters(painted));

/** The code that `paint` has put in force before an index. */
const lastCode = (line: string, index: number): string => {
	const start = line.lastIndexOf(escape, index - 1);
	return start === -1 || index === 0 ? plainCode : line.slice(start, line.indexOf('m', start) + 1);
};

/**
Length of the start that both lines share. It ends beside a code or between characters of ASCII, so that it cuts neither a code nor a character of several
code points.
*/
const commonStart = (a: string, b: string): number => {
	const most = Math.min(a.length, b.length);
	let length = 0;
	while (length < most && a[length] === b[length]) {
		length++;
	}

	while (length > 0 && !(isBoundary(a, length) && isBoundary(b, length))) {
		length--;
	}

	return length;
};

/** Length of the end that both lines share, and that looks the same in both. It begins as `commonStart` ends, and not before `start`. */
const commonEnd = (a: string, b: string, start: number): number => {
	const most = Math.min(a.length, b.length) - start;
	let length = 0;
	while (length < most && a[a.length - 1 - length] === b[b.length - 1 - length]) {
		length++;
	}

	while (length > 0 && !(isBoundary(a, a.length - length) && isBoundary(b, b.length - length) && isSameLook(a, b, length))) {
		length--;
	}

	return length;
};

/** Whether what follows looks the same: it begins with a code, or the same code stands before it. */
const isSameLook = (a: string, b: string, length: number): boolean =>
	b[b.length - length] === escape || lastCode(a, a.length - length) === lastCode(b, b.length - length);

const isBoundary = (line: string, index: number): boolean => {
	if (index === 0 || index === line.length) {
		return true;
	}

	const start = line.lastIndexOf(escape, index - 1);
	const isInCode = start !== -1 && line.indexOf('m', start) >= index;
	return !isInCode && isPlainAt(line, index - 1) && isPlainAt(line, index);
};

/** Whether an index holds a character of ASCII, or a code begins there. */
const isPlainAt = (line: string, index: number): boolean => line[index] === escape || isPrintableAscii(line.slice(index, index + 1));
