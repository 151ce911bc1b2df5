/** A child process together with all that it starts. */
import process from 'node:process';

const endingSignals = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const satisfies readonly NodeJS.Signals[];

/**
Ends a process group at once, whatever its members do. To be called only while the group exists, since another one may get its number.

@param leader Number of the process that leads it: one that was started with `detached`.
*/
export const endProcessGroup = (leader: number): void => {
	try {
		process.kill(-leader, 'SIGKILL');
	} catch {
		// Nobody is left in it.
	}
};

/**
Calls back before this process ends, by a signal too, until the returned function is called. A group of its own gets none of the signals that the terminal sends to
this process.

@param end Must be synchronous.
*/
export const beforeEnd = (end: () => void): (() => void) => {
	const onSignal = (signal: NodeJS.Signals): void => {
		end();
		if (process.listenerCount(signal) > 1) {
			return;
		}

		// With no other listener, the signal does what it does by default.
		stop();
		process.kill(process.pid, signal);
	};

	const stop = (): void => {
		process.off('exit', end);
		for (const signal of endingSignals) {
			process.off(signal, onSignal);
		}
	};

	process.on('exit', end);
	for (const signal of endingSignals) {
		process.on(signal, onSignal);
	}

	return stop;
};
