/**
Runs a bundle with the code that V8 made of it in an earlier start. Compiling takes longer than all else before the first rows. Node.js keeps compiled code, too
(`module.enableCompileCache`), but before anything has run, when most functions are not compiled yet, and in a folder that all users share.
*/
import fs from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import process from 'node:process';
import {pathToFileURL} from 'node:url';
import vm from 'node:vm';
import type {Place} from '../files/places.js';
import {codePlace, readCode, writeCode} from './kept-code.js';

/** What a bundle is: `scripts/build.ts` wraps it so. It is handed what modules have. */
type Bundle = (require: NodeJS.Require, bundleUrl: string) => Promise<void>;

/**
Milliseconds after which all that a start needs has run. V8 takes back only what it compiled with the same flags: they are changed later
(`engine/settle.ts`), and not before.
*/
const started = 3000;

/** A bundle begins with the hash of what follows, in a comment: `//` and 64 digits. V8 itself compares no more than lengths. */
const stampLength = 66;

/** How much larger compiled code must have become to be written anew. */
const worthWriting = 1.05;

/** Compiles a bundle, or takes the code of it that there is; tells how much that was, in bytes. */
const compile = (filename: string, source: string, code: Uint8Array | undefined): {readonly script: vm.Script; readonly taken: number} => {
	const script = new vm.Script(source, {filename, ...(code && {cachedData: code})});
	return {script, taken: script.cachedDataRejected === false ? code?.length ?? 0 : 0};
};

/**
Runs a bundle. Nothing of what it was made from stays in memory when it has started.

@param filename Where it is. Its name is that of the compiled code, too.
@param placeOf Where the compiled code of a bundle is kept, by the name of its file.
@returns Resolves when the bundle has run, and rejects with what it throws.
*/
// eslint-disable-next-line @typescript-eslint/promise-function-async -- What waits keeps all that it knows: source and code, for as long as the program runs.
export const runBundle = (filename: string, placeOf: (name: string) => Place = codePlace): Promise<void> => {
	// Bundles are ASCII, whatever stands in them.
	const source = fs.readFileSync(filename, 'latin1');
	const stamp = source.slice(0, stampLength);
	const place = placeOf(`${path.basename(filename, '.js')}.code`);
	const {script, taken} = compile(filename, source, readCode(place, stamp));
	const keep = (): void => {
		process.off('exit', keepFirst);
		const code = script.createCachedData();
		if (code.length > taken * worthWriting) {
			writeCode(place, stamp, code);
		}
	};

	/** A short run compiles little, but a first one is better than none. */
	const keepFirst = (): void => {
		if (taken === 0) {
			keep();
		}
	};

	process.once('exit', keepFirst);
	setTimeout(keep, started).unref();
	const bundle = script.runInThisContext() as Bundle;
	return bundle(createRequire(filename), pathToFileURL(filename).href);
};
