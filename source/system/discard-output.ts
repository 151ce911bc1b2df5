import {koffi} from './koffi.js';

/** Queue_selector of tcflush(3): what was written and not yet taken (termios.h). */
const outputQueue = 1;

type Flush = (descriptor: number, queue: number) => number;

/**
Throws away what a terminal device holds and the terminal has not yet taken, so that there is room again, even where nothing is taken any more. Nothing happens
where the descriptor is no terminal.
*/
export const discardOutput = (descriptor: number): void => {
	const flush = koffi.load(null).func('int tcflush(int descriptor, int queue)') as Flush;
	flush(descriptor, outputQueue);
};
