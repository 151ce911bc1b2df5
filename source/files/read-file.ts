/** Reads files that may be of any kind, because this or another user chose them. */
import fs from 'node:fs';

/** Opening a FIFO must not wait for its writer, and a terminal must not become the controlling one. */
const flags = fs.constants.O_RDONLY | fs.constants.O_NONBLOCK | fs.constants.O_NOCTTY;

/** Names the type of a file that is not a regular one. */
const kindOf = (stats: fs.Stats): string => {
	if (stats.isDirectory()) {
		return 'a folder';
	}

	if (stats.isFIFO()) {
		return 'a pipe';
	}

	return stats.isSocket() ? 'a socket' : 'a device';
};

export type ReadLimits = {readonly maxBytes: number; readonly refusal?: (stats: fs.Stats) => string | undefined};

/**
Reads an open regular file of limited size from its start, without blocking. Files without a size, as in /proc, are empty.

@param descriptor The open file.
@param limits The requirements.
@param limits.most Maximum size in bytes.
@param limits.refusal Returns why the open file must not be read; undefined if it may be.
@throws Error that says what is wrong with the file, or the error of the system.
*/
export const readBoundedDescriptor = (descriptor: number, {maxBytes, refusal}: ReadLimits): Uint8Array => {
	const stats = fs.fstatSync(descriptor);
	const problem = stats.isFile()
		? (stats.size > maxBytes ? `it has ${stats.size} bytes, more than ${maxBytes}` : refusal?.(stats))
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
Opens a file and reads it like `readBoundedDescriptor`.

@param file Its path.
@param limits The requirements, as above.
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
