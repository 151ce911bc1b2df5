/** Which frame of a recording shows a moment. */
import type {Position, Recording} from './recording.js';

/** Samples that may be missing before the time between them is a gap. */
const samplesOfGap = 3;

/** Milliseconds beyond which nothing was recorded between two frames. */
const gapAfter = ({interval}: Recording): number => samplesOfGap * Math.max(1000, interval);

const timeText = (time: number): string => new Date(time).toISOString();

/** What there is, for a message: `the recording begins … and ends …`. */
export const spanSentence = ({positions}: Recording): string =>
	`the recording begins ${timeText(positions[0].moment.time)} and ends ${timeText(positions.at(-1).moment.time)}`;

/** Index of the last frame at a time or before; -1 for none. */
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
The frame that shows a moment: the last one before it.

@param time Milliseconds since 1970; the end of the recording by default.
@returns Its index among the positions, and a sentence where nothing was recorded at that time; or why there is none.
*/
export const findPosition = (recording: Recording, time?: number): {readonly index: number; readonly notice?: string} | {readonly problem: string} => {
	const {positions} = recording;
	const last = positions.length - 1;
	if (time === undefined) {
		return {index: last};
	}

	const index = indexAt(positions, time);
	if (index === -1 || (index === last && time - positions[last].moment.time > gapAfter(recording))) {
		return {problem: `nothing was recorded at ${timeText(time)}: ${spanSentence(recording)}`};
	}

	const {moment} = positions[index];
	return time - moment.time <= gapAfter(recording)
		? {index}
		: {index, notice: `nothing was recorded between ${timeText(moment.time)} and ${timeText(positions[index + 1].moment.time)}; this is the sample before`};
};
