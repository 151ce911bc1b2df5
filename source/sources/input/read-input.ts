/** Reads the input that `--input` names: a regular file, a pipe, or standard input. No input can make the program hang or use unlimited memory. */
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {isatty} from 'node:tty';
import {readBoundedDescriptor} from '../../files/read-file.js';
import {escapeText} from '../../text/escape.js';
import {InputError} from '../source.js';

/** The bytes of an input. */
export type GivenBytes = {
	readonly content: Uint8Array;
	/** The name for messages. Safe for a terminal. */
	readonly label: string;
	/** The name of the file without its directories, or `standard input`. Untrusted text. */
	readonly file: string;
};

/** The path that means standard input. */
export const standardInput = '-';

const standardInputName = 'standard input';

const megabyte = 1_000_000;
/** Half a gigabyte holds nearly a million sockets. A text must not exceed the maximum length of a string. */
const maximumMegabytes = 512;

/** With these flags, open(2) does not wait for the writer of a FIFO, and no terminal becomes the controlling terminal. */
const flags = fs.constants.O_RDONLY | fs.constants.O_NONBLOCK | fs.constants.O_NOCTTY;

const reasons: Readonly<Record<string, string>> = {
	ENOENT: 'there is no such file',
	EACCES: 'permission denied',
	EPERM: 'permission denied',
	ELOOP: 'too many links',
	ENXIO: 'it is a socket',
	EAGAIN: 'it has no data',
};

const reasonOf = (error: unknown): string => {
	if (!(error instanceof Error)) {
		return String(error);
	}

	const code = 'code' in error ? String(error.code) : '';
	return reasons[code] ?? (code === '' ? error.message : code);
};

/** The name for what is neither a regular file nor a pipe. */
const kindOf = (stats: fs.Stats): string => stats.isDirectory() ? 'a directory' : (stats.isSocket() ? 'a socket' : 'a device');

const tooLarge = (maxMegabytes: number): Error => new Error(`it has more than ${maxMegabytes} MB`);

/** Reads a pipe to its end. */
const readPipe = async (pipe: AsyncIterable<Uint8Array>, maxMegabytes: number): Promise<Uint8Array> => {
	const chunks: Uint8Array[] = [];
	let length = 0;
	for await (const chunk of pipe) {
		length += chunk.length;
		if (length > maxMegabytes * megabyte) {
			throw tooLarge(maxMegabytes);
		}

		chunks.push(chunk);
	}

	const content = new Uint8Array(length);
	let at = 0;
	for (const chunk of chunks) {
		content.set(chunk, at);
		at += chunk.length;
	}

	return content;
};

/** Reads a regular file, and closes it. */
const readFile = (descriptor: number, maxMegabytes: number): Uint8Array => {
	try {
		if (fs.fstatSync(descriptor).size > maxMegabytes * megabyte) {
			throw tooLarge(maxMegabytes);
		}

		return readBoundedDescriptor(descriptor, {maxBytes: maxMegabytes * megabyte});
	} finally {
		fs.closeSync(descriptor);
	}
};

/** Opens a file. Devices and the like are not opened at all, because opening can have side effects. */
const open = (file: string): number => {
	const stats = fs.statSync(file);
	if (!stats.isFile() && !stats.isFIFO()) {
		throw new Error(`it is ${kindOf(stats)}, neither a file nor a pipe`);
	}

	return fs.openSync(file, flags);
};

/** Time for a program to open a FIFO for writing, in milliseconds, and how often conntop looks. */
const writerTime = 2000;
const writerInterval = 20;

/** How often conntop looks for more of what a program writes, in milliseconds. */
const dataInterval = 2;

/** Bytes that one read takes: as many as a pipe holds by default (pipe(7)). */
const pipeBytes = 65_536;

/**
Reads what a FIFO holds. With O_NONBLOCK, read(2) returns 0 without a writer, and EAGAIN if its writer has written nothing yet (fifo(7)).

@returns No bytes if there is no writer; undefined if the writer has written nothing yet.
*/
const readAvailable = (descriptor: number): Uint8Array | undefined => {
	const chunk = new Uint8Array(pipeBytes);
	try {
		return chunk.subarray(0, fs.readSync(descriptor, chunk));
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') {
			return undefined;
		}

		throw error;
	}
};

/**
Reads a FIFO to its end: until the last of its writers has closed it.

This looks at intervals, because epoll(7) does not report the end of a FIFO that has had no writer yet, and because a stream would close a descriptor that Node.js counts as open: a worker
thread closes such a descriptor again when it ends, even if the number has been reused.

@yields The bytes written since the last read.
@throws Error if no program opens it for writing in time.
*/
async function * readWhileWritten(descriptor: number): AsyncGenerator<Uint8Array, void> {
	let hasWriter = false;
	for (let waited = 0; hasWriter || waited < writerTime;) {
		const chunk = readAvailable(descriptor);
		hasWriter ||= chunk === undefined || chunk.length > 0;
		if (chunk !== undefined && chunk.length > 0) {
			yield chunk;
		} else if (chunk !== undefined && hasWriter) {
			return;
		} else {
			await delay(hasWriter ? dataInterval : writerInterval); // eslint-disable-line no-await-in-loop -- There is nothing else to wait for.
			waited += writerInterval;
		}
	}

	throw new Error('it is a pipe that no program writes to');
}

const readFifo = async (descriptor: number, maxMegabytes: number): Promise<Uint8Array> => {
	try {
		return await readPipe(readWhileWritten(descriptor), maxMegabytes);
	} finally {
		fs.closeSync(descriptor);
	}
};

const readNamed = async (file: string, maxMegabytes: number): Promise<Uint8Array> => {
	const descriptor = open(file);
	return fs.fstatSync(descriptor).isFIFO() ? readFifo(descriptor, maxMegabytes) : readFile(descriptor, maxMegabytes);
};

/** Standard input may also be a socket, if another program started this one. */
const readStandardInput = async (maxMegabytes: number): Promise<Uint8Array> => {
	if (isatty(0)) {
		throw new Error('it is a terminal: pipe the output of `ss` into it');
	}

	const stats = fs.fstatSync(0);
	if (stats.isFIFO() || stats.isSocket()) {
		return readPipe(process.stdin, maxMegabytes);
	}

	if (!stats.isFile()) {
		throw new Error(`it is ${kindOf(stats)}, neither a file nor a pipe`);
	}

	return readFile(0, maxMegabytes);
};

/**
Reads the input to its end.

@param given A path, or `-` for standard input.
@param maxMegabytes Size limit in megabytes.
@throws InputError if it cannot be read, is empty or too large.
*/
export const readInput = async (given: string, maxMegabytes = maximumMegabytes): Promise<GivenBytes> => {
	const isStandardInput = given === standardInput;
	const label = isStandardInput ? standardInputName : escapeText(given);
	let content: Uint8Array;
	try {
		content = await (isStandardInput ? readStandardInput(maxMegabytes) : readNamed(given, maxMegabytes));
	} catch (error) {
		throw new InputError(`cannot read ${label}: ${reasonOf(error)}`);
	}

	if (content.length === 0) {
		throw new InputError(`${label} is empty: it must contain output of \`ss\``);
	}

	return {content, label, file: isStandardInput ? standardInputName : path.basename(given)};
};
