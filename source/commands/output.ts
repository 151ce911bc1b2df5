/** Writes all output except that of the live view. Foreign text is escaped before it reaches a terminal. */
import process from 'node:process';
import {writeAsciiOnly} from '../text/glyphs.js';
import {inWrittenCharacters, proseInWrittenCharacters} from '../text/ascii.js';
import {escapeJsonLines, escapeLines, escapeText} from '../text/escape.js';
import {describeInternalError, internalErrorCode} from '../text/internal-error.js';
import {isAsciiWanted} from './terminal-kind.js';

/** Kind of output: columns or prose for people, or data. Data is not escaped unless standard output is a terminal. */
export type OutputForm = 'text' | 'prose' | 'json' | 'csv';

const encoded = (text: string, form: OutputForm): string => {
	if (!process.stdout.isTTY && (form === 'json' || form === 'csv')) {
		return text;
	}

	const harmless = process.stdout.isTTY ? (form === 'json' ? escapeJsonLines(text) : escapeLines(text)) : text;
	return form === 'prose' ? proseInWrittenCharacters(harmless) : inWrittenCharacters(harmless);
};

/** Writes whole lines to standard output. Waits if the reader is slow, so that output does not accumulate in memory. */
export const write = async (text: string, form: OutputForm = 'text'): Promise<void> => {
	if (!process.stdout.write(encoded(text, form))) {
		await new Promise<void>(resolve => {
			process.stdout.once('drain', resolve);
		});
	}
};

/**
Reports a problem on standard error, in one line.

@param sentence May contain foreign text.
@param lines Lines below it: a filter with a mark under the error, or stack frames.
*/
export const complain = (sentence: string, lines: readonly string[] = []): void => {
	process.stderr.write(proseInWrittenCharacters([`conntop: ${escapeText(sentence)}`, ...lines.map(line => escapeText(line)), ''].join('\n')));
};

/** Creates a function that reports the messages of a sample that the previous sample did not have. */
export const createReporter = (): ((sentences: readonly string[]) => void) => {
	let before: readonly string[] = [];
	return sentences => {
		for (const sentence of sentences) {
			if (!before.includes(sentence)) {
				complain(sentence);
			}
		}

		before = sentences;
	};
};

/** Reports an internal error with its stack frames. */
export const complainOfInternalError = (reason: unknown): void => {
	const {sentence, frames} = describeInternalError(reason);
	complain(sentence, frames);
};

const onOutputError = (error: NodeJS.ErrnoException): void => {
	if (error.code !== 'EPIPE') {
		complain(`standard output cannot be written: ${error.message}`);
	}

	// eslint-disable-next-line unicorn/no-process-exit -- The reader is gone, so there is nothing left to do.
	process.exit(error.code === 'EPIPE' ? undefined : 1);
};

/**
Exits when standard output cannot be written: silently if the reader has closed the pipe (`| head`), else with a message (a full disk). Errors of standard error are
ignored.

@returns A function that removes the handler. The live view needs that, because it restores the terminal before it exits.
*/
export const endOnOutputError = (): (() => void) => {
	process.stdout.on('error', onOutputError);
	process.stderr.on('error', () => undefined);
	return () => {
		process.stdout.off('error', onOutputError);
	};
};

/** Exits with a message on an uncaught error, unless the live view handles it, which restores the terminal first. */
export const endOnInternalError = (): void => {
	for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
		process.on(event, (reason: unknown) => {
			if (process.listenerCount(event) > 1) {
				return;
			}

			complainOfInternalError(reason);
			process.exit(internalErrorCode);
		});
	}
};

/**
Prepares this process for output: handles its errors, and restricts it to ASCII if the locale or the terminal needs that.

@returns A function that stops handling output that cannot be written, for a command that does so itself.
*/
export const prepareOutput = (): (() => void) => {
	endOnInternalError();
	if (isAsciiWanted(process.env)) {
		writeAsciiOnly();
	}

	return endOnOutputError();
};
