/** The command `completion`: prints the script of a shell, or replies to a script. */
import {write} from '../commands/output.js';
import {findShell, shells} from '../commands/shells.js';
import {UsageError} from '../commands/usage-error.js';
import {readNamed} from '../namespaces/read-namespaces.js';
import {completeFilter} from './filter.js';
import {replyTo} from './reply.js';
import {completionScripts} from './scripts.js';
import type {Tables} from './tables.js';

const viewNames = async (file?: string): Promise<readonly string[]> => {
	const [{defaultPath, loadConfiguration}, {builtInViews}] = await Promise.all([import('../preferences/configuration-file.js'), import('../preferences/saved-view.js')]);
	const {views} = await loadConfiguration(file ?? defaultPath());
	return [...new Set([...builtInViews.keys(), ...views.keys()])];
};

/**
Prints the completion script of a shell or, given the words of a command line, the candidates for the last word.

@throws UsageError for an unsupported shell.
*/
export const complete = async (name: string, words: readonly string[], tables: Tables): Promise<void> => {
	const shell = findShell(name);
	if (shell === undefined) {
		throw new UsageError(`completion takes ${shells.join(', ')}; got "${name}"`);
	}

	if (words.length === 0) {
		await write(completionScripts[shell], 'csv');
		return;
	}

	const reply = await replyTo(shell, words, tables, {
		views: viewNames, namespaces: () => readNamed().values().map(each => each.name).toArray(), filter: completeFilter,
	});
	await write(reply ?? '', 'csv');
};
