/** What a completion script is answered: a line for each way to go on, after lines with `!` for what the shell has to do itself. */
import type {DescribedCommand} from '../commands/program.js';
import type {Shell} from '../commands/shells.js';
import {completeWords, type Completion} from './complete.js';
import type {ValueContext} from './option-values.js';
import {quoteForBash, readShellWords} from './shell-words.js';

/** A meaning as one short line: its first sentence. */
const inShort = (description: string): string => description.replaceAll(/\s+/gv, ' ').replace(/[.:;](?: .*)?$/v, '');

const headOf = ({isFile, isOpen}: Completion): readonly string[] => [...(isFile ? ['!files'] : []), ...(isOpen ? ['!open'] : [])];

/** Bash replaces only what it takes for a word itself: what follows the last of its separators (`:`, `=` and others). */
const answerBash = async ([line = '', readlineWord = '']: readonly string[], complete: (words: readonly string[]) => Promise<Completion>): Promise<readonly string[]> => {
	const {words, raw, quote} = readShellWords(line);
	const completion = await complete(words);
	const kept = raw.endsWith(readlineWord) ? raw.slice(0, raw.length - readlineWord.length) : '';
	const keptText = readShellWords(kept).words.at(-1) ?? '';
	return [...headOf(completion), ...completion.candidates.map(({word}) => quoteForBash(word.slice(keptText.length), quote))];
};

/**
The answer to a shell.

@param words What its script hands over: the words up to the cursor, or in bash the line up to it and the word that bash replaces.
@param commands What there is.
@param context What values of options are looked up in.
*/
export const answerShell = async (
	shell: Shell, words: readonly string[], commands: readonly DescribedCommand[], context: Omit<ValueContext, 'config'>,
): Promise<readonly string[]> => {
	const complete = async (all: readonly string[]): Promise<Completion> => completeWords(all, commands, context);
	if (shell === 'bash') {
		return answerBash(words, complete);
	}

	// Fish hands the last word over as it was typed.
	const last = words.at(-1) ?? '';
	const completion = await complete(shell === 'fish' ? [...words.slice(0, -1), readShellWords(last).words.at(-1) ?? ''] : words);
	return [...headOf(completion), ...completion.candidates.map(({word, description}) => `${word}\t${inShort(description)}`)];
};
