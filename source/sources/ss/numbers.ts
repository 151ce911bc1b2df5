/** Parses numbers as `ss` prints them, at a position of the text. */

/** What a sticky pattern matches at a position, or undefined. */
const matchAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | undefined => {
	pattern.lastIndex = at;
	return pattern.exec(text) ?? undefined;
};

const zero = 0x30;

/** The digit at a position, or a number outside 0 to 9. */
// eslint-disable-next-line unicorn/prefer-code-point -- A character is one byte here, and the numbers of all rows pass through this.
const digitAt = (text: string, at: number): number => text.charCodeAt(at) - zero;

const fractional = /\d+(?:\.\d*)?(?:e[+\-]\d{1,3})?/vy;

/** Parses the decimal number at a position, as printf's `%u`, `%f` and `%g` print it without sign. NaN if there is none. */
export const readNumber = (text: string, at = 0): number => {
	let value = 0;
	let end = at;
	for (let digit = digitAt(text, end); digit >= 0 && digit <= 9; digit = digitAt(text, ++end)) {
		value = value * 10 + digit;
	}

	if (end === at) {
		return NaN;
	}

	return text[end] === '.' || text[end] === 'e' ? Number(matchAt(fractional, text, at)?.[0]) : value;
};

/** Prefixes of a rounded bandwidth (`ss` before 5.2, or without `-n`). */
const decimalPrefixes: Readonly<Record<string, number>> = {
	K: 1e3, M: 1e6, G: 1e9, T: 1e12,
};

const bandwidth = /\d+(?:\.\d+)?(?<prefix>[GKMT]?)/vy;

/** Parses a bandwidth in bits per second: `1497102688120bps`, or rounded with a prefix as in `1497102.7Mbps`. NaN if there is none. */
export const readBandwidth = (text: string, at = 0): number => {
	const prefix = matchAt(bandwidth, text, at)?.groups?.prefix;
	return readNumber(text, at) * (decimalPrefixes[prefix ?? ''] ?? 1);
};

const duration = /(?:(?<minutes>\d+)min)?(?:(?<seconds>\d+)sec)?(?:(?<fraction>\d+\.\d+)|(?<milliseconds>\d+))?/vy;

/**
Parses a timer as `ss -o` prints it; returns milliseconds: `119min`, `1min30sec`, `59sec`, `676ms`, and for one to ten seconds `9.373sec`, which versions before
6.11 wrongly print as `9.373ms`: a number with a fraction is in seconds whatever follows it. 0 if there is none.
*/
export const readDuration = (text: string, at = 0): number => {
	const {minutes = 0, seconds = 0, fraction = 0, milliseconds = 0} = matchAt(duration, text, at)?.groups ?? {};
	return Number(minutes) * 60_000 + Number(seconds) * 1000 + Math.round(Number(fraction) * 1000) + Number(milliseconds);
};

const prefixedHex = /0x(?<digits>[\da-f]{1,8})(?![\da-f])/vy;

/** Parses a number printed with `%#x` or `0x%x`, up to 32 bits; NaN if there is none. */
export const readPrefixedHex = (text: string, at = 0): number => {
	if (!text.startsWith('0x', at)) {
		return readNumber(text, at);
	}

	const digits = matchAt(prefixedHex, text, at)?.groups?.digits;
	return digits === undefined ? NaN : Number.parseInt(digits, 16);
};

/** The low and the high 32 bits of a 64-bit number. */
export type Halves = readonly [low: number, high: number];

const wideHex = /[\da-f]{1,16}(?![\da-f])/vy;

/** Parses the hexadecimal number without `0x` at a position. Undefined if there is none, or if it has more than 64 bits. */
export const readWideHex = (text: string, at = 0): Halves | undefined => {
	const digits = matchAt(wideHex, text, at)?.[0];
	return digits === undefined ? undefined : [Number.parseInt(digits.slice(-8), 16), digits.length > 8 ? Number.parseInt(digits.slice(0, -8), 16) : 0];
};

const wideDecimal = /\d{1,20}/vy;

/** Parses the decimal number at a position. Undefined if there is none. */
export const readWideDecimal = (text: string, at = 0): Halves | undefined => {
	const digits = matchAt(wideDecimal, text, at)?.[0];
	if (digits === undefined) {
		return undefined;
	}

	const number = BigInt.asUintN(64, BigInt(digits));
	return [Number(number & 0xFF_FF_FF_FFn), Number(number >> 32n)];
};
