/** Texts whose width is plain to see. */

/**
Characters of one column each that combine with nothing: ASCII, Latin letters with marks, dashes and dots, arrows, boxes, blocks and shapes, private
characters (`line-carrier.ts` uses them). Nearly every text of the
screen consists of them, and `stringWidth` costs more than all else that is done with it.
*/
const simpleRanges = [[0x20, 0x7E], [0xA1, 0xAC], [0xAE, 0x02_FF], [0x20_10, 0x20_27], [0x21_90, 0x21_FF], [0x25_00, 0x25_FC], [0xE0_00, 0xF8_FF]] as const;

/** By UTF-16 unit: 1 for such a character. */
const simpleUnits = new Uint8Array(0xF9_00);
for (const [first, last] of simpleRanges) {
	simpleUnits.fill(1, first, last + 1);
}

/** Whether a text takes as many columns as UTF-16 units, each a character of its own. */
export const isSimple = (text: string): boolean => {
	for (let index = 0; index < text.length; index++) {
		// eslint-disable-next-line unicorn/prefer-code-point -- UTF-16 units are enough to tell, and half the work.
		if (simpleUnits[text.charCodeAt(index)] !== 1) {
			return false;
		}
	}

	return true;
};
