/**
Entry point of the file with the answers that a person or a shell waits for and that need little of the program: help, and completion of anything but filters and what must be
looked up. It reads what was made when conntop was built, has no Commander, and is so small that to compile it takes less time than to read compiled code.
*/
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {prepareOutput, write, type OutputForm} from './commands/output.js';
import {findShell} from './commands/shells.js';
import {readTables} from './completion/read-tables.js';
import {replyTo} from './completion/reply.js';
import {readPage} from './help/show-page.js';
import {wrapHelp} from './help/wrap-help.js';

const folder = import.meta.dirname;

/** The help in a file, for this terminal. */
const helpIn = (...names: readonly string[]): string => wrapHelp(fs.readFileSync(path.join(folder, ...names), 'utf8'), process.stdout.columns);

const pageOf = (topic: string): string | undefined => {
	const page = readPage(topic, path.join(folder, 'help'), process.stdout.columns);
	return 'text' in page ? page.text : undefined;
};

/** The answer to `--help`, `help`, `help NAME` or `NAME --help`. If a command and a page have the same name, the command is explained. */
const answerHelp = (first: string, second: string | undefined): string | undefined => {
	if (second === undefined) {
		return helpIn('help.txt');
	}

	const name = first === 'help' ? second : first;
	if (!/^[\-a-z]+$/iv.test(name)) {
		return undefined;
	}

	return fs.existsSync(path.join(folder, 'commands', `${name}.txt`)) ? helpIn('commands', `${name}.txt`) : (first === 'help' ? pageOf(name) : undefined);
};

const answerScript = async (name: string, words: readonly string[]): Promise<string | undefined> => {
	const shell = findShell(name);
	return shell === undefined ? undefined : replyTo(shell, words, readTables(folder));
};

/**
Answers a question (`isShortQuestion`) if the answer is known here.

@param words The arguments.
@returns False, and nothing is written, if it needs more of the program.
*/
export const hasAnswered = async ([first = '', second, , ...words]: readonly string[]): Promise<boolean> => {
	const [text, form]: readonly [string | undefined, OutputForm] = words.length > 0 ? [await answerScript(second ?? '', words), 'csv'] : [answerHelp(first, second), 'prose'];
	if (text === undefined) {
		return false;
	}

	prepareOutput();
	await write(text, form);
	return true;
};
