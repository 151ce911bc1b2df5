/** The options of `conntop record`. */
import {parseSize} from '../../text/units.js';
import {UsageError} from '../usage-error.js';

const day = 86_400_000;

const units: Readonly<Record<string, number>> = {
	s: 1000, m: 60_000, h: 3_600_000, d: day, w: 7 * day,
};

/** One minute, and ten years. */
const shortestKeep = 60_000;
const longestKeep = 3650 * day;

/** Bytes: a shard has a tenth, in which the frame of some thousand sockets must fit; and what fits a file system. */
const smallestSize = 1024 ** 2;
const largestSize = 1024 ** 5;

/** Milliseconds of a text such as `7d`, `36h`, `90m`. */
export const readKeep = (text: string): number => {
	const {number, unit} = /^(?<number>\d+(?:\.\d+)?)(?<unit>[dhmsw])$/v.exec(text.trim())?.groups ?? {};
	const milliseconds = Number(number) * (units[unit] ?? NaN);
	if (!(milliseconds >= shortestKeep && milliseconds <= longestKeep)) {
		throw new UsageError(`--keep takes a time from 1m to 3650d, such as 7d or 36h; got "${text}"`);
	}

	return milliseconds;
};

/** Bytes of a text such as `500M`. */
export const readMaxSize = (text: string): number => {
	const bytes = parseSize(text.trim()) ?? NaN;
	if (!(bytes >= smallestSize && bytes <= largestSize)) {
		throw new UsageError(`--max-size takes bytes from 1M to 1P, such as 500M or 2G; got "${text}"`);
	}

	return bytes;
};
