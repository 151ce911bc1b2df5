/** Runs the command line of this process, and reports how it failed. */
import process from 'node:process';
import {CommanderError} from 'commander';
import {InputError, SourceError} from '../sources/source.js';
import {writeAsciiOnly} from '../text/glyphs.js';
import {internalErrorCode} from '../text/internal-error.js';
import {
	complain,
	complainOfInternalError,
	prepareOutput,
} from './output.js';
import {runProgram, type Handlers} from './program.js';
import {UsageError} from './usage-error.js';

/**
Runs the command line of this process. Sets the exit code: 2 for wrong input, 1 for sockets that cannot be read; after an internal error the process exits.

@param version The version of conntop.
@param handlersWith Creates the handlers of the commands. It gets a function that stops handling output that cannot be written, for a command that does so itself.
*/
export const runCommandLine = async (version: string, handlersWith: (stopListening: () => void) => Partial<Handlers>): Promise<void> => {
	const stopListening = prepareOutput();

	try {
		await runProgram(process.argv.slice(2), version, {
			prepare({ascii}) {
				if (ascii) {
					writeAsciiOnly();
				}
			},
			...handlersWith(stopListening),
		});
	} catch (error) {
		if (error instanceof CommanderError) {
			// Commander has already printed the error.
			process.exitCode = error.exitCode === 0 ? 0 : 2;
		} else if (error instanceof UsageError || error instanceof SourceError) {
			complain(error.message, error instanceof UsageError ? error.lines : []);
			process.exitCode = error instanceof UsageError || error instanceof InputError ? 2 : 1;
		} else {
			complainOfInternalError(error);
			// eslint-disable-next-line unicorn/no-process-exit -- After an internal error the program may not end by itself.
			process.exit(internalErrorCode);
		}
	}
};
