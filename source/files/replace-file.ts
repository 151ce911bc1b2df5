import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** The name of a new file until it is complete. */
const temporaryName = (file: string, pid: number): string => `${file}.${pid}.tmp`;

/**
Replaces a file atomically.

@param file Its path, without links.
@param content The new content.
@param mode The permissions of the new file.
@param options How to write.
@param options.isSafe Writes the new file to disk before the old one is gone. This may take long.
*/
export const replaceFile = (file: string, content: string | Uint8Array, mode: number, {isSafe}: {readonly isSafe: boolean}): void => {
	const temporary = temporaryName(file, process.pid);
	// Remove the leftover of a process with the same pid. A link with that name is removed, not followed.
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
Removes temporary files that killed processes left when they replaced a file.

@param file The file to be replaced.
@param isAbandoned Whether a process no longer replaces the file.
*/
export const removeLeftovers = (file: string, isAbandoned: (pid: number) => boolean): void => {
	const folder = path.dirname(file);
	for (const name of fs.readdirSync(folder)) {
		const digits = /\.(?<pid>\d+)\.tmp$/v.exec(name)?.groups?.pid;
		const pid = Number(digits);
		if (digits !== undefined && path.join(folder, name) === temporaryName(file, pid) && isAbandoned(pid)) {
			fs.rmSync(path.join(folder, name), {force: true});
		}
	}
};
