/**
Reading numbers and words out of `ss`'s text in place, without cutting strings out of it. The text is Latin-1: one character for each byte.
*/

export const blank = 0x20;
export const colon = 0x3A;
export const comma = 0x2C;
export const slash = 0x2F;
const dot = 0x2E;
const letterE = 0x65;

/** The character code at a position, NaN past the end. */
// eslint-disable-next-line unicorn/prefer-code-point -- One byte is one character here, and the hot path wants no undefined.
export const codeAt = (text: string, at: number): number => text.charCodeAt(at);

export const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;

/** Position of the first character at or after `at` that is no blank; `end` at most. */
export const skipBlanks = (text: string, at: number, end: number): number => {
	while (at < end && codeAt(text, at) === blank) {
		at++;
	}

	return at;
};

/** Position of the first blank or control character at or after `at`; `end` at most. */
export const endOfWord = (text: string, at: number, end: number): number => {
	while (at < end && codeAt(text, at) > blank) {
		at++;
	}

	return at;
};

/** Position of a character in the word that `at` stands in, or -1. */
export const findInWord = (text: string, at: number, end: number, wanted: number): number => {
	for (let code = codeAt(text, at); at < end && code > blank; code = codeAt(text, ++at)) {
		if (code === wanted) {
			return at;
		}
	}

	return -1;
};

/** Position of the first character at or after `at` that is no digit. */
export const endOfDigits = (text: string, at: number): number => {
	while (isDigit(codeAt(text, at))) {
		at++;
	}

	return at;
};

/** The decimal number at a position, as printf's `%u`, `%f` and `%g` write it without sign; NaN where there is none. */
export const readNumber = (text: string, at: number): number => {
	let code = codeAt(text, at);
	if (!isDigit(code)) {
		return NaN;
	}

	const start = at;
	let value = 0;
	do {
		value = value * 10 + (code - 0x30);
		code = codeAt(text, ++at);
	} while (isDigit(code));

	if (code === dot) {
		let fraction = 0;
		let divisor = 1;
		for (code = codeAt(text, ++at); isDigit(code); code = codeAt(text, ++at)) {
			fraction = fraction * 10 + (code - 0x30);
			divisor *= 10;
		}

		value += fraction / divisor;
	}

	// `%g` turns to exponents from a million on.
	return code === letterE ? readExponential(text, start, at) : value;
};

const exponent = /^e[+\-]\d{1,3}/v;

const readExponential = (text: string, start: number, at: number): number => {
	const [power] = exponent.exec(text.slice(at, at + 5)) ?? [''];
	return Number(text.slice(start, at) + power);
};

/** A bandwidth in bits per second: exact (`ss -n` from 5.2) or with a decimal prefix, as in `1497102.7Mbps`. */
export const readBandwidth = (text: string, at: number): number => {
	const value = readNumber(text, at);
	while (isDigit(codeAt(text, at)) || codeAt(text, at) === dot) {
		at++;
	}

	switch (text[at]) {
		case 'K': {
			return value * 1e3;
		}

		case 'M': {
			return value * 1e6;
		}

		case 'G': {
			return value * 1e9;
		}

		case 'T': {
			return value * 1e12;
		}

		default: {
			return value;
		}
	}
};

/**
The milliseconds of a timer as `ss -o` writes it: `119min`, `1min30sec`, `59sec`, `676ms`, and for one to ten seconds `9.373sec`, which versions
before 6.11 wrongly call `9.373ms`: a number with a fraction is in seconds whatever follows it. An empty text is 0.
*/
export const readDuration = (text: string, at: number): number => {
	let milliseconds = 0;
	while (isDigit(codeAt(text, at))) {
		const value = readNumber(text, at);
		at = endOfDigits(text, at);
		if (codeAt(text, at) === dot) {
			return milliseconds + Math.round(value * 1000);
		}

		if (text.startsWith('min', at)) {
			milliseconds += value * 60_000;
		} else if (text.startsWith('sec', at)) {
			milliseconds += value * 1000;
		} else {
			return milliseconds + value;
		}

		at += 3;
	}

	return milliseconds;
};

const hexDigit = (code: number): number => {
	if (isDigit(code)) {
		return code - 0x30;
	}

	return code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
};

/** The number that `%#x` and `0x%x` write, of 32 bits at most; NaN where there is none. */
export const readHex = (text: string, at: number): number => {
	if (!text.startsWith('0x', at)) {
		return readNumber(text, at);
	}

	let value = 0;
	let digits = 0;
	for (let digit = hexDigit(codeAt(text, at + 2)); digit !== -1; digit = hexDigit(codeAt(text, at + 2 + digits))) {
		value = value * 16 + digit;
		digits++;
	}

	return digits === 0 || digits > 8 ? NaN : value;
};

/**
Writes the low and high 32 bits of the hexadecimal number at a position, 64 bits at most, to `halves`.

@returns Whether there is such a number.
*/
export const didReadHex = (text: string, at: number, halves: Uint32Array): boolean => {
	const start = at;
	let low = 0;
	let high = 0;
	for (let digit = hexDigit(codeAt(text, at)); digit !== -1; digit = hexDigit(codeAt(text, ++at))) {
		high = (high << 4) | (low >>> 28);
		low = (low << 4) | digit;
	}

	if (at === start || at - start > 16) {
		return false;
	}

	halves[0] = low;
	halves[1] = high;
	return true;
};
