/** Paints the heading of a group: its name where there is room for it, and sums in the columns that they belong to. */
import type {GroupHead, Row} from '../../contract/messages.js';
import {wholeEndpointWidth} from '../../addresses/address.js';
import type {Field} from '../../fields/model/field.js';
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

/** Marks of unfolded and folded groups; the plain ones are for terminals without colours and attributes. */
export const groupMarks = {
	open: '▾', folded: '▸', plainOpen: '-', plainFolded: '+',
} as const;

const hasSums = (field: Field): boolean => field.kind === 'number' && field.sum !== undefined;

/** Space between sums, in terminal columns. */
type Gap = {readonly start: number; readonly width: number};

type Part = Gap & {readonly text: string; readonly style: Style};

const markOf = ({isFolded}: GroupHead, {level}: Theme): string => level === 'none'
	? (isFolded ? groupMarks.plainFolded : groupMarks.plainOpen)
	: (isFolded ? groupMarks.folded : groupMarks.open);

/** Counts after the name, so that names stay aligned. */
const countsText = ({waiting, closed = 0}: GroupHead): string => `${waiting === 0 ? '' : `, ${waiting} waiting`}${closed === 0 ? '' : `, ${closed} closed`}`;

/** Minimum width of a problem; shorter texts would be ambiguous. */
const minProblemWidth = 10;

export type GroupRowOptions = {
	readonly fit: TableFit;
	readonly theme: Theme;
	readonly width: number;
	readonly isSelected: boolean;
};

/** The line of a group heading. */
export const groupSegments = ({groups = [], group, tones}: Row & {readonly group: GroupHead}, sums: readonly string[], options: GroupRowOptions): readonly Segment[] => {
	const {fit: {columns}, theme, width, isSelected} = options;
	const parts: Part[] = [];
	const gaps: Gap[] = [];
	let start = 0;
	for (const {index, start: at, width: columnWidth, field} of columns) {
		// A column with sums holds nothing else in any group heading, so that all names are aligned.
		if (hasSums(field)) {
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

/** Sufficient width for a name: the number of sockets, an endpoint and a process. */
const nameWidth = 36;

/** Width of the number of sockets, so that most names are aligned. */
const countWidth = 3;

/** Beside a problem, the label is cut first, but not below this width, nor within an IPv4 address. */
const minLabelWidth = 13;

/** The address at the start of a label, with the width that it needs uncut; 0 if the label has no address. */
const addressIn = (label: string): {readonly address: string; readonly width: number} => {
	const [address] = label.split(' ', 1);
	return {address, width: wholeEndpointWidth(address)};
};

/** Cuts a label to a width. In a label of address and process, the address is not cut if it fits. */
const cutLabel = (label: string, width: number): string => {
	const {address, width: minWidth} = addressIn(label);
	const isAddressAlone = minWidth > 0 && width >= minWidth && width < textWidth(address) + 3 && textWidth(label) > width;
	return cutEnd(isAddressAlone ? address : label, width);
};

/** Number of sockets, label and counts, cut to a width: the label is cut first. */
const nameText = (group: GroupHead, width: number): string => {
	const [sockets, counts] = [socketsText(group), countsText(group)];
	const label = cutLabel(escapeText(group.label), Math.max(0, width - textWidth(sockets) - textWidth(counts)));
	return cutEnd(sockets + label + counts, width);
};

/** Minimum width of the name beside a problem. */
const minNameWidthOf = (group: GroupHead): number => {
	const label = escapeText(group.label);
	return textWidth(socketsText(group)) + Math.min(textWidth(label), Math.max(minLabelWidth, addressIn(label).width)) + textWidth(countsText(group));
};

const socketsText = ({sockets}: GroupHead): string => `${String(sockets).padStart(countWidth)}  `;

const problemText = ({problem}: GroupHead): string => problem === undefined ? '' : `${problem.count} ${problem.name}`;

const problemStyle = ({problem}: GroupHead, theme: Theme): Style => theme.tones[problem?.isGrave === true ? 'bad' : 'warning'];

/**
The mark is at the left, in the tree. The number of sockets and the name are in the first gap that is wide enough, or else in the widest. The problem is in the
first gap, below the headings of state and health, or at the right of the name if the name is in that gap.
*/
const nameParts = (gaps: readonly Gap[], group: GroupHead, depth: number, theme: Theme): readonly Part[] => {
	const mark = `${' '.repeat(depth * levelIndent)}${markOf(group, theme)}`;
	const [first] = gaps;
	const [widest] = gaps.toSorted((a, b) => b.width - a.width);
	const nameGap = gaps.find(({width}) => width > nameWidth) ?? widest;
	const start = Math.max(nameGap.start + 1, textWidth(mark) + 1);
	const room = Math.max(0, nameGap.start + nameGap.width - 1 - start);
	const problem = problemText(group);
	const markPart = {
		start: 0, width: first.width, text: mark, style: theme.strong,
	};
	if (nameGap !== first && first.width > textWidth(mark) + 1 + Math.min(textWidth(problem), minProblemWidth)) {
		const width = first.width - textWidth(mark) - 2;
		return [markPart, {
			start: textWidth(mark) + 1, width, text: cutEnd(problem, width), style: problemStyle(group, theme),
		}, {
			start, width: room, text: nameText(group, room), style: theme.strong,
		}];
	}

	const cut = cutEnd(problem, Math.max(0, room - minNameWidthOf(group) - 2));
	const nameRoom = cut === '' ? room : room - textWidth(cut) - 2;
	return [markPart, {
		start, width: nameRoom, text: nameText(group, nameRoom), style: theme.strong,
	}, {
		start: start + room - textWidth(cut), width: textWidth(cut), text: cut, style: problemStyle(group, theme),
	}];
};
