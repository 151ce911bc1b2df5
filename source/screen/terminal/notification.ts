/** Escape sequences for desktop notifications and the window title. */
import {escapeText} from '../../text/escape.js';
import {cutEnd} from '../../text/width.js';
import {passedThrough, type Variables} from './passthrough.js';

const escape = '\u{1B}';

/** Terminates a sequence. Unlike ST it contains no ESC, so that it passes through multiplexers. */
export const bell = '\u{7}';

/** Maximum width of a notification, in terminal columns. Desktops show about two lines. */
const longest = 200;

/** Name of the program in the title and in notifications. */
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
The kind of notification sequence that a terminal supports; undefined if unknown, because other terminals could print the text or take it as a command.
*/
export const notificationForm = (variables: Variables): Form | undefined => {
	const {TERM: terminal = '', TERM_PROGRAM: name = '', LC_TERMINAL: forwarded = ''} = variables;
	const known = byProgram[name.toLowerCase()] ?? (forwarded === 'iTerm2' ? 'OSC 9' : undefined)
		?? byTerminal[terminal.replace(/^xterm-/v, '').split(/[+\-]/v, 1)[0]];
	return known ?? byVariable.find(([variable]) => (variables[variable] ?? '') !== '')?.[1];
};

/** Escapes a text within a sequence, so that it cannot end the sequence or begin another part of it. */
const inSequence = (text: string): string => cutEnd(escapeText(text).replaceAll(';', ','), longest);

/**
Returns the sequence for a desktop notification.

@param text The text; may be untrusted.
@returns Undefined if the terminal is not known to support notifications.
*/
export const notificationSequence = (text: string, variables: Variables): string | undefined => {
	const form = notificationForm(variables);
	if (form === undefined || !hasWindow(variables)) {
		return undefined;
	}

	const sequence = form === 'OSC 9' ? `${escape}]9;${program}: ${inSequence(text)}${bell}` : `${escape}]777;notify;${program};${inSequence(text)}${bell}`;
	return passedThrough(sequence, variables);
};

/** Sets the title of the window or of the tmux pane; empty for terminals without titles. */
export const titleSequence = (text: string, variables: Variables): string => hasWindow(variables) ? `${escape}]2;${inSequence(text)}${bell}` : '';

/** Saves and restores the window title. Terminals without a title stack ignore both. */
export const keepTitle = (variables: Variables): string => hasWindow(variables) ? `${escape}[22;2t` : '';
export const bringBackTitle = (variables: Variables): string => hasWindow(variables) ? `${titleSequence('', variables)}${escape}[23;2t` : '';

/** Enables and disables focus reports. */
export const reportFocus = `${escape}[?1004h`;
export const reportNoFocus = `${escape}[?1004l`;
