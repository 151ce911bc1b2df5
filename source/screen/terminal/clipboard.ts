/**
What makes a terminal put a text on the clipboard of the person before it, over ssh, too: OSC 52, with the text in base64, so that nothing in it is a control
character for the terminal.
*/

import {Buffer} from 'node:buffer';

const escape = '\u{1B}';
const bell = '\u{7}';
const end = `${escape}\\`;

/** GNU screen takes no string of more than 768 bytes. */
const longestForScreen = 700;

/**
@param text
@param variables Environment variables: `TMUX`, `STY` (GNU screen) and `TERM` tell what must be passed through.
@returns The bytes to write; undefined for a terminal that has no clipboard.
*/
export const clipboardSequence = (text: string, variables: Readonly<Record<string, string | undefined>>): string | undefined => {
	const {TMUX: tmux = '', STY: screen = '', TERM: terminal = ''} = variables;
	if (['linux', 'dumb', ''].includes(terminal)) {
		return undefined;
	}

	const sequence = `${escape}]52;c;${Buffer.from(text).toString('base64')}${bell}`;
	if (tmux !== '') {
		// Tmux takes it for itself with "set-clipboard on", and hands the wrapped one on with "allow-passthrough on", which was the rule before 3.3.
		return `${sequence}${escape}Ptmux;${sequence.replaceAll(escape, () => escape + escape)}${end}`;
	}

	return screen === '' ? sequence : inParts(sequence, longestForScreen).map(part => `${escape}P${part}${end}`).join('');
};

const inParts = (text: string, length: number): readonly string[] =>
	Array.from({length: Math.ceil(text.length / length)}, (_, index) => text.slice(index * length, (index + 1) * length));
