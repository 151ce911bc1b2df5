/** Finds the frame of a recording for a moment. */
import type {Position, Recording} from './recording.js';

/** Intervals between two frames from which on the time between them counts as a gap. */
const gapIntervals = 3;

/** Milliseconds between two frames from which on the time between them counts as a gap. */
const gapThreshold = ({interval}: Recording): number => gapIntervals * Math.max(1000, interval);

const timeText = (time: number): string => new Date(time).toISOString();

/** The time span of a recording, for a message: `the recording begins … and ends …`. */
export const spanSentence = ({positions}: Recording): string =>
	`the recording begins ${timeText(positions[0].moment.time)} and ends ${timeText(positions.at(-1)?.moment.time ?? 0)}`;

/** Index of the last frame at or before a time; -1 if there is none. */
export const indexAt = (positions: readonly Position[], time: number): number => {
	let [low, high] = [0, positions.length];
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (positions[middle].moment.time <= time) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}

	return low - 1;
};

/**
Finds the frame for a moment: the last one at or before it.

@param time Milliseconds since 1970. Default: the end of the recording.
@returns Its index among the positions, with a notice if the time is in a gap; or the problem if there is no such frame.
*/
export const findPosition = (recording: Recording, time?: number): {readonly index: number; readonly notice?: string} | {readonly problem: string} => {
	const {positions} = recording;
	const last = positions.length - 1;
	if (time === undefined) {
		return {index: last};
	}

	const index = indexAt(positions, time);
	if (index === -1 || (index === last && time - positions[last].moment.time > gapThreshold(recording))) {
		return {problem: `nothing was recorded at ${timeText(time)}: ${spanSentence(recording)}`};
	}

	const {moment} = positions[index];
	return time - moment.time <= gapThreshold(recording)
		? {index}
		: {index, notice: `nothing was recorded between ${timeText(moment.time)} and ${timeText(positions[index + 1].moment.time)}; this is the previous sample`};
};
