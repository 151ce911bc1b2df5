/** Entry point: parses the arguments and runs the command. Each command loads only what it needs: React only for the live view, almost nothing for `--version`. */
import process from 'node:process';
import {CommanderError} from 'commander';
import packageJson from '../package.json' with {type: 'json'};
import {
	complain,
	complainOfInternalError,
	endOnInternalError,
	endOnOutputError,
} from './commands/output.js';
import type {Options, Settings} from './commands/options.js';
import {runProgram} from './commands/program.js';
import {isAsciiWanted, isDumb} from './commands/terminal-kind.js';
import {UsageError} from './commands/usage-error.js';
import {InputError, SourceError} from './sources/source.js';
import {writeAsciiOnly} from './text/glyphs.js';
import {internalErrorCode} from './text/internal-error.js';

endOnInternalError();
const stopEnding = endOnOutputError();
if (isAsciiWanted(process.env)) {
	writeAsciiOnly();
}

const settingsOf = async (options: Options, filter: readonly string[]): Promise<Settings> => {
	const [{namedProtocols, readOptions}, {lookUpHosts}] = await Promise.all([import('./commands/options.js'), import('./engine/lookups.js')]);
	return readOptions(options, filter, await lookUpHosts(filter.join(' '), undefined, namedProtocols(options)));
};

const listAs = async (options: Options, filter: readonly string[]): Promise<void> => {
	const settings = await settingsOf(options, filter);
	const {list} = await import('./commands/list.js');
	await list(settings, options.json ? 'json' : (options.csv ? 'csv' : 'text'));
};

try {
	await runProgram(process.argv.slice(2), packageJson.version, {
		prepare({ascii}) {
			if (ascii) {
				writeAsciiOnly();
			}
		},
		async live(options, filter) {
			if (!process.stdout.isTTY) {
				await listAs(options, filter);
				return;
			}

			const [{live}, {leave}] = await Promise.all([import('./commands/live.js'), import('./commands/leave.js')]);
			// The live view handles the loss of its terminal itself.
			stopEnding();
			await leave(await live(isDumb(process.env) ? {...options, screenReader: true} : options, filter));
		},
		list: listAs,
		async events(options, filter) {
			const settings = await settingsOf(options, filter);
			const {events} = await import('./commands/events.js');
			await events(settings, options.json ? 'json' : 'text');
		},
		async summary(options, filter) {
			const settings = await settingsOf(options, filter);
			const {summary} = await import('./commands/summary.js');
			await summary(settings, options.json ? 'json' : 'text');
		},
		async close(options, filter) {
			const settings = await settingsOf(options, filter);
			const {close} = await import('./commands/close.js');
			await close(settings, {format: options.json ? 'json' : 'text', isConfirmed: options.yes === true});
		},
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
