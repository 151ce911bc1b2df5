/** Lets only one recorder write to a folder. The lock is a lock of SQLite, which the kernel releases when the process ends in any way. */
import fs from 'node:fs';
import path from 'node:path';
import {openDatabase, ResultCode, resultCodeOf} from './sqlite.js';

/** Another recorder writes to the folder. The message is a sentence. */
export class FolderInUseError extends Error {
	override name = 'FolderInUseError';
}

/**
Locks a folder.

@returns A function that releases the lock.
@throws FolderInUseError
*/
export const lockFolder = (folder: string): (() => void) => {
	const file = path.join(folder, 'writer.lock');
	fs.closeSync(fs.openSync(file, fs.constants.O_RDWR | fs.constants.O_CREAT | fs.constants.O_NOFOLLOW | fs.constants.O_NONBLOCK, 0o600));
	const database = openDatabase(file, {isReadOnly: false});
	try {
		database.exec('PRAGMA busy_timeout = 0');
		database.exec('BEGIN EXCLUSIVE');
	} catch (error) {
		database.close();
		throw resultCodeOf(error) === ResultCode.busy
			? new FolderInUseError(`another conntop records into ${folder} already`)
			: error;
	}

	return () => {
		database.close();
	};
};
