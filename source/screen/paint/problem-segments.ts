/** Paints the error in a filter, below the position of the error. */
import type {FilterProblem} from '../../query/query.js';
import {escapeText} from '../../text/escape.js';
import type {Segment} from '../../text/paint.js';
import {cutEnd, textWidth} from '../../text/width.js';
import {piece, widthOf} from '../look/segments.js';
import type {State} from '../state/state.js';
import type {Theme} from '../look/theme.js';
import {problemOf} from '../state/answer-slice.js';

/** A filter with its position on the screen. */
export type ShownFilter = {
	readonly text: string;
	/** First terminal column of the filter. */
	readonly column: number;
	/** Terminal columns scrolled out at the left. */
	readonly offset: number;
};

/** A pointer under the position of the error, and the message on the side with more room; undefined without an error. */
export const problemSegments = (state: State, {text, column, offset}: ShownFilter, theme: Theme): readonly Segment[] | undefined => {
	const problem = problemOf(state);
	if (problem === undefined) {
		return undefined;
	}

	const {columns} = state.size;
	const {start, width} = rangeOf(problem, text);
	const at = Math.max(0, Math.min(columns - 2, column + start - offset));
	const length = Math.max(1, Math.min(width, columns - 1 - at));
	const pointer = piece('^'.repeat(length), theme.error);
	const message = escapeText(problem.message);
	const roomRight = columns - at - pointer.text.length - 2;
	if (textWidth(message) <= roomRight || roomRight >= at) {
		return [piece(' '.repeat(at)), pointer, piece(` ${cutEnd(message, roomRight)}`, theme.error)];
	}

	const left = piece(`${cutEnd(message, at - 1)} `, theme.error);
	const before = Math.max(0, at - widthOf([left]));
	return [piece(' '.repeat(before)), left, pointer];
};

/** Range of the error in terminal columns of the shown text. The error may refer to an older text. */
const rangeOf = ({start, end}: FilterProblem, text: string): {readonly start: number; readonly width: number} => {
	const from = Math.min(start, text.length);
	const to = Math.min(Math.max(end, from), text.length);
	return {start: textWidth(escapeText(text.slice(0, from))), width: textWidth(escapeText(text.slice(from, to)))};
};
