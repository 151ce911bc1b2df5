/** Splits a command line into words as shells do: handles quotation marks and backslashes, expands nothing. */

/** The words of an unfinished command line. */
export type ShellWords = {
	/** All words, including the last one, without quotes. */
	readonly words: readonly string[];
	/** The last word as typed. */
	readonly raw: string;
	/** The quotation mark that is still open at the end; empty if there is none. */
	readonly quote: '' | '"' | '\'';
};

/** Parses a command line up to the cursor. If it ends with a space, the last word is empty. */
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

/** Quotes a text for bash, within the given open quotation mark. */
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
