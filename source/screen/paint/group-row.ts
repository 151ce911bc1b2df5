/** The head of a group, as pieces of text: its name where there is room for it, and sums under the headings that they belong to. */
import type {GroupHead, Row} from '../../contract/messages.js';
import {escapeText} from '../../text/escape.js';
import type {Segment, Style} from '../../text/paint.js';
import {
	alignLeft,
	alignRight,
	cutEnd,
	textWidth,
} from '../../text/width.js';
import {piece} from '../look/segments.js';
import {levelIndent, type TableFit} from '../state/table-fit.js';
import type {Theme} from '../look/theme.js';

/** Marks of groups that are open and folded; the second ones where the terminal shows no attributes either. */
export const groupMarks = {
	open: '▾', folded: '▸', plainOpen: '-', plainFolded: '+',
} as const;

/** Room without sums, in columns of the terminal. */
type Gap = {readonly start: number; readonly width: number};

type Part = Gap & {readonly text: string; readonly style: Style};

const markOf = ({isFolded}: GroupHead, {level}: Theme): string => level === 'none'
	? (isFolded ? groupMarks.plainFolded : groupMarks.plainOpen)
	: (isFolded ? groupMarks.folded : groupMarks.open);

const countText = ({sockets, waiting, closed = 0}: GroupHead): string =>
	`${sockets}${waiting === 0 ? '' : `, ${waiting} waiting`}${closed === 0 ? '' : `, ${closed} closed`}`;

export type GroupLook = {
	readonly fit: TableFit;
	readonly theme: Theme;
	readonly width: number;
	readonly isSelected: boolean;
};

/** The line of a group's head. */
export const groupSegments = ({groups = [], group, tones}: Row & {readonly group: GroupHead}, sums: readonly string[], look: GroupLook): readonly Segment[] => {
	const {fit: {columns}, theme, width, isSelected} = look;
	const parts: Part[] = [];
	const gaps: Gap[] = [];
	let start = 0;
	for (const {index, start: at, width: columnWidth, field} of columns) {
		if (sums[index] !== '') {
			gaps.push({start, width: at - start});
			const text = alignRight(cutEnd(sums[index], columnWidth), columnWidth);
			parts.push({
				start: at, width: columnWidth, text: field.align === 'right' ? text : alignLeft(text, columnWidth), style: theme.tones[tones[index] ?? 'plain'],
			});
			start = at + columnWidth;
		}
	}

	gaps.push({start, width: Math.max(0, width - start)});
	parts.push(...nameParts(gaps, group, groups.length, theme));
	const segments: Segment[] = [];
	let used = 0;
	for (const part of parts.filter(({text}) => text !== '').toSorted((a, b) => a.start - b.start)) {
		segments.push(piece(' '.repeat(part.start - used), isSelected ? theme.selected : undefined), piece(part.text, isSelected ? theme.selected : part.style));
		used = part.start + textWidth(part.text);
	}

	return isSelected ? [...segments, piece(' '.repeat(Math.max(0, width - used)), theme.selected)] : segments;
};

/** Columns that a name is content with: an endpoint and a process. */
const roomForName = 30;

/** The mark stands at the left, where the tree is; the number of sockets beside it, and the name in the first room that is wide enough, or else the widest. */
const nameParts = (gaps: readonly Gap[], group: GroupHead, depth: number, theme: Theme): readonly Part[] => {
	const [first] = gaps;
	const mark = `${' '.repeat(depth * levelIndent)}${markOf(group, theme)} `;
	const label = escapeText(group.label);
	const withCount = `${mark}${countText(group)}`;
	const [widest] = gaps.toSorted((a, b) => b.width - a.width);
	const place = gaps.find(({start, width}) => width > roomForName + (start === 0 ? textWidth(withCount) : 0)) ?? widest;
	const room = place.width - 1;
	if (place.start === 0) {
		return [{...place, text: cutEnd(`${withCount}  ${label}`, room), style: theme.strong}];
	}

	// Beside the first cells there may be room for the mark only.
	if (textWidth(withCount) >= first.width) {
		return [
			{...first, text: cutEnd(mark.trimEnd(), first.width), style: theme.strong},
			{...place, text: cutEnd(` ${countText(group)}  ${label}`, room), style: theme.strong},
		];
	}

	return [
		{...first, text: withCount, style: theme.strong},
		{...place, text: cutEnd(` ${label}`, room), style: theme.strong},
	];
};
