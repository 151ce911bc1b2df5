import type {NumberUnit} from '../../../fields/model/field.js';
import {parseDuration} from '../../../text/duration.js';
import {parseSize} from '../../../text/units.js';

const plainNumber = /^(?:\d+(?:\.\d*)?|\.\d+)$/v;
const hexadecimalDigits = /^(?:0x)?(?<digits>[\da-f]{1,16})$/iv;
const count = /^(?<digits>\d+(?:\.\d*)?|\.\d+)(?<letter>[GKMgkm])?$/v;
const bitRate = /^(?<digits>\d+(?:\.\d*)?|\.\d+)(?<letter>[GKMTgkmt])?(?:[Bb]its?(?:\/s|ps)?|bps)$/v;

/** Parses a whole number as `ss` does (strtoul(3)): decimal, hexadecimal after `0x`, octal after `0`. Undefined for anything else. */
export const parseWhole = (text: string): number | undefined => {
	if (/^0[0-7]+$/v.test(text)) {
		return Number.parseInt(text, 8);
	}

	return /^(?:0|[1-9]\d*|0x[\da-f]+)$/iv.test(text) ? Number(text) : undefined;
};

const thousands = (letter: string): number => 1000 ** ['', 'k', 'm', 'g', 't'].indexOf(letter.toLowerCase());

const parseThousands = (text: string, pattern: RegExp): number | undefined => {
	const groups = pattern.exec(text)?.groups;
	return groups && Number(groups.digits) * thousands(groups.letter ?? '');
};

/**
Parses a number in the unit of a field: bytes (`64k`, powers of 1024), bytes per second (`1MB/s`, or `10Mbit/s` in powers of 1000), milliseconds (`50ms`; a
number without a unit is in milliseconds for a short time, in seconds for an age), a count (`10k` is 10,000), an identifier (`31`, `0x1f`), or an identifier
that is always hexadecimal (`1f`, `0x1f`). Undefined for anything else.
*/
export const parseNumber = (text: string, unit: NumberUnit): number | undefined => {
	const value = parseIn(text, unit);
	return value !== undefined && value <= Number.MAX_SAFE_INTEGER ? value : undefined;
};

/** Identifiers have no fraction, but every number that an expression can hold must survive printing and parsing. */
const parseFraction = (text: string): number | undefined => plainNumber.test(text) ? Number(text) : undefined;

const parseIn = (text: string, unit: NumberUnit): number | undefined => {
	switch (unit) {
		case 'none': {
			return parseWhole(text) ?? (/^0\d/v.test(text) ? undefined : parseThousands(text, count));
		}

		case 'hexadecimal': {
			const digits = hexadecimalDigits.exec(text)?.groups?.digits;
			return digits === undefined ? parseFraction(text) : Number.parseInt(digits, 16);
		}

		case 'count':
		case 'segments': {
			return parseThousands(text, count);
		}

		case 'bytes': {
			return parseSize(text);
		}

		case 'bytesPerSecond': {
			const bits = parseThousands(text, bitRate);
			return bits === undefined ? parseSize(text) : bits / 8;
		}

		case 'milliseconds': {
			return plainNumber.test(text) ? Number(text) : parseDuration(text);
		}

		case 'age': {
			return parseDuration(plainNumber.test(text) ? `${text}s` : text);
		}
	}
};

/** Returns an example of a comparison with a number of a unit, for messages. */
export const exampleOf = (unit: NumberUnit): string => {
	switch (unit) {
		case 'none': {
			return '= 1';
		}

		case 'hexadecimal': {
			return '= 62427b25';
		}

		case 'count':
		case 'segments': {
			return '> 10';
		}

		case 'bytes': {
			return '>= 64k';
		}

		case 'bytesPerSecond': {
			return '> 1MB/s';
		}

		case 'milliseconds': {
			return '> 50ms';
		}

		case 'age': {
			return '< 10s';
		}
	}
};

const sizes: ReadonlyArray<readonly [name: string, size: number]> = [['G', 1024 ** 3], ['M', 1024 ** 2], ['k', 1024], ['', 1]];
const times: ReadonlyArray<readonly [name: string, size: number]> = [['h', 3_600_000], ['m', 60_000], ['s', 1000], ['ms', 1]];

/** Formats a number, in the largest unit that it is a multiple of, so that `parseNumber` parses exactly the same number. */
export const printNumber = (value: number, unit: NumberUnit): string => {
	switch (unit) {
		case 'none':
		case 'count':
		case 'segments': {
			return decimal(value);
		}

		case 'hexadecimal': {
			return Number.isSafeInteger(value) ? value.toString(16) : decimal(value);
		}

		case 'bytes': {
			return inLargest(value, sizes);
		}

		case 'bytesPerSecond': {
			return `${inLargest(value, sizes)}B/s`;
		}

		case 'milliseconds':
		case 'age': {
			return inLargest(value, times);
		}
	}
};

const inLargest = (value: number, units: ReadonlyArray<readonly [name: string, size: number]>): string => {
	const [name, size] = units.find(([, each]) => value % each === 0 && value !== 0) ?? units.at(-1) ?? ['', 1];
	return decimal(value / size) + name;
};

/** Formats a number with the fewest digits that identify it, never with an exponent. */
const decimal = (value: number): string => value.toLocaleString('en-US', {useGrouping: false, maximumFractionDigits: 100});
