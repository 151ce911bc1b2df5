/**
Keeps painted lines from Ink, which parses each character of each frame and builds it again. Ink is given one character for each line, its placeholder; where it
writes that character, the line is written. README.md says what that saves.
*/
import {repaint} from '../../../text/repaint.js';

export type Placeholders = {
	/**
	The character that Ink gets for a line. It changes when the line changes.

	@param index Number of the line, from 0.
	@param text What the line shows, as `paint` gives it.
	@returns One character; a blank for a line beyond the number of placeholders.
	*/
	readonly placeholderFor: (index: number, text: string) => string;
	/** What Ink writes, with lines in place of their placeholders: of a line that the terminal shows, what differs. */
	readonly expand: (data: string) => string;
};

type Line = {
	text: string;
	/** The two characters of a line take turns. */
	turn: 0 | 1;
	/** What Ink wrote last. */
	written?: {readonly text: string; readonly turn: 0 | 1};
	/** What the terminal shows in this line, if that is known. */
	shown?: string | undefined;
};

/** The private characters of the basic plane: `escapeText` lets none of them through. */
const first = 0xE0_00;
const last = 0xF8_FF;

/** How many lines can have placeholders: more than any terminal shows. */
const mostLines = (last + 1 - first) / 2;
// eslint-disable-next-line no-control-regex, regexp/no-control-character -- Sequences of the terminal begin with one.
const placeholder = /(?<toStart>\u{1B}\[1G\u{1B}\[K)?(?<character>[\u{E000}-\u{F8FF}])/gv;

/** What Ink writes while it replaces lines one by one: cursor up and down, to the start of a line and erase it, and the marks of a frame. */
// eslint-disable-next-line no-control-regex, regexp/no-control-character -- The same.
const keepsLines = /^(?:\u{1B}\[(?:\d*A|E|1G|K|\?2026[hl])|[\n\u{E000}-\u{F8FF}])*$/v;

/** Makes the placeholders of one terminal. */
export const createPlaceholders = (): Placeholders => {
	/** By number. */
	const lines = new Map<number, Line>();

	const write = (line: Line, toStart: string): string => {
		const {text, turn, shown} = line;
		line.written = {text, turn};
		line.shown = text;
		return toStart === '' || shown === undefined ? toStart + text : repaint(shown, text);
	};

	return {
		placeholderFor(index, text) {
			if (index >= mostLines) {
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

			return data.replaceAll(placeholder, (_, toStart: string | undefined, character: string) => {
				const line = lines.get(((character.codePointAt(0) ?? first) - first) >> 1);
				return line === undefined ? '' : write(line, toStart ?? '');
			});
		},
	};
};
