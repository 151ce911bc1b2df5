/**
Node.js opens the port of its inspector on SIGUSR1, and whoever reaches that port runs code as this user. Here the signal ends the program, as it ends every other
one that has no use for it; the live view restores its terminal first.
*/
import process from 'node:process';

const end = (): void => {
	if (process.listenerCount('SIGUSR1') > 1) {
		return;
	}

	process.off('SIGUSR1', end);
	process.kill(process.pid, 'SIGUSR1');
};

/** To be called before anything else. */
export const refuseInspector = (): void => {
	process.on('SIGUSR1', end);
};
