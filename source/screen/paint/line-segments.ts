/** Paints an edited line with its caret. */
import {escapeText} from '../../text/escape.js';
import {graphemes} from '../../text/graphemes.js';
import {plain, type Segment} from '../../text/paint.js';
import {cutEnd, textWidth} from '../../text/width.js';
import type {Line} from '../state/line.js';
import {piece} from '../look/segments.js';
import type {Theme} from '../look/theme.js';

/** The text around the caret, scrolled so that the caret is visible; `offset` is the width scrolled out at the left. */
export const lineSegments = ({text, cursor}: Line, width: number, theme: Theme): {readonly segments: readonly Segment[]; readonly offset: number} => {
	const under = firstGrapheme(text.slice(cursor));
	const caret = piece(under === '' ? ' ' : escapeText(under), theme.level === 'none' ? plain : theme.caret);
	const before = escapeText(text.slice(0, cursor));
	const after = escapeText(text.slice(cursor + under.length));
	const room = Math.max(1, width - textWidth(caret.text));
	const {shown, offset} = lastPart(before, room);
	const mark = theme.level === 'none' ? [piece('_')] : [];
	const roomAfter = room - textWidth(shown) - mark.length;
	return {segments: [piece(shown), ...mark, caret, piece(cutEnd(after, roomAfter))], offset};
};

const firstGrapheme = (text: string): string => graphemes(text).containing(0)?.segment ?? '';

/** The end of a text that fits into a width. */
const lastPart = (text: string, width: number): {readonly shown: string; readonly offset: number} => {
	let offset = 0;
	let start = 0;
	const whole = textWidth(text);
	for (const {segment, index} of graphemes(text)) {
		if (whole - offset <= width) {
			start = index;
			break;
		}

		offset += textWidth(segment);
		start = index + segment.length;
	}

	return {shown: text.slice(start), offset};
};
