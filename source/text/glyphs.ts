/**
The non-ASCII characters that the program itself writes, with their replacements for terminals that show only ASCII. Both forms take one column, so a line can
be converted after layout. A test finds characters that are missing here.
*/
export const asciiGlyphs: ReadonlyMap<string, string> = new Map([
	// Marks of rows and groups. `+`, `>` and `*` are already in use as marks.
	['●', '@'],
	['○', 'o'],
	['×', 'x'],
	['›', '/'],
	['◆', '#'],
	['▾', '-'],
	['▸', '+'],
	// Directions.
	['→', '>'],
	['←', '<'],
	['‹', '\\'],
	['⇄', '='],
	['▼', 'v'],
	['▲', '^'],
	['▽', 'v'],
	['△', '^'],
	// Graphs and bars, from low to high.
	['▁', '_'],
	['▂', '.'],
	['▃', ':'],
	['▄', '-'],
	['▅', '='],
	['▆', '+'],
	['▇', '*'],
	['█', '#'],
	['░', '.'],
	['▀', '='],
	['─', '-'],
	// Punctuation.
	['…', '~'],
	['·', '|'],
	['–', '-'],
	['“', '"'],
	['”', '"'],
	['\u{FFFD}', '?'],
]);

let isAscii = false;

/** Restricts all output to ASCII. Call it before anything is written, for a terminal or a locale without UTF-8. */
export const writeAsciiOnly = (): void => {
	isAscii = true;
};

/** Whether output is restricted to ASCII. */
export const isAsciiOnly = (): boolean => isAscii;
