import {wrapText} from '../text/wrap.js';

/** As in Commander: columns of output that is no terminal, and the fewest in which a description is wrapped. */
const byDefault = 80;
const narrowest = 40;

/** An option, an argument or a command, up to its description. */
const item = /^ {2}\S+(?: \S+)* {2,}(?=\S)/v;

const wrapLine = (line: string, columns: number): readonly string[] => {
	const [start = ''] = item.exec(line) ?? [];
	const width = columns - start.length;
	// Forms of a command line are not wrapped.
	return width < narrowest || line.startsWith('Usage:') || (start === '' && line.startsWith(' '))
		? [line]
		: wrapText(line.slice(start.length), width).map((part, index) => (index === 0 ? start : ' '.repeat(start.length)) + part);
};

/**
Wraps a help text for a terminal, just as Commander does. Commander itself takes longer to begin than all the rest.

@param text As `scripts/help-texts.ts` returns it.
@param columns Those of the terminal; undefined if there is none.
*/
export const wrapHelp = (text: string, columns = byDefault): string => text.split('\n').flatMap(line => wrapLine(line, columns)).join('\n');
