import path from 'node:path';
import {makeFolder, ownPath} from '../../files/own-path.js';
import {recordingsPlace} from '../../files/places.js';
import {SourceError} from '../../sources/source.js';

/** A folder that cannot be used. The message is a sentence. */
export class RecordingFolderError extends SourceError {
	override name = 'RecordingFolderError';
}

/**
Finds, or makes, the folder that recordings are written to.

@param named What a person named; absent for the default.
@returns Its path without links.
@throws RecordingFolderError
*/
export const openRecordingFolder = (named?: string): string => {
	const place = named === undefined ? recordingsPlace() : {path: path.resolve(named)};
	try {
		const folder = ownPath(place);
		makeFolder(folder);
		return folder;
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new RecordingFolderError(`nothing can be recorded into ${place.path}: ${reason}`);
	}
};
