/** Mouse reports: `ESC [ < button ; column ; row` and `M`, or `m` when the button is released (XTerm Control Sequences, "SGR (1006)"). */

/** A mouse action. Column and row count from 0. */
export type MouseEvent = {
	readonly type: 'mouse';
	/** The left button was pressed, or the wheel turned by one notch. */
	readonly action: 'press' | 'wheelUp' | 'wheelDown';
	readonly column: number;
	readonly row: number;
	/** The second press of a double click. */
	readonly isDouble?: true;
};

// eslint-disable-next-line no-control-regex, regexp/no-control-character -- Sequences of the terminal begin with one.
const form = /\u{1B}\[<(?<button>\d{1,4});(?<column>\d{1,5});(?<row>\d{1,5})(?<final>m)/ivy;

/** Bits of the button for Shift, Alt and Ctrl; they are ignored. */
const modifiers = 4 | 8 | 16;

const actions: Readonly<Record<number, MouseEvent['action']>> = {0: 'press', 64: 'wheelUp', 65: 'wheelDown'};

/**
Parses the report at an index; undefined if there is none. Other buttons, motion and releases are consumed without an event.

@param bytes One character per byte.
@param start Index of the first byte.
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
