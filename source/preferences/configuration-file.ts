/** The settings file: where it is, and how it is read and written. The only place with I/O for preferences. */
import {Buffer} from 'node:buffer';
import fs from 'node:fs';
import path from 'node:path';
import {withLock} from '../files/lock.js';
import {checkLinks, makeFolder, ownPath} from '../files/own-path.js';
import {userPlace, type Place} from '../files/places.js';
import {readBoundedFile} from '../files/read-file.js';
import {removeLeftovers, replaceFile} from '../files/replace-file.js';
import {decodeBytes} from '../text/escape.js';
import type {Change} from './changes.js';
import type {Configuration} from './configuration.js';

/** What is chosen without a file. */
export const noConfiguration: Configuration = {
	preferences: {}, keys: new Map(), views: new Map(), problems: [],
};

/** Bytes; a larger file is something else. */
const mostBytes = 1_000_000;

const defaultPlace = (): Place => userPlace('config', ['config.toml']);

/** Where the file is by default: `~/.config/conntop/config.toml`, or below `XDG_CONFIG_HOME`. */
export const defaultPath = (): string => defaultPlace().path;

/** A path that a person has named is a place of its own; the default has a base. */
const placeOf = (file: string): Place => file === defaultPath() ? defaultPlace() : {path: path.resolve(file)};

const isErrorWith = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;

const reasonOf = (error: unknown): string => error instanceof Error ? error.message.replace(/, \w+ '.*$/v, '') : String(error);

/** Text of a file, undefined where there is none. */
const readText = (file: string): string | undefined => {
	try {
		checkLinks(file);
		return decodeBytes(readBoundedFile(file, {most: mostBytes, isLinkFollowed: true}));
	} catch (error) {
		if (isErrorWith(error, 'ENOENT') || isErrorWith(error, 'ENOTDIR')) {
			return undefined;
		}

		throw error;
	}
};

/** Reads the file. Without one, nothing is loaded and nothing is wrong; a file that cannot be read is a problem. */
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

/**
Writes changes into the file, into what it says by now. All else in it stays as it is; where that cannot be, the file from before is kept beside it, with
`.bak` at its end. One process does this at a time.

@returns One sentence: where they were written, or why they were not.
*/
export const saveChanges = async (file: string, changes: readonly Change[]): Promise<string> => {
	try {
		const {writeChanges} = await import('./changes.js');
		// A link stays a link: what it leads to is written.
		const target = ownPath(placeOf(file));
		makeFolder(path.dirname(target));
		const isInPlace = await withLock(`${target}.lock`, () => {
			for (const each of [target, `${target}.bak`]) {
				removeLeftovers(each, () => true);
			}

			const before = readText(target) ?? '';
			const {text, isInPlace} = writeChanges(before, changes);
			if (Buffer.byteLength(text) > mostBytes) {
				throw new Error(`it would have more than ${mostBytes} bytes`);
			}

			const mode = before === '' ? 0o644 : fs.statSync(target).mode & 0o777;
			if (!isInPlace) {
				replaceFile(`${target}.bak`, before, mode, {isSafe: true});
			}

			replaceFile(target, text, mode, {isSafe: true});
			return isInPlace;
		});
		return isInPlace ? `Saved in ${file}` : `Saved in ${file}, written anew; what it was is in ${path.basename(target)}.bak`;
	} catch (error) {
		return `Not saved: ${file} cannot be written: ${reasonOf(error)}`;
	}
};
