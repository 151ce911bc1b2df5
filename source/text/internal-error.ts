/** Frames of the stack that are shown: enough to find the place. */
const mostFrames = 6;

/** A frame with the name of its file in place of the path, which it has in parentheses or at its end. */
const shortFrame = (frame: string): string => {
	const start = Math.max(frame.lastIndexOf('('), frame.lastIndexOf(' ')) + 1;
	const name = frame.lastIndexOf('/') + 1;
	return `    ${(name > start ? frame.slice(0, start) + frame.slice(name) : frame).trim()}`;
};

/**
What to say of an error that nobody expected: a sentence, and where it happened. The source is left out: its lines are as long as the program.

@param reason What was thrown; not always an error.
*/
export const describeInternalError = (reason: unknown): {readonly sentence: string; readonly frames: readonly string[]} => {
	if (!(reason instanceof Error)) {
		return {sentence: `internal error: ${String(reason)}`, frames: []};
	}

	const frames = (reason.stack ?? '').split('\n').filter(line => /^\s+at /v.test(line));
	return {
		sentence: `internal error: ${reason.message === '' ? reason.name : reason.message}`,
		frames: frames.slice(0, mostFrames).map(frame => shortFrame(frame)),
	};
};

/** The exit code for it: EX_SOFTWARE (sysexits.h). */
export const internalErrorCode = 70;
