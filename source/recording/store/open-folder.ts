import path from 'node:path';
import {makeFolder, ownPath} from '../../files/own-path.js';
import {recordingsPlace} from '../../files/places.js';
import {SourceError} from '../../sources/source.js';

/** A folder that cannot be used. The message is a sentence. */
export class RecordingFolderError extends SourceError {
	override name = 'RecordingFolderError';
}

/**
Finds or creates the folder for recordings.

@param named Folder named by the user. Default: the standard folder.
@returns Its path, with symbolic links resolved.
@throws RecordingFolderError
*/
export const openRecordingFolder = (named?: string): string => {
	const location = named === undefined ? recordingsPlace() : {path: path.resolve(named)};
	try {
		const folder = ownPath(location);
		makeFolder(folder);
		return folder;
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new RecordingFolderError(`cannot record into ${location.path}: ${reason}`);
	}
};
