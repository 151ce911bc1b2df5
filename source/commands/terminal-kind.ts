/** What the environment says about the terminal. */
type Environment = Readonly<Record<string, string | undefined>>;

/** Terminals without UTF-8, or without the characters, where no locale is set that would say so. */
const plainTerminals = /^(?:linux|ansi|vt\d)/v;

/**
Whether only ASCII should be written: the locale (the first of LC_ALL, LC_CTYPE and LANG that is not empty) has other characters than UTF-8, as `C` and `POSIX` have.
*/
export const isAsciiWanted = ({LC_ALL, LC_CTYPE, LANG, TERM = ''}: Environment): boolean => {
	const locale = [LC_ALL, LC_CTYPE, LANG].find(value => value !== undefined && value !== '');
	return locale === undefined ? plainTerminals.test(TERM) : !/utf-?8/iv.test(locale);
};

/** Whether the terminal can but write lines: nothing can be drawn on it. */
export const isDumb = ({TERM = ''}: Environment): boolean => TERM === 'dumb' || TERM === 'unknown';
