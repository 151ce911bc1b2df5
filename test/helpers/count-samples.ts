import {openRecording} from '../../source/recording/archive/recording.js';

/** The times of the samples in the recording in a folder, in milliseconds since 1970; none while it cannot be opened. */
export const sampleTimes = (folder: string): readonly number[] => {
	try {
		const recording = openRecording(folder);
		const times = recording.positions.map(({moment}) => moment.time);
		recording.close();
		return times;
	} catch {
		return [];
	}
};

/** Number of samples in the recording in a folder; 0 while it cannot be opened. */
export const countSamples = (folder: string): number => sampleTimes(folder).length;
