/** The head of a group, as pieces of text: its name where there is room for it, and sums under the headings that they belong to. */
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

/** Marks of groups that are open and folded; the second ones where the terminal shows no attributes either. */
export const groupMarks = {
	open: '▾', folded: '▸', plainOpen: '-', plainFolded: '+',
} as const;

const hasSums = (field: Field): boolean => field.kind === 'number' && field.sum !== undefined;

/** Room without sums, in columns of the terminal. */
type Gap = {readonly start: number; readonly width: number};

type Part = Gap & {readonly text: string; readonly style: Style};

const markOf = ({isFolded}: GroupHead, {level}: Theme): string => level === 'none'
	? (isFolded ? groupMarks.plainFolded : groupMarks.plainOpen)
	: (isFolded ? groupMarks.folded : groupMarks.open);

/** What follows the name: the names themselves stay where they are. */
const countsText = ({waiting, closed = 0}: GroupHead): string => `${waiting === 0 ? '' : `, ${waiting} waiting`}${closed === 0 ? '' : `, ${closed} closed`}`;

/** With less, a problem cannot be told from others. */
const leastProblem = 10;

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
		// Where a field adds up, nothing else stands in any head: so the names of all begin in one column, and stay there.
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

/** Columns that a name is content with: the number of sockets, an endpoint and a process. */
const roomForName = 36;

/** Columns for the number of sockets, so that the names of most groups begin in one column. */
const roomForCount = 3;

/** Beside a problem, a label is cut before it is, but not shorter than this, nor within an IPv4 address. */
const leastLabel = 13;

/** An address that begins a label, if that has one, and the columns that it needs. */
const addressIn = (label: string): {readonly address: string; readonly width: number} => {
	const [address] = label.split(' ', 1);
	return {address, width: wholeEndpointWidth(address)};
};

/** A label in so many columns: of an address and a process, the address is whole as long as it fits. */
const cutLabel = (label: string, width: number): string => {
	const {address, width: least} = addressIn(label);
	const isAddressAlone = least > 0 && width >= least && width < textWidth(address) + 3 && textWidth(label) > width;
	return cutEnd(isAddressAlone ? address : label, width);
};

/** Number of sockets, label, and how many wait, in so many columns: the label gives way. */
const nameText = (group: GroupHead, width: number): string => {
	const [sockets, counts] = [socketsText(group), countsText(group)];
	const label = cutLabel(escapeText(group.label), Math.max(0, width - textWidth(sockets) - textWidth(counts)));
	return cutEnd(sockets + label + counts, width);
};

/** Columns that the name needs beside a problem. */
const leastNameOf = (group: GroupHead): number => {
	const label = escapeText(group.label);
	return textWidth(socketsText(group)) + Math.min(textWidth(label), Math.max(leastLabel, addressIn(label).width)) + textWidth(countsText(group));
};

const socketsText = ({sockets}: GroupHead): string => `${String(sockets).padStart(roomForCount)}  `;

const problemText = ({problem}: GroupHead): string => problem === undefined ? '' : `${problem.count} ${problem.name}`;

const problemStyle = ({problem}: GroupHead, theme: Theme): Style => theme.tones[problem?.isGrave === true ? 'bad' : 'warning'];

/**
The mark is at the left, where the tree is. In the first room that is wide enough, or else the widest, are the number of sockets and the name. What is wrong is at the
left, if that is another room, below the headings of state and health; else at the right of the name.
*/
const nameParts = (gaps: readonly Gap[], group: GroupHead, depth: number, theme: Theme): readonly Part[] => {
	const mark = `${' '.repeat(depth * levelIndent)}${markOf(group, theme)}`;
	const [first] = gaps;
	const [widest] = gaps.toSorted((a, b) => b.width - a.width);
	const place = gaps.find(({width}) => width > roomForName) ?? widest;
	const start = Math.max(place.start + 1, textWidth(mark) + 1);
	const room = Math.max(0, place.start + place.width - 1 - start);
	const problem = problemText(group);
	const markPart = {
		start: 0, width: first.width, text: mark, style: theme.strong,
	};
	if (place !== first && first.width > textWidth(mark) + 1 + Math.min(textWidth(problem), leastProblem)) {
		const width = first.width - textWidth(mark) - 2;
		return [markPart, {
			start: textWidth(mark) + 1, width, text: cutEnd(problem, width), style: problemStyle(group, theme),
		}, {
			start, width: room, text: nameText(group, room), style: theme.strong,
		}];
	}

	const cut = cutEnd(problem, Math.max(0, room - leastNameOf(group) - 2));
	const nameRoom = cut === '' ? room : room - textWidth(cut) - 2;
	return [markPart, {
		start, width: nameRoom, text: nameText(group, nameRoom), style: theme.strong,
	}, {
		start: start + room - textWidth(cut), width: textWidth(cut), text: cut, style: problemStyle(group, theme),
	}];
};
