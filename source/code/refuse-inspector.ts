/**
Keeps SIGUSR1 from opening the port of Node.js's inspector, where anyone who can connect can run code as this user. The signal ends the program instead, which is its
default action. The live view restores the terminal first.
*/
import process from 'node:process';

const end = (): void => {
	if (process.listenerCount('SIGUSR1') > 1) {
		return;
	}

	process.off('SIGUSR1', end);
	process.kill(process.pid, 'SIGUSR1');
};

/** Installs the signal handler. Call it before anything else. */
export const refuseInspector = (): void => {
	process.on('SIGUSR1', end);
};
