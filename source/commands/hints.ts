/** Detects options with the meaning that another program gives them, and typing errors in command names. */
import {isOneSlip} from '../text/nearest.js';
import {UsageError} from './usage-error.js';

type Hint = {
	readonly pattern: RegExp;
	/** Whether the value may also be the next argument. */
	readonly isNumbered: boolean;
	readonly sentence: (value: string) => string;
};

/** Options that take a value in htop, top or lsof, but not in `ss` and conntop. */
const hints: readonly Hint[] = [
	{
		pattern: /^-p(?<value>\d+(?:,\d+)*)?$/v,
		isNumbered: true,
		sentence: value => `-p names processes, as in ss, and takes no number; for a process write pid ${value}, for a port write port ${value}`,
	},
	{
		pattern: /^-d(?<value>\d+(?:\.\d+)?)?$/v,
		isNumbered: true,
		sentence: value => `-d means DCCP sockets, as in ss, and takes no number; for the time between samples write --interval ${value}`,
	},
	{
		pattern: /^-i(?<value>[46]?(?:tcp|udp)?(?:@[^:]*)?(?::.*)?)$/iv,
		isNumbered: false,
		sentence: value => `-i adds TCP internals, as in ss, and takes no address; for lsof's -i${value} write options and a filter, such as -t port 443`,
	},
];

const isNumber = (text: string | undefined): text is string => text !== undefined && /^\d+(?:[,.]\d+)*$/v.test(text);

/** A hint if a word, with the next one, is an option of another program; else undefined. */
const hintFor = (word: string, next: string | undefined): string | undefined => {
	for (const {pattern, isNumbered, sentence} of hints) {
		const groups = pattern.exec(word)?.groups;
		const value = groups?.value ?? (groups !== undefined && isNumbered && isNumber(next) ? next : '');
		// `-i`, `-i4` and `-i6` are valid in conntop.
		if (groups !== undefined && value !== '' && !(word.startsWith('-i') && /^[46]?$/v.test(value))) {
			return sentence(value);
		}
	}

	return undefined;
};

/**
Rejects options with the meaning that another program gives them.

@throws UsageError that says what to type instead.
*/
export const refuseForeignOptions = (commandLine: readonly string[]): void => {
	const end = commandLine.indexOf('--');
	for (const [index, word] of commandLine.slice(0, end === -1 ? undefined : end).entries()) {
		const hint = hintFor(word, commandLine[index + 1]);
		if (hint !== undefined) {
			throw new UsageError(hint);
		}
	}
};

/**
Rejects a first word that is one typing error away from a command name: as a filter, it would match nothing.

@param commandLine The arguments.
@param commands The names of all commands.
@throws UsageError with the name that was probably meant.
*/
export const refuseSlip = async (commandLine: readonly string[], commands: readonly string[]): Promise<void> => {
	const [word = ''] = commandLine;
	if (commands.includes(word)) {
		return;
	}

	const meant = commands.find(name => isOneSlip(word, name));
	if (meant === undefined) {
		return;
	}

	const [{findFlag}, {findStateWord}] = await Promise.all([import('../query/language/flags.js'), import('../query/language/values/state-words.js')]);
	if (findFlag(word) !== undefined || findStateWord(word) !== undefined) {
		return;
	}

	throw new UsageError(`there is no command "${word}"; did you mean ${meant}? To filter by the word, write: conntop -- ${commandLine.join(' ')}`);
};
