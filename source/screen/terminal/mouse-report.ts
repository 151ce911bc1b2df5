/** What a terminal tells of the mouse: `ESC [ < button ; column ; row` and `M`, or `m` when the button goes up (XTerm Control Sequences, "SGR (1006)"). */

/** Something that the person did with the mouse. Column and row count from 0. */
export type MouseEvent = {
	readonly type: 'mouse';
	/** The left button went down, or the wheel turned by one notch. */
	readonly action: 'press' | 'wheelUp' | 'wheelDown';
	readonly column: number;
	readonly row: number;
	/** The second press of a double click. */
	readonly isDouble?: true;
};

// eslint-disable-next-line no-control-regex, regexp/no-control-character -- Sequences of the terminal begin with one.
const form = /\u{1B}\[<(?<button>\d{1,4});(?<column>\d{1,5});(?<row>\d{1,5})(?<final>m)/ivy;

/** Bits of the button that tell of Shift, Alt and Ctrl; they do not matter here. */
const modifiers = 4 | 8 | 16;

const actions: Readonly<Record<number, MouseEvent['action']>> = {0: 'press', 64: 'wheelUp', 65: 'wheelDown'};

/**
Reads the report that begins at a place; undefined when none does. Other buttons, moves and releases make no event.

@param bytes One character for each byte.
@param start The place.
*/
export const mouseReport = (bytes: string, start: number): {readonly length: number; readonly event?: MouseEvent} | undefined => {
	form.lastIndex = start;
	const match = form.exec(bytes);
	if (match?.groups === undefined) {
		return undefined;
	}

	const {groups: {button, column, row, final}} = match;
	const action = final === 'M' ? actions[Number(button) & ~modifiers] : undefined;
	const isWithin = Number(column) > 0 && Number(row) > 0;
	return {
		length: match[0].length,
		...(action !== undefined && isWithin && {
			event: {
				type: 'mouse', action, column: Number(column) - 1, row: Number(row) - 1,
			},
		}),
	};
};
