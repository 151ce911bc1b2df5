#!/usr/bin/env node
/* eslint-disable n/prefer-global/process -- Old versions of Node.js do not support `node:` imports; they must get as far as the error message. */
/**
The launcher. It is compiled for old versions of Node.js too, so that they print which version is needed instead of a syntax error.
*/
import fs from 'node:fs';
import path from 'node:path';
import {bundleOf, isShortQuestion} from './code/bundle-of.js';
import {refuseInspector} from './code/refuse-inspector.js';
import {describeInternalError, internalErrorCode} from './text/internal-error.js';

/** The version in package.json, inserted by scripts/build.ts. */
declare const packageVersion: string;

refuseInspector();

/** The minimum version of Node.js, as in `engines` of package.json: the first with zstd. */
const oldest = {major: 22, minor: 15};

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const isTooOld = major < oldest.major || (major === oldest.major && minor < oldest.minor);

const refusal = isTooOld
	? `conntop needs Node.js ${oldest.major}.${oldest.minor} or newer; this is ${process.version}.`
	: (process.platform === 'linux' ? undefined : `conntop reads the sockets of Linux; this system is ${process.platform}.`);

/**
Prints the version without loading the bundle, which takes as long as starting Node.js.

@returns False if the arguments ask for something else, or if standard output cannot be written, which the bundle reports.
*/
const hasPrintedVersion = (): boolean => {
	const [option = '', ...others] = process.argv.slice(2);
	if (others.length > 0 || !['-V', '-v', '--version'].includes(option)) {
		return false;
	}

	try {
		fs.writeSync(1, `${packageVersion}\n`);
		return true;
	} catch {
		return false;
	}
};

/** Runs the bundle that has the command. It reports its own errors; errors that prevent it from starting are reported here. */
const run = async (): Promise<void> => {
	try {
		const words = process.argv.slice(2);
		if (isShortQuestion(words)) {
			const {hasAnswered} = await import('./answers.js');
			if (await hasAnswered(words)) {
				return;
			}
		}

		const {runBundle} = await import('./code/run-bundle.js');
		await runBundle(path.join(import.meta.dirname, bundleOf(words)));
	} catch (error) {
		const {sentence, frames} = describeInternalError(error);
		process.stderr.write([`conntop: ${sentence}`, ...frames, ''].map(line => line.replaceAll(/\p{Control}/gv, '?')).join('\n'));
		process.exitCode = internalErrorCode;
	}
};

if (refusal === undefined) {
	if (!hasPrintedVersion()) {
		void run();
	}
} else {
	process.stderr.write(`${refusal}\n`);
	process.exitCode = 1;
}
