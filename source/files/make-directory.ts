import fs from 'node:fs';
import path from 'node:path';

/**
Makes a directory and those above it, where they are not there, for this user alone. The recursive form of Node.js never ends where a directory that is there
answers that it is not, as /proc does.
*/
export const makeDirectory = (directory: string): void => {
	if (fs.existsSync(directory)) {
		return;
	}

	makeDirectory(path.dirname(directory));
	try {
		fs.mkdirSync(directory, {mode: 0o700});
	} catch (error) {
		// Another conntop was faster.
		if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
			throw error;
		}
	}
};
