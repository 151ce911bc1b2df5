/** Sequences that call a person who looks elsewhere: a notification on the desktop, and the title of the window. */
import {escapeText} from '../../text/escape.js';
import {cutEnd} from '../../text/width.js';
import {passedThrough, type Variables} from './passthrough.js';

const escape = '\u{1B}';

/** Ends a sequence. Unlike ST it needs no further ESC, so that it passes through multiplexers. */
export const bell = '\u{7}';

/** Columns. Desktops show about two lines. */
const longest = 200;

/** The program in the title and in notifications. */
const program = 'conntop';

/** Terminals without a window, or without escape sequences. */
const hasWindow = ({TERM: terminal = ''}: Variables): boolean => !['linux', 'dumb', ''].includes(terminal);

type Form = 'OSC 9' | 'OSC 777';

/** By `TERM_PROGRAM`, in lower case. */
const byProgram: Readonly<Record<string, Form>> = {
	'iterm.app': 'OSC 9', wezterm: 'OSC 777', ghostty: 'OSC 777', warpterminal: 'OSC 777', rio: 'OSC 777',
};

/** By `TERM`, which also arrives over ssh: the part before the first `-` or `+`, and `xterm-` in front removed. */
const byTerminal: Readonly<Record<string, Form>> = {
	kitty: 'OSC 777', ghostty: 'OSC 777', foot: 'OSC 777', rxvt: 'OSC 777', contour: 'OSC 777', wezterm: 'OSC 777',
};

/** Variables that only these terminals set; inside a multiplexer they are those of the terminal that it was started in. */
const byVariable: ReadonlyArray<readonly [variable: string, form: Form]> = [
	['ITERM_SESSION_ID', 'OSC 9'],
	['KITTY_WINDOW_ID', 'OSC 777'],
	['GHOSTTY_RESOURCES_DIR', 'OSC 777'],
	['WEZTERM_PANE', 'OSC 777'],
	['VTE_VERSION', 'OSC 777'],
	['KONSOLE_VERSION', 'OSC 777'],
];

/**
The form of notifications that a terminal is known to understand; undefined where that is not known: others could print the text, or take it for a command.
*/
export const notificationForm = (variables: Variables): Form | undefined => {
	const {TERM: terminal = '', TERM_PROGRAM: name = '', LC_TERMINAL: forwarded = ''} = variables;
	const known = byProgram[name.toLowerCase()] ?? (forwarded === 'iTerm2' ? 'OSC 9' : undefined)
		?? byTerminal[terminal.replace(/^xterm-/v, '').split(/[+\-]/v, 1)[0]];
	return known ?? byVariable.find(([variable]) => (variables[variable] ?? '') !== '')?.[1];
};

/** A text that may be foreign, as part of a sequence: nothing in it can end the sequence, or begin another part of it. */
const inSequence = (text: string): string => cutEnd(escapeText(text).replaceAll(';', ','), longest);

/**
The sequence for a notification on the desktop.

@param text May be foreign.
@returns The text to write; undefined for a terminal that is not known to have notifications.
*/
export const notificationSequence = (text: string, variables: Variables): string | undefined => {
	const form = notificationForm(variables);
	if (form === undefined || !hasWindow(variables)) {
		return undefined;
	}

	const sequence = form === 'OSC 9' ? `${escape}]9;${program}: ${inSequence(text)}${bell}` : `${escape}]777;notify;${program};${inSequence(text)}${bell}`;
	return passedThrough(sequence, variables);
};

/** Sets the title of the window, or of the pane of tmux; empty for a terminal without. */
export const titleSequence = (text: string, variables: Variables): string => hasWindow(variables) ? `${escape}]2;${inSequence(text)}${bell}` : '';

/** Puts the title of the window aside, and brings it back. Terminals without a stack of titles ignore both. */
export const keepTitle = (variables: Variables): string => hasWindow(variables) ? `${escape}[22;2t` : '';
export const bringBackTitle = (variables: Variables): string => hasWindow(variables) ? `${titleSequence('', variables)}${escape}[23;2t` : '';

/** Asks for reports whether the terminal is looked at, and for no more of them. */
export const reportFocus = `${escape}[?1004h`;
export const reportNoFocus = `${escape}[?1004l`;
