import {writeSync} from 'node:fs';
import process from 'node:process';

/** Loads `restartOutput` on demand; undefined if koffi has no binary for the system. Without it, the text is written only if the terminal has room for it. */
const loadRestart = async (): Promise<((descriptor: number) => void) | undefined> => {
	try {
		const {restartOutput} = await import('../system/restart-output.js');
		return restartOutput;
	} catch {
		return undefined;
	}
};

/**
Writes a text to the terminal when the process exits, and discards all output that the terminal has not accepted by then. A blocked terminal thus gets the
sequences that restore it when it continues, although the program has ended. Never blocks.
*/
export const leaveLastWord = async (text: string): Promise<void> => {
	const restartOutput = await loadRestart();
	process.once('exit', () => {
		try {
			restartOutput?.(process.stdout.fd);
			writeSync(process.stdout.fd, text);
		} catch {
			// The terminal is gone or still blocked.
		}
	});
};
