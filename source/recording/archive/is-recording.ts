import fs from 'node:fs';
import {shardExtension} from '../store/schema.js';

/** Whether a path is a recording: a folder, or a file with the extension of shards. */
export const isRecording = (path: string): boolean => {
	const stats = fs.statSync(path, {throwIfNoEntry: false});
	return stats?.isDirectory() === true || (stats?.isFile() === true && path.endsWith(shardExtension));
};
