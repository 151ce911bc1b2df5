import {escapeText} from '../../text/escape.js';
import type {Segment} from '../../text/paint.js';
import {textWidth} from '../../text/width.js';
import {
	cutSegments,
	joinFitting,
	piece,
	spread,
	widthOf,
} from '../look/segments.js';
import type {Theme} from '../look/theme.js';
import type {Completing} from '../state/editing-slice.js';

const gap = '  ';
const more = ' …';

/** The line below the filter: the page of candidates that contains the selected one, and its meaning. */
export const completionSegments = ({candidates, chosen}: Completing, columns: number, theme: Theme): readonly Segment[] => {
	const at = chosen ?? 0;
	const meaning = chosen === undefined ? [] : cutSegments([piece(escapeText(candidates[at].description), theme.label)], Math.floor(columns / 2));
	const room = columns - widthOf(meaning) - gap.length - more.length;
	const texts = candidates.map(({insert}) => escapeText(insert));
	const first = firstOfPage(texts, at, room);
	const list = texts.slice(first).map((text, index) => [piece(gap), piece(text, first + index === chosen ? theme.caret : theme.strong)]);
	const fitting = joinFitting(list, piece(''), room);
	const isWhole = widthOf(fitting) === widthOf(list.flat());
	const shown = fitting.length === 0 ? cutSegments(list.flat(), room) : [...fitting, piece(isWhole ? '' : more)];
	return spread(shown, meaning, columns);
};

/** Index of the first candidate of the page. Pages do not overlap, so the list does not scroll while the selection moves within a page. */
const firstOfPage = (texts: readonly string[], chosen: number, room: number): number => {
	let first = 0;
	let used = 0;
	for (let index = 0; index <= chosen; index++) {
		const width = gap.length + textWidth(texts[index]);
		used += width;
		if (used > room && index > first) {
			first = index;
			used = width;
		}
	}

	return first;
};
