/**
Runs a bundle with the code that V8 compiled in an earlier start, because compiling takes longer than everything else before the first rows. The cache of Node.js
(`module.enableCompileCache`) is written before anything has run, when most functions are not compiled yet, and in a folder that all users share.
*/
import fs from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import process from 'node:process';
import {pathToFileURL} from 'node:url';
import vm from 'node:vm';
import type {Place} from '../files/places.js';
import {codePlace, readCode, writeCode} from './kept-code.js';

/** A bundle, as wrapped by `scripts/build.ts`. Its parameters replace those of a module. */
type Bundle = (require: NodeJS.Require, bundleUrl: string) => Promise<void>;

/**
Milliseconds after which all functions needed for a start have run. V8 accepts only code compiled with the same flags, so the flags are changed only later
(`engine/tune-after-start.ts`).
*/
const startDuration = 3000;

/** A bundle begins with a hash of the rest, in a comment: `//` and 64 digits. V8 itself compares only the length of the source. */
const stampLength = 66;

/** By which factor compiled code must have grown to be written again. */
const minimumGrowth = 1.05;

/** Compiles a bundle, with cached code if there is any. Returns how many bytes of it V8 accepted. */
const compile = (filename: string, source: string, code: Uint8Array | undefined): {readonly script: vm.Script; readonly acceptedBytes: number} => {
	const script = new vm.Script(source, {filename, ...(code && {cachedData: code})});
	return {script, acceptedBytes: script.cachedDataRejected === false ? code?.length ?? 0 : 0};
};

/**
Runs a bundle. Its source and code do not stay in memory.

@param filename The file. The cache file has its name, too.
@param placeOf Returns the place of a cache file by its name.
@returns A promise that resolves when the bundle has run, or rejects with what it throws.
*/
// eslint-disable-next-line @typescript-eslint/promise-function-async -- An async function would keep source and code in memory while it waits, for as long as the program runs.
export const runBundle = (filename: string, placeOf: (name: string) => Place = codePlace): Promise<void> => {
	// Bundles are ASCII; other characters are escaped in them.
	const source = fs.readFileSync(filename, 'latin1');
	const stamp = source.slice(0, stampLength);
	const place = placeOf(`${path.basename(filename, '.js')}.code`);
	const {script, acceptedBytes} = compile(filename, source, readCode(place, stamp));
	const keep = (): void => {
		process.off('exit', keepFirst);
		const code = script.createCachedData();
		if (code.length > acceptedBytes * minimumGrowth) {
			writeCode(place, stamp, code);
		}
	};

	/** Writes the code of a run that ends early, if there is no cache yet. A short run compiles little, but that is better than nothing. */
	const keepFirst = (): void => {
		if (acceptedBytes === 0) {
			keep();
		}
	};

	process.once('exit', keepFirst);
	setTimeout(keep, startDuration).unref();
	const bundle = script.runInThisContext() as Bundle;
	return bundle(createRequire(filename), pathToFileURL(filename).href);
};
