const prefixes = ['', 'K', 'M', 'G', 'T', 'P', 'E'];

/**
A number with one decimal and the letter of its power, so that the points stand below each other in a column aligned right. From 999.95 on the next
letter takes over: no text is longer than six columns, and none jumps back.
*/
const scale = (value: number, base: number, whole: number): string => {
	if (value < whole) {
		return String(Math.floor(value));
	}

	let scaled = value / base;
	let power = 1;
	while (scaled >= 999.95 && power < prefixes.length - 1) {
		scaled /= base;
		power++;
	}

	return `${Math.min(scaled, 999.9).toFixed(1)}${prefixes[power]}`;
};

/**
A number of bytes in at most six columns: `0`, `512`, `1.5K`, `12.3K`, `123.4M`; powers of 1024. Below 1 KiB it is exact.

@param bytes Not negative.
*/
export const formatBytes = (bytes: number): string => scale(bytes, 1024, 1024);

/**
Bytes per second in at most six columns, for a column whose heading says "/s". What moves is never written 0.

@param bytesPerSecond Not negative.
*/
export const formatRate = (bytesPerSecond: number): string => formatBytes(bytesPerSecond < 1 ? Math.ceil(bytesPerSecond) : bytesPerSecond);

/** A number of bytes with its unit, for running text: `512B`, `1.5KB`. */
export const formatBytesWithUnit = (bytes: number): string => `${formatBytes(bytes)}B`;

/** Bytes per second with their unit, for running text, in at most nine columns: `512B/s`, `1.5KB/s`. */
export const formatRateWithUnit = (bytesPerSecond: number): string => `${formatRate(bytesPerSecond)}B/s`;

/**
A count in at most six columns: exact below one million, then `1.2M`, `3.4G`; powers of 1000.

@param count Not negative.
*/
export const formatCount = (count: number): string => count < 1_000_000 ? String(Math.floor(count)) : scale(count, 1000, 1000);

const sizePattern = /^(?<digits>\d+(?:\.\d*)?|\.\d+)(?:(?<letter>[EGKMPTegkmpt])[Ii]?)?[Bb]?(?:\/[Ss])?$/v;

/**
The number of bytes (per second) that a text gives: `64k`, `1.5MB`, `1MiB/s`, `512`. Letters mean powers of 1024, in either case. Undefined for
anything else.
*/
export const parseSize = (text: string): number | undefined => {
	const groups = sizePattern.exec(text)?.groups;
	if (groups === undefined) {
		return undefined;
	}

	const {digits, letter = ''} = groups;
	const size = Number(digits) * (1024 ** prefixes.indexOf(letter.toUpperCase()));
	return Number.isFinite(size) ? size : undefined;
};
