import {writeSync} from 'node:fs';
import process from 'node:process';

/** Not loaded at the start, and not at all where koffi has no binary for the system: then the word is said if there is room for it. */
const loadRestart = async (): Promise<((descriptor: number) => void) | undefined> => {
	try {
		const {restartOutput: discardOutput} = await import('../system/restart-output.js');
		return discardOutput;
	} catch {
		return undefined;
	}
};

/**
Has the terminal told something at the very end of the process, in the place of all that it has not taken by then: a terminal that stands gives itself back with
it when it goes on, though nobody is left to do so. It is never waited for.

@param text
*/
export const leaveLastWord = async (text: string): Promise<void> => {
	const discardOutput = await loadRestart();
	process.once('exit', () => {
		try {
			discardOutput?.(process.stdout.fd);
			writeSync(process.stdout.fd, text);
		} catch {
			// Nobody is there to read it.
		}
	});
};
