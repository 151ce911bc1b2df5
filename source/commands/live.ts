/** The live view: the engine in its thread, the screen in this one. */
import os from 'node:os';
import process from 'node:process';
import {startWorker} from '../engine/link.js';
import {defaultColumns} from '../fields/registry.js';
import type {Settings} from './options.js';
import {queryOf} from './select.js';

/** Rows of the first window, until the screen says how many it has. */
const firstHeight = 50;

/**
Shows the live view until the person leaves it.

@returns The exit code.
@throws InputError for a file that cannot be shown.
*/
export const live = async (settings: Settings): Promise<number> => {
	if (!process.stdin.isTTY) {
		process.stderr.write('conntop: the live view needs a terminal to read keys from; `conntop list` needs none\n');
		return 1;
	}

	await checkInput(settings);
	const columns = settings.columns?.map(field => field.id) ?? [...defaultColumns, ...settings.details.map(field => field.id)];
	const {window, ...initialQuery} = queryOf(settings, columns);
	const worker = startWorker({
		choice: settings.choice,
		interval: settings.interval,
		query: {...initialQuery, window: {...window, height: firstHeight}},
	});
	// Loading React and Ink takes as long as the first sample: they go side by side.
	const {runScreen} = await import('../screen/run.js');
	const {exitCode, message} = await runScreen({
		link: worker,
		initialQuery,
		stdin: process.stdin,
		stdout: process.stdout,
		environment: {hostname: os.hostname(), variables: process.env},
	});
	await worker.stop();
	if (message !== undefined) {
		process.stderr.write(`conntop: ${message}\n`);
	}

	return exitCode;
};

/** A wrong file is told before the screen opens, as every wrong option is. */
const checkInput = async ({choice}: Settings): Promise<void> => {
	if (choice.input === undefined) {
		return;
	}

	const [{createFileSource}, {SocketTable}] = await Promise.all([import('../sources/file.js'), import('../table/socket-table.js')]);
	createFileSource(new SocketTable(), choice.input).close();
};
