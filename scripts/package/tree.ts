/** Reproducible trees of files: modes and times do not depend on umask and clock. */
import fs from 'node:fs/promises';
import path from 'node:path';

/** A file of a tree: a text, a copy of a file, or a link. */
export type Entry = {readonly path: string; readonly isProgram?: boolean} & (
	{readonly text: string | Uint8Array} | {readonly copyOf: string} | {readonly linkTo: string}
);

const writeEntry = async (folder: string, entry: Entry): Promise<void> => {
	const file = path.join(folder, entry.path);
	await fs.mkdir(path.dirname(file), {recursive: true});
	if ('linkTo' in entry) {
		await fs.symlink(entry.linkTo, file);
		return;
	}

	await ('text' in entry ? fs.writeFile(file, entry.text) : fs.copyFile(entry.copyOf, file));
	await fs.chmod(file, entry.isProgram ? 0o755 : 0o644);
};

/**
Writes a tree of files. Every file and folder has the same time; folders and programs have the mode 755, other files 644.

@param folder Does not exist yet.
@param date Seconds since 1970.
*/
export const writeTree = async (folder: string, entries: readonly Entry[], date: number): Promise<void> => {
	await fs.mkdir(folder, {recursive: true});
	await Promise.all(entries.map(async entry => writeEntry(folder, entry)));
	const written = await fs.readdir(folder, {recursive: true, withFileTypes: true});
	await Promise.all(written.map(async found => {
		const file = path.join(found.parentPath, found.name);
		if (found.isDirectory()) {
			await fs.chmod(file, 0o755);
		}

		await fs.lutimes(file, date, date);
	}));
	await fs.chmod(folder, 0o755);
	await fs.utimes(folder, date, date);
};
