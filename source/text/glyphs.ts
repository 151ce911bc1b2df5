/**
Characters beyond ASCII that the program itself writes, and what stands for each where a terminal shows none of them. Each takes one column in both forms, so
that a line may be translated after it was laid out. A test finds characters that are missing here.
*/
export const asciiGlyphs: ReadonlyMap<string, string> = new Map([
	// Marks of rows and groups; `+ > *` are marks already.
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
	// Signs in text.
	['…', '~'],
	['·', '|'],
	['–', '-'],
	['“', '"'],
	['”', '"'],
	['\u{FFFD}', '?'],
]);

let isAscii = false;

/** Has everything that is written from now on be ASCII: called before anything is written, for a terminal or a locale without UTF-8. */
export const writeAsciiOnly = (): void => {
	isAscii = true;
};

/** Whether everything that is written is to be ASCII. */
export const isAsciiOnly = (): boolean => isAscii;
