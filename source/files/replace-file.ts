import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** What a new file is called until it is whole. */
const temporaryName = (file: string, pid: number): string => `${file}.${pid}.tmp`;

/**
Puts something in the place of a file, whole or not at all.

@param file Its path, without links.
@param content What is to be in it.
@param mode The permissions of the new file.
@param how In which way.
@param how.isSafe It is on the disk before the file from before is gone, which may take long.
*/
export const replaceFile = (file: string, content: string | Uint8Array, mode: number, {isSafe}: {readonly isSafe: boolean}): void => {
	const temporary = temporaryName(file, process.pid);
	// What a process with this number left behind; a link that somebody has put there is removed, not followed.
	fs.rmSync(temporary, {force: true});
	try {
		const descriptor = fs.openSync(temporary, 'wx', mode);
		try {
			fs.writeFileSync(descriptor, content);
			if (isSafe) {
				fs.fsyncSync(descriptor);
			}
		} finally {
			fs.closeSync(descriptor);
		}

		fs.renameSync(temporary, file);
	} catch (error) {
		fs.rmSync(temporary, {force: true});
		throw error;
	}
};

/**
Removes what replacements of a file left behind that were killed.

@param file The file that was to be replaced.
@param isLeft Says of a process, by its number, that it does not replace the file now.
*/
export const removeLeftovers = (file: string, isLeft: (pid: number) => boolean): void => {
	const folder = path.dirname(file);
	for (const name of fs.readdirSync(folder)) {
		const digits = /\.(?<pid>\d+)\.tmp$/v.exec(name)?.groups?.pid;
		const pid = Number(digits);
		if (digits !== undefined && path.join(folder, name) === temporaryName(file, pid) && isLeft(pid)) {
			fs.rmSync(path.join(folder, name), {force: true});
		}
	}
};
