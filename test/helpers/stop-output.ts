import fs from 'node:fs';
import {koffi} from '../../source/system/koffi.js';

/** Action of tcflow(3): stop output (termios.h). */
const stop = 0;

/** Stops the output of the terminal that a program writes to, as Ctrl-S does where the terminal takes that. */
export const stopOutput = (pid: number): void => {
	const descriptor = fs.openSync(`/proc/${pid}/fd/1`, fs.constants.O_WRONLY | fs.constants.O_NOCTTY);
	try {
		const control = koffi.load(null).func('int tcflow(int descriptor, int action)') as (descriptor: number, action: number) => number;
		if (control(descriptor, stop) !== 0) {
			throw new Error('The terminal cannot be stopped.');
		}
	} finally {
		fs.closeSync(descriptor);
	}
};
