import fs from 'node:fs';
import process from 'node:process';

/**
Puts something in the place of a file, whole or not at all.

@param file
@param content
@param mode The permissions of the new file.
@param how `isSafe`: it is on the disk before the file from before is gone, which may take long.
@param how.isSafe
*/
export const replaceFile = (file: string, content: string | Uint8Array, mode: number, {isSafe}: {readonly isSafe: boolean}): void => {
	const temporary = `${file}.${process.pid}.tmp`;
	try {
		// Never through a link that somebody has put there.
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
