import process from 'node:process';

/** Names in `process.getActiveResourcesInfo` of work on other threads, for which `process.exit` waits. */
const threadWork = /^(?:FSReq|GetAddrInfo|GetNameInfo)/v;

/** Loads `exitProcess` on demand; undefined if koffi has no binary for the system. */
const loadExit = async (): Promise<((exitCode: number) => void) | undefined> => {
	try {
		const {exitProcess} = await import('../system/exit-process.js');
		return exitProcess;
	} catch {
		return undefined;
	}
};

/** Exits without waiting for outside work, such as a child process that never ends or a name server that does not answer. */
export const leave = async (exitCode: number): Promise<never> => {
	if (process.getActiveResourcesInfo().some(name => threadWork.test(name))) {
		const exitAtOnce = await loadExit();
		// Runs after all exit listeners that are already registered.
		process.on('exit', code => {
			exitAtOnce?.(code);
		});
	}

	// eslint-disable-next-line unicorn/no-process-exit -- The event loop would wait for pending work.
	process.exit(exitCode);
};
