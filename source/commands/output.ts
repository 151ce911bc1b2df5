/** The way out for all text but that of the live view: what is foreign in it is escaped before a terminal gets it. */
import process from 'node:process';
import type {JsonValue} from '../fields/model/format.js';
import {inWrittenCharacters, proseInWrittenCharacters} from '../text/ascii.js';
import {escapeJsonLines, escapeLines, escapeText} from '../text/escape.js';
import {describeInternalError, internalErrorCode} from '../text/internal-error.js';

/** What is written: columns or prose for people, or data, which stays as it is where no terminal shows it. */
export type OutputForm = 'text' | 'prose' | 'json' | 'csv';

const encoded = (text: string, form: OutputForm): string => {
	if (!process.stdout.isTTY && (form === 'json' || form === 'csv')) {
		return text;
	}

	const harmless = process.stdout.isTTY ? (form === 'json' ? escapeJsonLines(text) : escapeLines(text)) : text;
	return form === 'prose' ? proseInWrittenCharacters(harmless) : inWrittenCharacters(harmless);
};

/** RFC 4180: quotation marks where they are needed. On a terminal, a foreign line feed must not make a row of its own. */
export const csvCell = (value: JsonValue | boolean | Readonly<Record<string, JsonValue>> | undefined, isForTerminal: boolean): string => {
	const raw = value === undefined ? '' : (typeof value === 'object' ? JSON.stringify(value) : String(value));
	const text = isForTerminal ? escapeText(raw) : raw;
	return /[\n\r",]/v.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Writes whole lines to standard output; waits when the reader is slow, so that nothing piles up. */
export const write = async (text: string, form: OutputForm = 'text'): Promise<void> => {
	if (!process.stdout.write(encoded(text, form))) {
		await new Promise<void>(resolve => {
			process.stdout.once('drain', resolve);
		});
	}
};

/**
Says on standard error, in one line, what is wrong.

@param sentence It may hold foreign text.
@param lines What follows below: a filter with a mark under the wrong word, the frames of a stack.
*/
export const complain = (sentence: string, lines: readonly string[] = []): void => {
	process.stderr.write(proseInWrittenCharacters([`conntop: ${escapeText(sentence)}`, ...lines.map(line => escapeText(line)), ''].join('\n')));
};

/** Reports those sentences of a sample that the sample before did not have. */
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

/** Says what is to be said of an error that nobody expected. */
export const complainOfInternalError = (reason: unknown): void => {
	const {sentence, frames} = describeInternalError(reason);
	complain(sentence, frames);
};

const onOutputError = (error: NodeJS.ErrnoException): void => {
	if (error.code !== 'EPIPE') {
		complain(`standard output cannot be written: ${error.message}`);
	}

	// eslint-disable-next-line unicorn/no-process-exit -- Nobody listens any more: there is nothing left to do.
	process.exit(error.code === 'EPIPE' ? undefined : 1);
};

/**
Ends the program where standard output cannot be written: quietly where a reader that has seen enough (`| head`) has closed the pipe, with a sentence otherwise
(a full disk). What cannot be said on standard error is not said.

@returns Ends this: the live view restores its terminal first.
*/
export const endOnOutputError = (): (() => void) => {
	process.stdout.on('error', onOutputError);
	process.stderr.on('error', () => undefined);
	return () => {
		process.stdout.off('error', onOutputError);
	};
};

/** Ends the program with a sentence on an error that nobody caught, unless the live view, which restores its terminal, does. */
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
