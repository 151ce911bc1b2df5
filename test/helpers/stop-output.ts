import fs from 'node:fs';
import {koffi} from '../../source/system/koffi.js';

/** TCOOFF of tcflow(3): suspend output (termios.h). */
const stop = 0;

/** Suspends the output of the terminal of a program, like Ctrl-S. */
export const stopOutput = (pid: number): void => {
	const descriptor = fs.openSync(`/proc/${pid}/fd/1`, fs.constants.O_WRONLY | fs.constants.O_NOCTTY);
	try {
		const control = koffi.load(null).func('int tcflow(int descriptor, int action)') as (descriptor: number, action: number) => number;
		if (control(descriptor, stop) !== 0) {
			throw new Error('the terminal cannot be stopped');
		}
	} finally {
		fs.closeSync(descriptor);
	}
};
