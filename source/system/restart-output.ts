import {koffi} from './koffi.js';

/** TCOFLUSH of tcflush(3): discard output that was written but not transmitted. TCOON of tcflow(3): restart suspended output (termios.h). */
const outputQueue = 1;
const startOutput = 1;

type TerminalCall = (descriptor: number, argument: number) => number;

/**
Discards output that the terminal has not read yet, so that writes succeed again even if it reads no more, and restarts output that was suspended (Ctrl-S,
TCOOFF), because a suspended device accepts nothing. Does nothing if the descriptor is not a terminal.
*/
export const restartOutput = (descriptor: number): void => {
	const library = koffi.load(null);
	const flush = library.func('int tcflush(int descriptor, int queue)') as TerminalCall;
	const control = library.func('int tcflow(int descriptor, int action)') as TerminalCall;
	flush(descriptor, outputQueue);
	control(descriptor, startOutput);
};
