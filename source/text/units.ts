const prefixes = ['', 'K', 'M', 'G', 'T', 'P', 'E'];

/**
Formats a number with one decimal and the letter of its power, so that the decimal points line up in a right-aligned column. From 999.95 on it uses the next
letter, so that no text is longer than six columns and texts never decrease while values grow.
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
Formats a number of bytes in at most six columns, in powers of 1024: `0`, `512`, `1.5K`, `12.3K`, `123.4M`. Exact below 1 KiB.

@param bytes Not negative.
*/
export const formatBytes = (bytes: number): string => scale(bytes, 1024, 1024);

/**
Formats bytes per second in at most six columns, for a column whose heading says "/s". A rate above 0 is never written as 0.

@param bytesPerSecond Not negative.
*/
export const formatRate = (bytesPerSecond: number): string => formatBytes(bytesPerSecond < 1 ? Math.ceil(bytesPerSecond) : bytesPerSecond);

/** Formats a number of bytes with its unit, for running text: `512B`, `1.5KB`. */
export const formatBytesWithUnit = (bytes: number): string => `${formatBytes(bytes)}B`;

/** Formats bytes per second with the unit, for running text, in at most nine columns: `512B/s`, `1.5KB/s`. */
export const formatRateWithUnit = (bytesPerSecond: number): string => `${formatRate(bytesPerSecond)}B/s`;

/**
Formats a count in at most six columns: exact below one million, then in powers of 1000: `1.2M`, `3.4G`.

@param count Not negative.
*/
export const formatCount = (count: number): string => count < 1_000_000 ? String(Math.floor(count)) : scale(count, 1000, 1000);

const sizePattern = /^(?<digits>\d+(?:\.\d*)?|\.\d+)(?:(?<letter>[EGKMPTegkmpt])[Ii]?)?[Bb]?(?:\/[Ss])?$/v;

/**
Parses a number of bytes (per second): `64k`, `1.5MB`, `1MiB/s`, `512`. Letters are powers of 1024, in either case. Returns undefined for anything else.
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
