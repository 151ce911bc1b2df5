/** Lines as segments: pieces of text with their styles, before they are painted into one string. */
import {plain, type Segment, type Style} from '../../text/paint.js';
import {graphemes} from '../../text/graphemes.js';
import {cutEnd, textWidth} from '../../text/width.js';

/** Creates a segment. */
export const piece = (text: string, style: Style = plain): Segment => ({text, style});

/** Width of the segments in terminal columns. */
export const widthOf = (segments: readonly Segment[]): number => {
	let width = 0;
	for (const {text} of segments) {
		width += textWidth(text);
	}

	return width;
};

/** The segments that fit into a width; the first that does not fit is truncated and ends with `…`. */
export const cutSegments = (segments: readonly Segment[], width: number): readonly Segment[] => {
	const kept: Segment[] = [];
	let left = width;
	for (const segment of segments) {
		const needed = textWidth(segment.text);
		if (needed > left) {
			kept.push({...segment, text: cutEnd(segment.text, left)});
			break;
		}

		kept.push(segment);
		left -= needed;
	}

	return kept;
};

/** Removes terminal columns from the start of segments; half of a wide character becomes a blank. */
export const dropSegments = (segments: readonly Segment[], width: number): readonly Segment[] => {
	let left = width;
	return segments.flatMap(segment => {
		if (left <= 0) {
			return [segment];
		}

		const parts = [...graphemes(segment.text)].map(part => part.segment);
		let index = 0;
		while (index < parts.length && left > 0) {
			left -= textWidth(parts[index]);
			index++;
		}

		const text = ' '.repeat(Math.max(0, -left)) + parts.slice(index).join('');
		return text === '' ? [] : [{...segment, text}];
	});
};

/** Aligns segments to the left and to the right of a line. If both do not fit, the left ones are truncated. */
export const spread = (left: readonly Segment[], right: readonly Segment[], width: number): readonly Segment[] => {
	const atRight = cutSegments(right, width);
	const rightWidth = widthOf(atRight);
	const atLeft = cutSegments(left, Math.max(0, width - rightWidth - (rightWidth === 0 ? 0 : 1)));
	const between = width - rightWidth - widthOf(atLeft);
	return [...atLeft, piece(' '.repeat(Math.max(0, between))), ...atRight];
};

/** Aligns segments to the left, and to the right the first choice that fits beside them; if none does, the last choice. */
export const spreadFitting = (left: readonly Segment[], choices: ReadonlyArray<readonly Segment[]>, width: number): readonly Segment[] =>
	spread(left, choices.find(right => widthOf(left) + 1 + widthOf(right) <= width) ?? choices.at(-1) ?? [], width);

/** Joins the groups with a separator, as many as fit completely. */
export const joinFitting = (groups: ReadonlyArray<readonly Segment[]>, separator: Segment, width: number): readonly Segment[] => {
	const joined: Segment[] = [];
	let used = 0;
	for (const group of groups) {
		const added = used === 0 ? group : [separator, ...group];
		const addedWidth = widthOf(added);
		if (used + addedWidth > width) {
			break;
		}

		joined.push(...added);
		used += addedWidth;
	}

	return joined;
};
