/** Code that V8 has compiled, in a file of this user's own. What is in it runs: nobody else may have written it, and it must belong to the bundle. */
import {Buffer} from 'node:buffer';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {makeDirectory} from '../files/make-directory.js';
import {replaceFile} from '../files/replace-file.js';

/** Of the group and of all others. */
const othersMayWrite = 0o022;

/** Where compiled code is kept: `~/.cache/conntop`, or below `XDG_CACHE_HOME` (XDG Base Directory Specification). */
export const codeDirectory = ({XDG_CACHE_HOME: base = ''}: NodeJS.ProcessEnv = process.env): string =>
	path.join(path.isAbsolute(base) ? base : path.join(os.homedir(), '.cache'), 'conntop');

/**
Reads compiled code.

@param file
@param stamp Says which bundle it must be of; ASCII.
@returns Undefined where there is none for this bundle, or where somebody else could have written it.
*/
export const readCode = (file: string, stamp: string): Uint8Array | undefined => {
	try {
		const descriptor = fs.openSync(file, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW);
		try {
			const {uid, mode} = fs.fstatSync(descriptor);
			if (uid !== process.geteuid?.() || (mode & othersMayWrite) !== 0) {
				return undefined;
			}

			const content = fs.readFileSync(descriptor);
			return content.toString('latin1', 0, stamp.length) === stamp ? content.subarray(stamp.length) : undefined;
		} finally {
			fs.closeSync(descriptor);
		}
	} catch {
		return undefined;
	}
};

/** Writes compiled code. Where that cannot be, the next start takes longer, and nothing else is lost. */
export const writeCode = (file: string, stamp: string, code: Uint8Array): void => {
	try {
		makeDirectory(path.dirname(file));
		// With `sudo`, the home may be another user's: what root left there would only be in the way.
		if (fs.statSync(path.dirname(file)).uid === process.geteuid?.()) {
			replaceFile(file, Buffer.concat([Buffer.from(stamp, 'latin1'), code]), 0o600, {isSafe: false});
		}
	} catch {}
};
