import fs from 'node:fs';
import {shardEnding} from '../store/schema.js';

/** Whether a path is of a recording: a folder, or a file that is called like a shard. */
export const isRecording = (place: string): boolean => {
	const stats = fs.statSync(place, {throwIfNoEntry: false});
	return stats?.isDirectory() === true || (stats?.isFile() === true && place.endsWith(shardEnding));
};
