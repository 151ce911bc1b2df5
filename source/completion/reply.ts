import type {Shell} from '../commands/shells.js';
import {answerShell} from './answer.js';
import type {Lookups, Tables} from './tables.js';

/** Whether a candidate fits on one line of the reply; others are left out. */
const isOneLine = (line: string): boolean => !/\p{Control}/v.test(line.replace('\t', ''));

/**
Returns the reply to a completion script, as text.

@returns Undefined if something must be looked up and there are no lookups.
*/
export const replyTo = async (shell: Shell, words: readonly string[], tables: Tables, lookups?: Lookups): Promise<string | undefined> => {
	const lines = await answerShell(shell, words, tables, lookups);
	return lines?.filter(line => isOneLine(line)).map(line => `${line}\n`).join('');
};
