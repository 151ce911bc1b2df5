/** Paints the timeline of a recording, with the shown moment. */
import type {ShownMoment} from '../../contract/messages.js';
import {formatClock} from '../../text/clock.js';
import type {Segment} from '../../text/paint.js';
import {sparkline} from '../../text/sparkline.js';
import {piece} from '../look/segments.js';
import type {Theme} from '../look/theme.js';

/** Scales values to a number of columns: each gets the largest of its values, or NaN if none is known. */
const fitted = (values: readonly number[], width: number): number[] => Array.from({length: width}, (_, column) => {
	const start = Math.floor(column * values.length / width);
	const known = values.slice(start, Math.max(start + 1, Math.floor((column + 1) * values.length / width))).filter(value => !Number.isNaN(value));
	return known.length === 0 ? NaN : Math.max(...known);
});

/** Width of the times on both sides. */
const sides = 2 * 11;

/** `14:03:05 ▁▁▃▁ ▁▂▁ 14:33:05`: sockets opened and closed over time; red where there were problems beyond the minimum, blank where nothing was recorded. */
export const timelineSegments = ({begins, ends, position, opened, closed, problems}: ShownMoment, columns: number, theme: Theme): readonly Segment[] => {
	const width = Math.max(1, columns - sides);
	const changes = fitted(opened.map((count, index) => count + closed[index]), width);
	const worst = fitted(problems, width);
	const graph = [...sparkline(changes, width)];
	const shownAt = Math.min(width - 1, Math.floor(position * width));
	const minimum = Math.min(...worst.filter(value => !Number.isNaN(value)));
	const pieces = graph.map((mark, column) => column === shownAt
		? piece(mark === ' ' ? '|' : mark, theme.alert)
		: piece(mark, worst[column] > minimum ? theme.error : theme.label));
	return [piece(` ${formatClock(begins)} `, theme.label), ...pieces, piece(` ${formatClock(ends)} `, theme.label)];
};
