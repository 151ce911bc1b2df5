/** Paints the headings and rows of the table. */
import type {Row} from '../../contract/messages.js';
import type {Field} from '../../fields/model/field.js';
import {formsOf, shortenCell} from '../../fields/model/shorten.js';
import type {Segment, Style} from '../../text/paint.js';
import {
	alignLeft,
	alignRight,
	cutEnd,
	textWidth,
} from '../../text/width.js';
import type {Sort} from '../../query/query.js';
import {cutSegments, piece} from '../look/segments.js';
import {sortMarkOf, type TableFit} from '../state/table-fit.js';
import type {Theme} from '../look/theme.js';
import {groupSegments} from './group-row.js';

/** Marks in the gutter, which show without colour what colours show. */
export const rowMarks = {
	closed: '×', waiting: '○', established: '●', fresh: '+', found: '›', open: '◆', selected: '>', tagged: '*', called: '!', none: ' ',
} as const;

/** A cell in one of the forms of its field, 0 for the whole text. */
const inForm = (field: Field, text: string, form: number): string => form === 0 ? text : formsOf(field)[form - 1](text);

const alignCell = ({align}: Field, text: string, width: number): string => align === 'left' ? alignLeft(text, width) : alignRight(text, width);

/** Marks in the headings: the order, and the explained field. */
type HeadingMarks = {readonly sort: Sort; readonly explained: string | undefined};

/**
Returns the longest form of a heading that fits: title or short title, with or without the sort mark. The mark is dropped before a title is cut, because the sorted
column also has a colour.
*/
const headingText = ({title, shortTitle = title}: Field, mark: string, width: number): string =>
	[title + mark, shortTitle + mark, title, shortTitle].find(text => textWidth(text) <= width) ?? cutEnd(shortTitle, width);

/** Number of columns that do not fit. Without the number if it would cut the last heading. */
const moreText = ({columns, beyond}: Pick<TableFit, 'columns' | 'beyond'>, width: number): string => {
	const last = columns.at(-1);
	if (beyond === 0 || last === undefined) {
		return '';
	}

	const {field: {title, shortTitle = title}, start} = last;
	const more = ` +${beyond} ›`;
	return start + textWidth(shortTitle) + textWidth(more) <= width ? more : ' ›';
};

/** The line of headings, `width` terminal columns wide. */
export const headingSegments = ({gutter, columns, gap, before, beyond}: TableFit, {sort, explained}: HeadingMarks, theme: Theme, width: number): readonly Segment[] => {
	let used = gutter;
	const more = moreText({columns, beyond}, width);
	const end = width - textWidth(more);
	const segments = [piece((before === 0 ? '' : '‹').padEnd(gutter), theme.heading)];
	for (const [index, {field, width: columnWidth}] of columns.entries()) {
		const isSorted = field.id === sort.field;
		// The heading of the last column leaves room for the number of columns that do not fit.
		const room = Math.max(0, Math.min(columnWidth, end - used));
		const heading = headingText(field, sortMarkOf(sort, field.id), room);
		const text = alignCell(field, heading, room);
		segments.push(piece(text, field.id === explained ? theme.alert : (isSorted ? theme.sortedHeading : theme.heading)));
		used += room;
		if (index < columns.length - 1) {
			segments.push(piece(' '.repeat(gap), theme.heading));
			used += gap;
		}
	}

	const rest = Math.max(0, end - used);
	segments.push(piece(' '.repeat(rest), theme.heading));
	return [...cutSegments(segments, end), piece(more, theme.heading)];
};

export type RowOptions = {
	readonly fit: TableFit;
	readonly theme: Theme;
	/** Width of the row in terminal columns. */
	readonly width: number;
	readonly isSelected: boolean;
	readonly isTagged: boolean;
	/** Whether the alert has called for it and the user has not seen it yet. */
	readonly isCalled: boolean;
	/** Words of the search, in lower case. */
	readonly words: readonly string[];
};

