/** The settings file: where it is, and how it is read and written. The only place with I/O for preferences. */
import fs from 'node:fs';
import path from 'node:path';
import envPaths from 'env-paths';
import {makeDirectory} from '../files/make-directory.js';
import {replaceFile} from '../files/replace-file.js';
import type {Change} from './changes.js';
import type {Configuration} from './configuration.js';

/** What is chosen without a file. */
export const noConfiguration: Configuration = {
	preferences: {}, keys: new Map(), views: new Map(), problems: [],
};

/** Where the file is unless told: `~/.config/conntop/config.toml`, or below `XDG_CONFIG_HOME` (XDG Base Directory Specification). */
export const defaultPath = (): string => path.join(envPaths('conntop', {suffix: ''}).config, 'config.toml');

const isErrorWith = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;

const reasonOf = (error: unknown): string => error instanceof Error ? error.message.replace(/, \w+ '.*$/v, '') : String(error);

/** Text of a file, undefined where there is none. */
const readText = (file: string): string | undefined => {
	try {
		return fs.readFileSync(file, 'utf8');
	} catch (error) {
		if (isErrorWith(error, 'ENOENT') || isErrorWith(error, 'ENOTDIR')) {
			return undefined;
		}

		throw error;
	}
};

/** Reads the file. Without one, nothing is loaded and nothing is wrong; a file that cannot be read is told. */
export const loadConfiguration = async (file: string): Promise<Configuration> => {
	let text: string | undefined;
	try {
		text = readText(file);
	} catch (error) {
		return {...noConfiguration, problems: [`${file} cannot be read: ${reasonOf(error)}`]};
	}

	if (text === undefined || text.trim() === '') {
		return noConfiguration;
	}

	const {readConfiguration} = await import('./configuration.js');
	return readConfiguration(text, path.basename(file));
};

/** The file that a name leads to, through links: writing must not replace a link by a file. */
const targetOf = (file: string): string => {
	try {
		return fs.realpathSync(file);
	} catch {
		return file;
	}
};

/**
Writes changes into the file, into what it says by now. All else in it stays as it is; where that cannot be, the file from before is kept beside it, with
`.bak` at its end.

@returns One sentence: where they were written, or why they were not.
*/
export const saveChanges = async (file: string, changes: readonly Change[]): Promise<string> => {
	try {
		const {writeChanges} = await import('./changes.js');
		const target = targetOf(file);
		const before = readText(target) ?? '';
		const {text, isInPlace} = writeChanges(before, changes);
		const mode = before === '' ? 0o644 : fs.statSync(target).mode & 0o777;
		makeDirectory(path.dirname(target));
		if (!isInPlace) {
			replaceFile(`${target}.bak`, before, mode, {isSafe: true});
		}

		replaceFile(target, text, mode, {isSafe: true});
		return isInPlace ? `Saved in ${file}` : `Saved in ${file}, written anew; what it was is in ${path.basename(target)}.bak`;
	} catch (error) {
		return `Not saved: ${file} cannot be written: ${reasonOf(error)}`;
	}
};
