/** Wraps sequences that terminal multiplexers do not know, so that they pass them to the outer terminal. */

const escape = '\u{1B}';
const end = `${escape}\\`;

/** Bytes. GNU screen accepts strings of at most 768 bytes. */
const maxScreenLength = 700;

/** Environment variables. `TMUX` and `STY` (GNU screen) show which multiplexer the program runs in. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The multiplexer around the terminal; undefined if there is none. */
export const multiplexerOf = ({TMUX: tmux = '', STY: screen = ''}: Variables): 'tmux' | 'screen' | undefined =>
	tmux === '' ? (screen === '' ? undefined : 'screen') : 'tmux';

/**
The sequence as it reaches the terminal outside.

@param sequence ASCII, without ST. tmux passes it on with "allow-passthrough on", which was its behaviour before 3.3.
*/
export const passedThrough = (sequence: string, variables: Variables): string => {
	switch (multiplexerOf(variables)) {
		case 'tmux': {
			return `${escape}Ptmux;${sequence.replaceAll(escape, () => escape + escape)}${end}`;
		}

		case 'screen': {
			return inParts(sequence, maxScreenLength).map(part => `${escape}P${part}${end}`).join('');
		}

		case undefined: {
			return sequence;
		}
	}
};

const inParts = (text: string, length: number): readonly string[] =>
	Array.from({length: Math.ceil(text.length / length)}, (_, index) => text.slice(index * length, (index + 1) * length));
