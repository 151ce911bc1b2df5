/** Seven characters of seven bits fit into the 53 bits that a double represents exactly. */
const packedLength = 7;
const largest = 0x7F;

/** Packs the first characters of a text into a number whose order agrees with `compareText`: a text that comes before another never has the larger number. */
export const packText = (text: string): number => {
	let key = 0;
	for (let index = 0; index < packedLength; index++) {
		// eslint-disable-next-line unicorn/prefer-code-point -- The order is that of UTF-16 units.
		const code = index < text.length ? text.charCodeAt(index) : 0;
		if (code >= largest) {
			// All characters outside ASCII share one number, so what follows them must not count.
			return (key * 128 + largest) * (128 ** (packedLength - 1 - index));
		}

		key = key * 128 + code;
	}

	return key;
};

/** Compares texts by UTF-16 units, so the order is the same in every locale. */
export const compareText = (a: string, b: string): number => a < b ? -1 : (a > b ? 1 : 0);
