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
import {codeDirectory, readCode, writeCode} from './kept-code.js';

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

/**
Runs a bundle.

@param filename Where it is. Its name is that of the compiled code, too.
@param directory Where compiled code is kept.
@returns Resolves when the bundle has run, and rejects with what it throws.
*/
export const runBundle = async (filename: string, directory = codeDirectory()): Promise<void> => {
	// Bundles are ASCII, whatever stands in them.
	const source = fs.readFileSync(filename, 'latin1');
	const stamp = source.slice(0, stampLength);
	const file = path.join(directory, `${path.basename(filename, '.js')}.code`);
	const cachedData = readCode(file, stamp);
	const script = new vm.Script(source, {filename, ...(cachedData && {cachedData})});
	/** Bytes of compiled code that are there. */
	let kept = script.cachedDataRejected === false ? cachedData?.length ?? 0 : 0;
	const keep = (): void => {
		const code = script.createCachedData();
		if (!(code.length > kept * worthWriting)) {
			return;
		}

		kept = code.length;
		writeCode(file, stamp, code);
	};

	// A short run compiles little, but a first one is better than none.
	process.once('exit', () => {
		if (kept === 0) {
			keep();
		}
	});
	setTimeout(keep, started).unref();
	const bundle = script.runInThisContext() as Bundle;
	await bundle(createRequire(filename), pathToFileURL(filename).href);
};
