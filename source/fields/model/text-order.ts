/** Seven bits for each character, and seven characters, stay below the 53 bits that a double keeps exactly. */
const packedLength = 7;
const largest = 0x7F;

/**
The first characters of a text as one number, so that the order of numbers agrees with that of `compareText`: a text that comes before another never
has the larger number.
*/
export const packText = (text: string): number => {
	let key = 0;
	for (let index = 0; index < packedLength; index++) {
		// eslint-disable-next-line unicorn/prefer-code-point -- The order is that of UTF-16 units.
		const code = index < text.length ? text.charCodeAt(index) : 0;
		if (code >= largest) {
			// All that is not ASCII shares one number, so what follows it must not count.
			return (key * 128 + largest) * (128 ** (packedLength - 1 - index));
		}

		key = key * 128 + code;
	}

	return key;
};

/** The order of texts: by UTF-16 units, the same on every machine whatever its language. */
export const compareText = (a: string, b: string): number => a < b ? -1 : (a > b ? 1 : 0);
