/**
Hides painted lines from Ink, which parses and rebuilds each character of each frame. Ink gets one character per line, its placeholder; in Ink's output that
character is replaced by the line. README.md says what that saves.
*/
import {repaint} from '../../../text/repaint.js';

export type Placeholders = {
	/**
	Returns the character that Ink gets for a line. It changes when the line changes.

	@param index Number of the line, from 0.
	@param text The painted line, from `paint`.
	@returns One character; a blank for a line beyond the number of placeholders.
	*/
	readonly placeholderFor: (index: number, text: string) => string;
	/** Replaces placeholders in Ink's output by their lines. If the terminal already shows the line, only the difference is written. Lines left as they are are skipped at once. */
	readonly expand: (data: string) => string;
};

type Line = {
	text: string;
	/** Which of the line's two placeholders is in use; they alternate. */
	turn: 0 | 1;
	/** The text and placeholder that were written last. */
	written?: {readonly text: string; readonly turn: 0 | 1};
	/** The text that the terminal shows in this line, if known. */
	shown?: string | undefined;
};

/** The private use area of the basic plane: `escapeText` replaces these characters. */
const first = 0xE0_00;
const last = 0xF8_FF;

/** Maximum number of lines with placeholders; no terminal has more lines. */
const maxLines = (last + 1 - first) / 2;
// eslint-disable-next-line no-control-regex, regexp/no-control-character -- Sequences of the terminal begin with one.
const placeholder = /(?<toStart>\u{1B}\[1G\u{1B}\[K)?(?<character>[\u{E000}-\u{F8FF}])/gv;

/** Ink's output while it replaces lines one by one: cursor up and down, go to the start of a line, erase it, and the synchronized output marks of a frame. */
// eslint-disable-next-line no-control-regex, regexp/no-control-character -- The same.
const keepsLines = /^(?:\u{1B}\[(?:\d*A|E|1G|K|\?2026[hl])|[\n\u{E000}-\u{F8FF}])*$/v;

/** CNL of ECMA-48, once for each line that Ink leaves as it is. */
// eslint-disable-next-line no-control-regex, regexp/no-control-character -- The same.
const nextLines = /(?:\u{1B}\[E){2,}/gv;

/** Writes a run of `CSI E` as one sequence: in a frame in which little changes, that is a third of all bytes. */
const joinNextLines = (data: string): string => data.replaceAll(nextLines, run => `\u{1B}[${run.length / 3}E`);

/** Creates the placeholders of one terminal. */
export const createPlaceholders = (): Placeholders => {
	/** By line number. */
	const lines = new Map<number, Line>();

	const write = (line: Line, toStart: string): string => {
		const {text, turn, shown} = line;
		line.written = {text, turn};
		line.shown = text;
		return toStart === '' || shown === undefined ? toStart + text : repaint(shown, text);
	};

	return {
		placeholderFor(index, text) {
			if (index >= maxLines) {
				return ' ';
			}

			let line = lines.get(index);
			if (line === undefined) {
				line = {text, turn: 0};
				lines.set(index, line);
			}

			if (line.text !== text) {
				line.text = text;
				line.turn = line.written?.text === text ? line.written.turn : (line.written?.turn === 0 ? 1 : 0);
			}

			return String.fromCodePoint(first + index * 2 + line.turn);
		},
		expand(data) {
			if (!keepsLines.test(data)) {
				for (const line of lines.values()) {
					line.shown = undefined;
				}
			}

			return joinNextLines(data).replaceAll(placeholder, (_, toStart: string | undefined, character: string) => {
				const line = lines.get(((character.codePointAt(0) ?? first) - first) >> 1);
				return line === undefined ? '' : write(line, toStart ?? '');
			});
		},
	};
};
