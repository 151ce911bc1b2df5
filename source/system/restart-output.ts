import {koffi} from './koffi.js';

/** Queue_selector of tcflush(3): what was written and not yet taken; action of tcflow(3): start output that was stopped (termios.h). */
const outputQueue = 1;
const startOutput = 1;

type TerminalCall = (descriptor: number, argument: number) => number;

/**
Throws away what a terminal device holds and the terminal has not yet taken, so that there is room again, even where nothing is taken any more; starts output
that somebody has stopped (Ctrl-S, TCOOFF), since a stopped device takes nothing. Nothing happens where the descriptor is no terminal.
*/
export const restartOutput = (descriptor: number): void => {
	const library = koffi.load(null);
	const flush = library.func('int tcflush(int descriptor, int queue)') as TerminalCall;
	const control = library.func('int tcflow(int descriptor, int action)') as TerminalCall;
	flush(descriptor, outputQueue);
	control(descriptor, startOutput);
};
