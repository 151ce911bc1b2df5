/** Replies to completion scripts: one line per candidate, after lines with `!` for the shell itself. */
import type {DescribedCommand} from '../commands/described-command.js';
import type {Shell} from '../commands/shells.js';
import {completeWords, type Completion} from './complete.js';
import type {ValueContext} from './option-values.js';
import {quoteForBash, readShellWords} from './shell-words.js';

/** The first sentence of a description, on one line. */
const inShort = (description: string): string => description.replaceAll(/\s+/gv, ' ').replace(/[.:;](?: .*)?$/v, '');

const headOf = ({isFile, isOpen}: Completion): readonly string[] => [...(isFile ? ['!files'] : []), ...(isOpen ? ['!open'] : [])];

/** Bash replaces only its own idea of a word: the text after the last of its separators (`:`, `=` and others). */
const answerBash = async ([line = '', readlineWord = '']: readonly string[], complete: (words: readonly string[]) => Promise<Completion>): Promise<readonly string[]> => {
	const {words, raw, quote} = readShellWords(line);
	const completion = await complete(words);
	const kept = raw.endsWith(readlineWord) ? raw.slice(0, raw.length - readlineWord.length) : '';
	const keptText = readShellWords(kept).words.at(-1) ?? '';
	return [...headOf(completion), ...completion.candidates.map(({word}) => quoteForBash(word.slice(keptText.length), quote))];
};

/**
Replies to a completion script.

@param words Arguments from the script: the words up to the cursor, or from bash the line up to the cursor and the word that bash replaces.
@param commands All commands.
@param context Sources of option values.
*/
export const answerShell = async (
	shell: Shell, words: readonly string[], commands: readonly DescribedCommand[], context: Omit<ValueContext, 'config'>,
): Promise<readonly string[]> => {
	const complete = async (all: readonly string[]): Promise<Completion> => completeWords(all, commands, context);
	if (shell === 'bash') {
		return answerBash(words, complete);
	}

	// Fish passes the last word as typed, with quotes.
	const last = words.at(-1) ?? '';
	const completion = await complete(shell === 'fish' ? [...words.slice(0, -1), readShellWords(last).words.at(-1) ?? ''] : words);
	return [...headOf(completion), ...completion.candidates.map(({word, description}) => `${word}\t${inShort(description)}`)];
};
