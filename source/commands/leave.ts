import process from 'node:process';

/** What `process.getActiveResourcesInfo` calls work that other threads do, for which `process.exit` waits. */
const threadWork = /^(?:FSReq|GetAddrInfo|GetNameInfo)/v;

/** Not loaded where nothing hangs, nor where koffi has no binary for the system. */
const loadExit = async (): Promise<((exitCode: number) => void) | undefined> => {
	try {
		const {exitProcess} = await import('../system/exit-process.js');
		return exitProcess;
	} catch {
		return undefined;
	}
};

/** Ends the program, whatever is still under way outside of it: a child that never ends, a name server that is silent. */
export const leave = async (exitCode: number): Promise<never> => {
	if (process.getActiveResourcesInfo().some(name => threadWork.test(name))) {
		const exitAtOnce = await loadExit();
		// After all who listen for the end already.
		process.on('exit', code => {
			exitAtOnce?.(code);
		});
	}

	// eslint-disable-next-line unicorn/no-process-exit -- The event loop would wait for all that is under way.
	process.exit(exitCode);
};
