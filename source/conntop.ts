#!/usr/bin/env node
/* eslint-disable n/prefer-global/process -- Old versions of Node.js do not know `node:` and are told so here. */
/**
The launcher. It is built for old versions of Node.js as well, so that they tell what is missing instead of failing on syntax.
*/
import path from 'node:path';
import {refuseInspector} from './code/refuse-inspector.js';
import {runBundle} from './code/run-bundle.js';
import {describeInternalError, internalErrorCode} from './text/internal-error.js';

refuseInspector();

const [major] = process.versions.node.split('.', 1);

const refusal = Number(major) < 22
	? `conntop needs Node.js 22 or newer; this is ${process.version}.`
	: (process.platform === 'linux' ? undefined : `conntop reads the sockets of Linux; this system is ${process.platform}.`);

/** The bundle says what goes wrong in it; what keeps it from running is said here. */
const run = async (): Promise<void> => {
	try {
		await runBundle(path.join(import.meta.dirname, 'main.js'));
	} catch (error) {
		const {sentence, frames} = describeInternalError(error);
		process.stderr.write([`conntop: ${sentence}`, ...frames, ''].map(line => line.replaceAll(/\p{Control}/gv, '?')).join('\n'));
		process.exitCode = internalErrorCode;
	}
};

if (refusal === undefined) {
	void run();
} else {
	process.stderr.write(`${refusal}\n`);
	process.exitCode = 1;
}
