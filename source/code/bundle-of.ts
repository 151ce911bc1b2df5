/** A file of `dist/` with a part of the program. */
export type Bundle = 'main.js' | 'completion.js';

const helpOptions: ReadonlySet<string> = new Set(['-h', '--help']);

/**
Whether the file of answers (`source/answers.ts`) may have the answer to a command line. It is read first, because a person or a shell waits, and does not have all
answers. Other ways to request help, such as `conntop -t --help`, are answered by the main bundle, which knows all options, too.

@param words The arguments.
*/
export const isShortQuestion = ([first = '', second, ...others]: readonly string[]): boolean => {
	const isHelp = others.length === 0 && (first === 'help' || (second === undefined ? helpOptions.has(first) : !first.startsWith('-') && helpOptions.has(second)));
	return isHelp || (first === 'completion' && others[0] === '--' && others.length > 1);
};

/**
Which bundle has the command of a command line. Completion has one of its own, with no more than the filters need.

@param words The arguments.
*/
export const bundleOf = (words: readonly string[]): Bundle =>
	// Commander reads the name of a command after `--`, too.
	(words[0] === '--' ? words[1] : words[0]) === 'completion' ? 'completion.js' : 'main.js';
