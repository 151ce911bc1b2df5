/** Stack frames shown: enough to locate the error. */
const maximumFrames = 6;

/** Shortens the path in a stack frame, in parentheses or at its end, to the file name. */
const shortFrame = (frame: string): string => {
	const start = Math.max(frame.lastIndexOf('('), frame.lastIndexOf(' ')) + 1;
	const name = frame.lastIndexOf('/') + 1;
	return `    ${(name > start ? frame.slice(0, start) + frame.slice(name) : frame).trim()}`;
};

/**
Describes an unexpected error: one sentence, and the stack frames. The source line is left out, because a line of the bundle is as long as the program.

@param reason The thrown value; not always an `Error`.
*/
export const describeInternalError = (reason: unknown): {readonly sentence: string; readonly frames: readonly string[]} => {
	if (!(reason instanceof Error)) {
		return {sentence: `internal error: ${String(reason)}`, frames: []};
	}

	const frames = (reason.stack ?? '').split('\n').filter(line => /^\s+at /v.test(line));
	return {
		sentence: `internal error: ${reason.message === '' ? reason.name : reason.message}`,
		frames: frames.slice(0, maximumFrames).map(frame => shortFrame(frame)),
	};
};

/** Exit code for an internal error: EX_SOFTWARE (sysexits.h). */
export const internalErrorCode = 70;
