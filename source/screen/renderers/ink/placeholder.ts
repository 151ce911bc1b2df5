/**
Hides the painted frame from Ink, which parses and rebuilds each character of each frame. Ink gets one character for the whole frame, its placeholder; in Ink's
output that character is replaced by what changes the terminal into the frame. README.md says what that saves.
*/
import {repaint} from '../../../text/repaint.js';
import {isSameSize, type Size} from '../../terminal/size.js';

/** Painted lines, from `paint`, and the size of the terminal that they are for. */
export type Frame = {readonly size: Size; readonly lines: readonly string[]};

export type Placeholder = {
	/** Returns the character that Ink gets for a frame. It changes when the frame changes, which is another object then. */
	readonly placeholderFor: (frame: Frame) => string;
	/**
	Replaces the placeholder in Ink's output by the frame. If it is known what the terminal shows, only the differences are written. A frame for another size is
	not written: the one for the new size follows.

	@param data Ink's output.
	@param size The size of the terminal.
	*/
	readonly expand: (data: string, size: Size) => string;
};

/** Two characters of the private use area, which alternate: `escapeText` replaces these. */
const characters = ['\u{E000}', '\u{E001}'] as const;

type Turn = 0 | 1;
const otherTurn = [1, 0] as const;

const escape = '\u{1B}';
const home = `${escape}[H`;

// eslint-disable-next-line no-control-regex, regexp/no-control-character -- Sequences of the terminal begin with one.
const placeholder = /(?:\u{1B}\[1G\u{1B}\[K)?[\u{E000}\u{E001}]/gv;

/** Ink's output while it replaces the placeholder: go to the start of the line and erase it, and the marks of a synchronized frame. */
// eslint-disable-next-line no-control-regex, regexp/no-control-character -- The same.
const keepsScreen = /^(?:\u{1B}\[(?:1G|K|\?2026[hl])|[\u{E000}\u{E001}])*$/v;

/** Goes to the start of a line, numbered from 0 (CUP of ECMA-48, which counts from 1). */
const goTo = (index: number): string => `${escape}[${index + 1}H`;

/** Returns the output that writes a frame. It ends at home, where Ink expects the cursor. */
const write = (shown: readonly string[] | undefined, lines: readonly string[]): string => {
	let output = '';
	for (const [index, line] of lines.entries()) {
		const previous = shown?.[index];
		if (line !== previous) {
			output += goTo(index) + (previous === undefined ? `${escape}[K${line}` : repaint(previous, line));
		}
	}

	return output + home;
};

/** Creates the placeholder of one terminal. */
export const createPlaceholder = (): Placeholder => {
	let frame: Frame = {size: {columns: 0, rows: 0}, lines: []};
	let turn: Turn = 0;
	/** Which of the characters Ink wrote last. */
	let written: Turn = turn;
	/** The lines that the terminal shows, if known. */
	let shown: readonly string[] | undefined;

	return {
		placeholderFor(next) {
			if (next !== frame) {
				frame = next;
				turn = otherTurn[written];
			}

			return characters[turn];
		},
		expand(data, size) {
			if (!keepsScreen.test(data)) {
				shown = undefined;
			}

			return data.replaceAll(placeholder, () => {
				written = turn;
				if (!isSameSize(frame.size, size)) {
					shown = undefined;
					return '';
				}

				const output = write(shown, frame.lines);
				shown = frame.lines;
				return output;
			});
		},
	};
};
