/** A fast path for texts whose width equals their length. */

/**
Characters that take one column and combine with nothing: ASCII, Latin letters with diacritics, dashes and dots, arrows, boxes, blocks and shapes, and the
private use area (for the placeholder of `screen/renderers/ink`). Nearly all texts on the screen consist of them, and `stringWidth` costs more than everything
else done with such a text.
*/
const simpleRanges = [[0x20, 0x7E], [0xA1, 0xAC], [0xAE, 0x02_FF], [0x20_10, 0x20_27], [0x21_90, 0x21_FF], [0x25_00, 0x25_FC], [0xE0_00, 0xF8_FF]] as const;

/** Indexed by UTF-16 unit: 1 for such a character. */
const simpleUnits = new Uint8Array(0xF9_00);
for (const [first, last] of simpleRanges) {
	simpleUnits.fill(1, first, last + 1);
}

/** Whether each UTF-16 unit of a text is a character that takes one column. */
export const isSimple = (text: string): boolean => {
	for (let index = 0; index < text.length; index++) {
		// eslint-disable-next-line unicorn/prefer-code-point -- UTF-16 units are enough here, at half the cost.
		if (simpleUnits[text.charCodeAt(index)] !== 1) {
			return false;
		}
	}

	return true;
};