/** The line of one row. */
export const rowSegments = (row: Row, cells: readonly string[], options: RowOptions): readonly Segment[] => {
	const {group, marks, tones, values} = row;
	if (group !== undefined) {
		return groupSegments({...row, group}, cells.map((cell, index) => values[index] === undefined ? '' : cell), options);
	}

	const {fit: {gutter, indent, columns, gap, addressWidth}, theme, width, isSelected, isTagged, isCalled, words} = options;
	// Without attributes, a mark shows the cursor.
	const mark = isCalled ? rowMarks.called : (isSelected && theme.level === 'none' ? rowMarks.selected : markOf(marks));
	const marked = (gutter - indent > 1 || !isTagged ? ' '.repeat(indent) + mark : ' '.repeat(indent)) + (isTagged ? rowMarks.tagged : '');
	const segments = [piece(marked.padEnd(gutter), isCalled ? theme.alert : gutterStyle(marks, options))];
	let used = gutter;
	for (const [position, {field, index, form, width: columnWidth}] of columns.entries()) {
		const tone = tones[index];
		const after = position < columns.length - 1 ? gap : 0;
		const text = alignCell(field, shortenCell(field, inForm(field, cells[index] ?? '', form), columnWidth, addressWidth), columnWidth) + ' '.repeat(after);
		const style = isSelected ? theme.selected : (isTagged ? theme.notice : cellStyle(marks, tone, theme));
		used += columnWidth + after;
		if (marks.found) {
			segments.push(...highlighted(text, words, style, theme.found));
		} else if (isSelected && isStrong(marks, tone)) {
			segments.push(...underlined(text, theme));
		} else {
			segments.push(piece(text, style));
		}
	}

	return isSelected ? [...segments, piece(' '.repeat(Math.max(0, width - used)), theme.selected)] : segments;
};

const markOf = ({closed, established, fresh, found, open, waiting}: Row['marks']): string => {
	if (closed || waiting) {
		return closed ? rowMarks.closed : rowMarks.waiting;
	}

	if (established) {
		return rowMarks.established;
	}

	if (fresh || found) {
		return fresh ? rowMarks.fresh : rowMarks.found;
	}

	return open === true ? rowMarks.open : rowMarks.none;
};

const markStyle = ({closed, established, fresh}: Row['marks'], theme: Theme): Style => {
	if (closed && !fresh) {
		return theme.closed;
	}

	return established ? theme.established : (fresh ? theme.fresh : theme.notice);
};

const gutterStyle = (marks: Row['marks'], {theme, isSelected, isTagged}: RowOptions): Style =>
	isSelected ? theme.selected : (isTagged ? theme.notice : markStyle(marks, theme));

type Tone = Row['tones'][number];

/** Whether a tone says something about the value itself. Other tones are replaced by the style of a new row. */
const isSignal = (tone: Tone): boolean => tone !== undefined && signalTones.has(tone);

const signalTones: ReadonlySet<Tone> = new Set(['dim', 'warning', 'bad', 'receive', 'send']);

const cellStyle = ({closed, established, fresh, timeWait}: Row['marks'], tone: Tone, theme: Theme): Style => {
	if (closed && !fresh) {
		return theme.closed;
	}

	if (timeWait === true && !fresh) {
		return theme.tones.dim;
	}

	if ((established || fresh) && !isSignal(tone)) {
		return established ? theme.established : theme.fresh;
	}

	return theme.tones[tone ?? 'plain'];
};

/** Whether a cell is highlighted in the row under the cursor, which shows no tones. */
const isStrong = ({closed, established, fresh}: Row['marks'], tone: Tone): boolean =>
	!closed && (tone === 'warning' || tone === 'bad' || ((established || fresh) && !isSignal(tone)));

/** Highlights the text of a cell, without the spaces around it. */
const underlined = (text: string, theme: Theme): readonly Segment[] => {
	const shown = text.trim();
	const start = text.indexOf(shown);
	return [
		piece(text.slice(0, start), theme.selected),
		piece(shown, theme.selectedStrong),
		piece(text.slice(start + shown.length), theme.selected),
	];
};

/** Highlights each occurrence of the words in a text. */
const highlighted = (text: string, words: readonly string[], style: Style, foundStyle: Style): readonly Segment[] => {
	const segments: Segment[] = [];
	const lower = text.toLowerCase();
	// A few letters change their length with their case. Then positions would be wrong, so nothing is highlighted.
	const isComparable = lower.length === text.length;
	let at = 0;
	while (isComparable && at < text.length) {
		const next = firstOf(lower, words, at);
		if (next === undefined) {
			break;
		}

		segments.push(piece(text.slice(at, next.start), style), piece(text.slice(next.start, next.end), foundStyle));
		at = next.end;
	}

	return [...segments, piece(text.slice(at), style)];
};

const firstOf = (text: string, words: readonly string[], from: number): {readonly start: number; readonly end: number} | undefined => {
	let first: {start: number; end: number} | undefined;
	for (const word of words) {
		const start = text.indexOf(word, from);
		if (start !== -1 && (first === undefined || start < first.start)) {
			first = {start, end: start + word.length};
		}
	}

	return first;
};

