/** Environment variables that describe the terminal. */
type Environment = Readonly<Record<string, string | undefined>>;

/** Terminals without UTF-8 or without the needed characters. Used only if no locale is set. */
const plainTerminals = /^(?:linux|ansi|vt\d)/v;

/**
Whether to write only ASCII: the locale (the first of LC_ALL, LC_CTYPE and LANG that is not empty) does not use UTF-8, as with `C` and `POSIX`.
*/
export const isAsciiWanted = ({LC_ALL, LC_CTYPE, LANG, TERM = ''}: Environment): boolean => {
	const locale = [LC_ALL, LC_CTYPE, LANG].find(value => value !== undefined && value !== '');
	return locale === undefined ? plainTerminals.test(TERM) : !/utf-?8/iv.test(locale);
};

/** Whether the terminal can only append lines, so that no screen can be drawn on it. */
export const isDumb = ({TERM = ''}: Environment): boolean => TERM === 'dumb' || TERM === 'unknown';
