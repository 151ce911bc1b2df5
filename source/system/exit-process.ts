import {koffi} from './koffi.js';

/**
Ends the process at once (_exit(2)). The `process.exit` of Node.js waits for what its threads are doing, such as getaddrinfo(3), as long as a name server is silent.
*/
export const exitProcess = (exitCode: number): void => {
	const exit = koffi.load(null).func('void _exit(int status)') as (status: number) => void;
	exit(exitCode);
};
