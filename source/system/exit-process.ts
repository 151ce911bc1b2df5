import {koffi} from './koffi.js';

/**
Ends the process immediately (_exit(2)). `process.exit` of Node.js waits for its thread pool, for example for getaddrinfo(3) while a name server does not answer.
*/
export const exitProcess = (exitCode: number): void => {
	const exit = koffi.load(null).func('void _exit(int status)') as (status: number) => void;
	exit(exitCode);
};
