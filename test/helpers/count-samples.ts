import {openRecording} from '../../source/recording/archive/recording.js';

/** Number of samples in the recording in a folder; 0 while it cannot be opened. */
export const countSamples = (folder: string): number => {
	try {
		const recording = openRecording(folder);
		const {length} = recording.positions;
		recording.close();
		return length;
	} catch {
		return 0;
	}
};
