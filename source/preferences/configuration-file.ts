/** The settings file: its path, and how it is read and written. Only this file does I/O for preferences. */
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
import {emptyServeSection} from './serve-section.js';

/** The configuration without a file. */
export const noConfiguration: Configuration = {
	preferences: {}, keys: new Map(), views: new Map(), serve: emptyServeSection, isServeBroken: false, problems: [],
};

/** Maximum size in bytes; a larger file is not a settings file. */
const maxBytes = 1_000_000;

const defaultPlace = (): Place => userPlace('config', ['config.toml']);

/** Returns the default path of the file: `~/.config/conntop/config.toml`, or below `XDG_CONFIG_HOME`. */
export const defaultPath = (): string => defaultPlace().path;

/** A path given by the user stands alone; the default path has a base folder. */
const placeOf = (file: string): Place => file === defaultPath() ? defaultPlace() : {path: path.resolve(file)};

const isErrorWith = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;

const reasonOf = (error: unknown): string => error instanceof Error ? error.message.replace(/, \w+ '.*$/v, '') : String(error);

/** Returns the text of a file; undefined if it does not exist. */
const readText = (file: string): string | undefined => {
	try {
		checkLinks(file);
		return decodeBytes(readBoundedFile(file, {maxBytes, isLinkFollowed: true}));
	} catch (error) {
		if (isErrorWith(error, 'ENOENT') || isErrorWith(error, 'ENOTDIR')) {
			return undefined;
		}

		throw error;
	}
};

/** Reads the settings file. A missing file is not a problem; a file that cannot be read is one. */
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
Applies changes to the current content of the file. Everything else in it stays as it is; if that is not possible, the previous file is kept beside it, with the
suffix `.bak`. A lock ensures that one process at a time does this.

@returns One sentence: where the changes were saved, or why they were not.
*/
export const saveChanges = async (file: string, changes: readonly Change[]): Promise<string> => {
	try {
		const {writeChanges} = await import('./changes.js');
		// If the file is a link, its target is written, and the link stays.
		const target = ownPath(placeOf(file));
		makeFolder(path.dirname(target));
		const isInPlace = await withLock(`${target}.lock`, () => {
			for (const each of [target, `${target}.bak`]) {
				removeLeftovers(each, () => true);
			}

			const before = readText(target) ?? '';
			const {text, isInPlace} = writeChanges(before, changes);
			if (Buffer.byteLength(text) > maxBytes) {
				throw new Error(`it would have more than ${maxBytes} bytes`);
			}

			const mode = before === '' ? 0o644 : fs.statSync(target).mode & 0o777;
			if (!isInPlace) {
				replaceFile(`${target}.bak`, before, mode, {isSafe: true});
			}

			replaceFile(target, text, mode, {isSafe: true});
			return isInPlace;
		});
		return isInPlace ? `Saved in ${file}` : `Saved in ${file}, rewritten; the previous file is ${path.basename(target)}.bak`;
	} catch (error) {
		return `Not saved: ${file} cannot be written: ${reasonOf(error)}`;
	}
};
