/** The table: its headings and its rows, as pieces of text. */
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

/** Marks in the gutter; they tell without colour what the colours tell. */
export const rowMarks = {
	closed: '×', waiting: '○', established: '●', fresh: '+', found: '›', open: '◆', selected: '>', tagged: '*', called: '!', none: ' ',
} as const;

/** A cell in one of the forms of its field, 0 for the whole text. */
const inForm = (field: Field, text: string, form: number): string => form === 0 ? text : formsOf(field)[form - 1](text);

const alignCell = ({align}: Field, text: string, width: number): string => align === 'left' ? alignLeft(text, width) : alignRight(text, width);

/** What headings show beside their columns: the order, and which field is explained. */
type HeadingMarks = {readonly sort: Sort; readonly explained: string | undefined};

/** The line with the headings, `width` columns wide. */
export const headingSegments = ({gutter, columns, gap, before, beyond}: TableFit, {sort, explained}: HeadingMarks, theme: Theme, width: number): readonly Segment[] => {
	let used = gutter;
	const segments = [piece((before === 0 ? '' : '‹').padEnd(gutter), theme.heading)];
	for (const [index, {field, width: columnWidth}] of columns.entries()) {
		const isSorted = field.id === sort.field;
		const mark = sortMarkOf(sort, field.id);
		const text = alignCell(field, cutEnd(field.title, columnWidth - textWidth(mark)) + mark, columnWidth);
		segments.push(piece(text, field.id === explained ? theme.alert : (isSorted ? theme.sortedHeading : theme.heading)));
		used += columnWidth;
		if (index < columns.length - 1) {
			segments.push(piece(' '.repeat(gap), theme.heading));
			used += gap;
		}
	}

	const line = [...segments, piece(' '.repeat(Math.max(0, width - used)), theme.heading)];
	const more = beyond === 0 ? '' : ` +${beyond} ›`;
	return beyond === 0 ? line : [...cutSegments(line, width - textWidth(more)), piece(more, theme.heading)];
};

export type RowLook = {
	readonly fit: TableFit;
	readonly theme: Theme;
	/** Columns of the terminal that the row fills. */
	readonly width: number;
	readonly isSelected: boolean;
	readonly isTagged: boolean;
	/** The alert has called for it, and nobody has seen that yet. */
	readonly isCalled: boolean;
	/** What the search looks for, in lower case. */
	readonly words: readonly string[];
};

/** One row. */
export const rowSegments = (row: Row, cells: readonly string[], look: RowLook): readonly Segment[] => {
	const {group, marks, tones, values} = row;
	if (group !== undefined) {
		return groupSegments({...row, group}, cells.map((cell, index) => values[index] === undefined ? '' : cell), look);
	}

	const {fit: {gutter, indent, columns, gap, addressWidth}, theme, width, isSelected, isTagged, isCalled, words} = look;
	// Without any attributes, only a mark can tell where the cursor is.
	const mark = isCalled ? rowMarks.called : (isSelected && theme.level === 'none' ? rowMarks.selected : markOf(marks));
	const marked = (gutter - indent > 1 || !isTagged ? ' '.repeat(indent) + mark : ' '.repeat(indent)) + (isTagged ? rowMarks.tagged : '');
	const segments = [piece(marked.padEnd(gutter), isCalled ? theme.alert : gutterStyle(marks, look))];
	let used = gutter;
	for (const [place, {field, index, form, width: columnWidth}] of columns.entries()) {
		const tone = tones[index];
		const after = place < columns.length - 1 ? gap : 0;
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

const gutterStyle = (marks: Row['marks'], {theme, isSelected, isTagged}: RowLook): Style =>
	isSelected ? theme.selected : (isTagged ? theme.notice : markStyle(marks, theme));

type Tone = Row['tones'][number];

/** Tones that say something about this very value; the others give way to the look of a new row. */
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

/** Whether a cell stands out in the row under the cursor, where tones cannot tell. */
const isStrong = ({closed, established, fresh}: Row['marks'], tone: Tone): boolean =>
	!closed && (tone === 'warning' || tone === 'bad' || ((established || fresh) && !isSignal(tone)));

/** The text in the look of what stands out, the blanks around it as the rest of the row. */
const underlined = (text: string, theme: Theme): readonly Segment[] => {
	const shown = text.trim();
	const start = text.indexOf(shown);
	return [
		piece(text.slice(0, start), theme.selected),
		piece(shown, theme.selectedStrong),
		piece(text.slice(start + shown.length), theme.selected),
	];
};

/** A text with each occurrence of a word in another look. */
const highlighted = (text: string, words: readonly string[], style: Style, foundStyle: Style): readonly Segment[] => {
	const segments: Segment[] = [];
	const lower = text.toLowerCase();
	// Letters that change their length with their case are rare; then nothing is highlighted rather than the wrong part.
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

