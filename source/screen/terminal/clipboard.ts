/**
The escape sequence that copies a text to the clipboard of the terminal, also over ssh: OSC 52. The text is in base64, so it cannot contain control characters.
*/

import {Buffer} from 'node:buffer';
import {multiplexerOf, passedThrough, type Variables} from './passthrough.js';

const escape = '\u{1B}';
const bell = '\u{7}';

/**
@param variables Environment variables. `TMUX`, `STY` (GNU screen) and `TERM` decide how the sequence must be wrapped.
@returns The text to write; undefined for a terminal without a clipboard.
*/
export const clipboardSequence = (text: string, variables: Variables): string | undefined => {
	if (['linux', 'dumb', ''].includes(variables.TERM ?? '')) {
		return undefined;
	}

	const sequence = `${escape}]52;c;${Buffer.from(text).toString('base64')}${bell}`;
	// With "set-clipboard on", tmux reads the plain sequence.
	return (multiplexerOf(variables) === 'tmux' ? sequence : '') + passedThrough(sequence, variables);
};
