/** Reads a file that may be anything: what a person, or another user, has put in its place. */
import fs from 'node:fs';

/** No reader of a FIFO waits for its writer; no terminal becomes that of the process. */
const flags = fs.constants.O_RDONLY | fs.constants.O_NONBLOCK | fs.constants.O_NOCTTY;

/** What is no regular file, by its name. */
const kindOf = (stats: fs.Stats): string => {
	if (stats.isDirectory()) {
		return 'a folder';
	}

	if (stats.isFIFO()) {
		return 'a pipe';
	}

	return stats.isSocket() ? 'a socket' : 'a device';
};

export type ReadLimits = {readonly most: number; readonly refusal?: (stats: fs.Stats) => string | undefined};

/**
Reads an open regular file of bounded size from its start, without ever waiting for it. Files of /proc and the like, which have no size, are empty.

@param descriptor The open file.
@param limits What it must be.
@param limits.most Bytes; a larger file is not read.
@param limits.refusal Says of the open file why it is not to be read; undefined where it may be.
@throws Error what is wrong with the file, or the error of the system.
*/
export const readBoundedDescriptor = (descriptor: number, {most, refusal}: ReadLimits): Uint8Array => {
	const stats = fs.fstatSync(descriptor);
	const problem = stats.isFile()
		? (stats.size > most ? `it has ${stats.size} bytes, more than ${most}` : refusal?.(stats))
		: `it is ${kindOf(stats)}, not a regular file`;
	if (problem !== undefined) {
		throw new Error(problem);
	}

	const content = new Uint8Array(stats.size);
	let length = 0;
	while (length < content.length) {
		const count = fs.readSync(descriptor, content, length, content.length - length, length);
		if (count === 0) {
			break;
		}

		length += count;
	}

	return content.subarray(0, length);
};

/**
Opens a file and reads it in the same way.

@param file Its path.
@param limits What it must be, as above.
@param limits.isLinkFollowed Whether the path may be a link.
*/
export const readBoundedFile = (file: string, limits: ReadLimits & {readonly isLinkFollowed: boolean}): Uint8Array => {
	const descriptor = fs.openSync(file, flags | (limits.isLinkFollowed ? 0 : fs.constants.O_NOFOLLOW));
	try {
		return readBoundedDescriptor(descriptor, limits);
	} finally {
		fs.closeSync(descriptor);
	}
};
