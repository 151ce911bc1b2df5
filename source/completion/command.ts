/** The command `completion`: prints the script of a shell, or replies to a script. */
import type {DescribedCommand} from '../commands/described-command.js';
import {write} from '../commands/output.js';
import {shells} from '../commands/shells.js';
import {UsageError} from '../commands/usage-error.js';
import {readNamed} from '../namespaces/read-namespaces.js';
import {defaultPath, loadConfiguration} from '../preferences/configuration-file.js';
import {builtInViews} from '../preferences/saved-view.js';
import {answerShell} from './answer.js';
import {completionScripts} from './scripts.js';

const viewNames = async (file = defaultPath()): Promise<readonly string[]> => {
	const {views} = await loadConfiguration(file);
	return [...new Set([...builtInViews.keys(), ...views.keys()])];
};

/** Whether a candidate fits on one line of the reply; others are left out. */
const isOneLine = (line: string): boolean => !/\p{Control}/v.test(line.replace('\t', ''));

/**
Prints the completion script of a shell or, given the words of a command line, the candidates for the last word.

@throws UsageError for an unsupported shell.
*/
export const complete = async (name: string, words: readonly string[], commands: readonly DescribedCommand[]): Promise<void> => {
	const shell = shells.find(each => each === name);
	if (shell === undefined) {
		throw new UsageError(`completion takes ${shells.join(', ')}; got "${name}"`);
	}

	if (words.length === 0) {
		await write(completionScripts[shell], 'csv');
		return;
	}

	const lines = await answerShell(shell, words, commands, {
		views: viewNames, namespaces: () => readNamed().values().map(each => each.name).toArray(),
	});
	await write(lines.filter(line => isOneLine(line)).map(line => `${line}\n`).join(''), 'csv');
};
