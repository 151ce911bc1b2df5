/** Words of a command line as a shell reads them: quotation marks and backslashes are understood, nothing is expanded. */

/** The last word of a command line, which may not be finished. */
export type ShellWords = {
	/** All words, the last one included, without what quotes them. */
	readonly words: readonly string[];
	/** The last word as it was typed. */
	readonly raw: string;
	/** The quotation mark that is still open at the end; empty for none. */
	readonly quote: '' | '"' | '\'';
};

/** Reads a command line up to the cursor. Where it ends with a blank, the last word is empty. */
export const readShellWords = (line: string): ShellWords => {
	const words: string[] = [];
	let word = '';
	let start = 0;
	let quote: ShellWords['quote'] = '';
	let index = 0;
	while (index < line.length) {
		const character = line[index];
		if (character === '\\' && quote !== '\'') {
			const next = line[index + 1] ?? '';
			word += quote === '"' && !/^["$\\`]$/v.test(next) ? `\\${next}` : next;
			index++;
		} else if (quote !== '') {
			if (character === quote) {
				quote = '';
			} else {
				word += character;
			}
		} else if (character === '"' || character === '\'') {
			quote = character;
		} else if (/^\s$/v.test(character)) {
			if (index > start) {
				words.push(word);
			}

			word = '';
			start = index + 1;
		} else {
			word += character;
		}

		index++;
	}

	return {words: [...words, word], raw: line.slice(start), quote};
};

/** A text as a word that bash reads as just that text. */
export const quoteForBash = (text: string, quote: ShellWords['quote']): string => {
	switch (quote) {
		case '\'': {
			return text.replaceAll('\'', String.raw`'\''`);
		}

		case '"': {
			return text.replaceAll(/["$\\`]/gv, String.raw`\$&`);
		}

		case '': {
			return text.replaceAll(/[^\w%+,\-.\/:=@]/gv, String.raw`\$&`);
		}
	}
};
