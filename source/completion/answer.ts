/** Replies to completion scripts: one line per candidate, after lines with `!` for the shell itself. */
import type {Shell} from '../commands/shells.js';
import {completeWords, type Completion} from './complete.js';
import {quoteForBash, readShellWords} from './shell-words.js';
import type {Lookups, Tables} from './tables.js';

/** The first sentence of a description, on one line. */
const inShort = (description: string): string => description.replaceAll(/\s+/gv, ' ').replace(/[.:;](?: .*)?$/v, '');

const headOf = ({isFile, isOpen}: Completion): readonly string[] => [...(isFile ? ['!files'] : []), ...(isOpen ? ['!open'] : [])];

/** Bash replaces only its own idea of a word: the text after the last of its separators (`:`, `=` and others). */
const answerBash = async ([line = '', readlineWord = '']: readonly string[], complete: (words: readonly string[]) => Promise<Completion | undefined>): Promise<readonly string[] | undefined> => {
	const {words, raw, quote} = readShellWords(line);
	const completion = await complete(words);
	if (completion === undefined) {
		return undefined;
	}

	const kept = raw.endsWith(readlineWord) ? raw.slice(0, raw.length - readlineWord.length) : '';
	const keptText = readShellWords(kept).words.at(-1) ?? '';
	return [...headOf(completion), ...completion.candidates.map(({word}) => quoteForBash(word.slice(keptText.length), quote))];
};

/**
Replies to a completion script.

@param words Arguments from the script: the words up to the cursor, or from bash the line up to the cursor and the word that bash replaces.
@param tables The commands and the values of their options.
@param lookups Looks up what is not in the tables.
@returns Undefined if something must be looked up and there are no lookups.
*/
export const answerShell = async (
	shell: Shell, words: readonly string[], tables: Tables, lookups?: Lookups,
): Promise<readonly string[] | undefined> => {
	const complete = async (all: readonly string[]): Promise<Completion | undefined> => completeWords(all, tables, lookups);
	if (shell === 'bash') {
		return answerBash(words, complete);
	}

	// Fish passes the last word as typed, with quotes.
	const last = words.at(-1) ?? '';
	const completion = await complete(shell === 'fish' ? [...words.slice(0, -1), readShellWords(last).words.at(-1) ?? ''] : words);
	return completion && [...headOf(completion), ...completion.candidates.map(({word, description}) => `${word}\t${inShort(description)}`)];
};
