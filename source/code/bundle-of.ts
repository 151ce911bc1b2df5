/** A file of `dist/` with a part of the program. */
export type Bundle = 'main.js' | 'help.js' | 'completion.js';

const helpOptions: ReadonlySet<string> = new Set(['-h', '--help']);

/**
Which bundle has the command of a command line. Help and completion have small ones of their own, because a shell waits for them while its user types. Other ways to
ask for help, such as `conntop -t --help`, are answered by the main bundle, which knows all options, too.

@param words The arguments.
*/
export const bundleOf = (words: readonly string[]): Bundle => {
	// Commander reads the name of a command after `--`, too.
	const [first = '', ...others] = words[0] === '--' ? words.slice(1) : words;
	if (first === 'completion') {
		return 'completion.js';
	}

	if (first === 'help') {
		return 'help.js';
	}

	const isAsksForHelp = helpOptions.has(words[0] ?? '') || (!(words[0] ?? '').startsWith('-') && others.length === 1 && helpOptions.has(others[0] ?? ''));
	return isAsksForHelp ? 'help.js' : 'main.js';
};
