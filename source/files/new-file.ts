/** Writes a new file named by the user: follows no links of other users, and replaces an existing file only if requested. */
import fs from 'node:fs/promises';
import {constants} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {ownPath} from './own-path.js';

/** The file already exists. */
export class FileExistsError extends Error {
	override name = 'FileExistsError';
}

export type NewFile = {
	/** Its path, with symbolic links resolved. */
	readonly path: string;
	readonly write: (text: string) => Promise<void>;
	/** Closes the file, and renames it if it replaces another one. */
	readonly finish: () => Promise<void>;
	/** Removes the new file. An existing file stays. */
	readonly discard: () => Promise<void>;
};

const {
	O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW,
} = constants;

/** Readable only by this user, because the contents name hosts, users and programs. */
const mode = 0o600;

/** Expands a leading `~` to the home directory. */
export const expandHome = (file: string, home = os.homedir()): string => file === '~' || file.startsWith('~/') ? path.join(home, file.slice(1)) : file;

const isCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;

const folderOf = async (file: string): Promise<void> => {
	const folder = path.dirname(file);
	const stats = await fs.stat(folder).catch(() => undefined);
	if (stats?.isDirectory() !== true) {
		throw new Error(`there is no folder ${folder}`);
	}
};

/**
Opens a new file.

@param named Path as typed by the user.
@param isReplacing Whether an existing file may be replaced. It stays until the new one is complete.
@throws FileExistsError if there is a file and it may not be replaced; Error, with a sentence, if nothing can be written there.
*/
export const openNewFile = async (named: string, isReplacing: boolean): Promise<NewFile> => {
	const file = ownPath({path: path.resolve(expandHome(named))});
	await folderOf(file);
	const before = await fs.lstat(file).catch((error: unknown) => {
		if (isCode(error, 'ENOENT')) {
			return undefined;
		}

		throw error;
	});
	if (before !== undefined && !before.isFile()) {
		throw new Error(`${file} is no regular file`);
	}

	if (before !== undefined && !isReplacing) {
		throw new FileExistsError(`${file} exists already`);
	}

	const target = before === undefined ? file : `${file}.${process.pid}.tmp`;
	if (target !== file) {
		// A file left by an earlier process with the same pid. A link with that name is removed, not followed.
		await fs.rm(target, {force: true});
	}

	const handle = await fs.open(target, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode).catch((error: unknown) => {
		throw isCode(error, 'EEXIST') ? new FileExistsError(`${file} exists already`) : error;
	});
	return {
		path: file,
		async write(text) {
			await handle.writeFile(text);
		},
		async finish() {
			await handle.close();
			if (target !== file) {
				await fs.rename(target, file);
			}
		},
		async discard() {
			await handle.close().catch(() => undefined);
			await fs.rm(target, {force: true});
		},
	};
};
