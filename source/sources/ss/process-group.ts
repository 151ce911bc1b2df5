/** A child process together with all processes that it starts. */
import process from 'node:process';

const exitSignals = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const satisfies readonly NodeJS.Signals[];

/**
Kills a process group at once. Call it only while the group exists, because its number may be reused.

@param leader Number of the process that leads it: one that was started with `detached`.
*/
export const killProcessGroup = (leader: number): void => {
	try {
		process.kill(-leader, 'SIGKILL');
	} catch {
		// The group is empty.
	}
};

/**
Calls back before this process ends, also by a signal, until the returned function is called. A separate process group does not get the signals that the
terminal sends to this process.

@param end Must be synchronous.
*/
export const beforeEnd = (end: () => void): (() => void) => {
	const onSignal = (signal: NodeJS.Signals): void => {
		end();
		if (process.listenerCount(signal) > 1) {
			return;
		}

		// Without other listeners, let the signal do its default action.
		stop();
		process.kill(process.pid, signal);
	};

	const stop = (): void => {
		process.off('exit', end);
		for (const signal of exitSignals) {
			process.off(signal, onSignal);
		}
	};

	process.on('exit', end);
	for (const signal of exitSignals) {
		process.on(signal, onSignal);
	}

	return stop;
};
