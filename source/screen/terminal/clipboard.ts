/**
The escape sequence that copies a text to the clipboard of the terminal, also over ssh: OSC 52. The text is in base64, so it cannot contain control characters.
*/

import {Buffer} from 'node:buffer';

const escape = '\u{1B}';
const bell = '\u{7}';
const end = `${escape}\\`;

/** Bytes. GNU screen accepts strings of at most 768 bytes. */
const maxScreenLength = 700;

/**
@param variables Environment variables. `TMUX`, `STY` (GNU screen) and `TERM` decide how the sequence must be wrapped.
@returns The text to write; undefined for a terminal without a clipboard.
*/
export const clipboardSequence = (text: string, variables: Readonly<Record<string, string | undefined>>): string | undefined => {
	const {TMUX: tmux = '', STY: screen = '', TERM: terminal = ''} = variables;
	if (['linux', 'dumb', ''].includes(terminal)) {
		return undefined;
	}

	const sequence = `${escape}]52;c;${Buffer.from(text).toString('base64')}${bell}`;
	if (tmux !== '') {
		// With "set-clipboard on", tmux reads the plain sequence. With "allow-passthrough on", the behaviour before 3.3, it passes the wrapped one to the terminal.
		return `${sequence}${escape}Ptmux;${sequence.replaceAll(escape, () => escape + escape)}${end}`;
	}

	return screen === '' ? sequence : inParts(sequence, maxScreenLength).map(part => `${escape}P${part}${end}`).join('');
};

const inParts = (text: string, length: number): readonly string[] =>
	Array.from({length: Math.ceil(text.length / length)}, (_, index) => text.slice(index * length, (index + 1) * length));
