/** The lines in which filter, search and port are typed, and what is wrong with the filter. */
import type {FilterProblem} from '../query/query.js';
import {escapeText} from '../text/escape.js';
import {plain, type Segment} from '../text/paint.js';
import {cutEnd, textWidth} from '../text/width.js';
import {completingOf} from './completing.js';
import {completionSegments} from './completion-line.js';
import {explanationSegments} from './explaining.js';
import {withKeys} from './key-hints.js';
import type {Line} from './line.js';
import {piece, widthOf} from './segments.js';
import {itemAtCursor} from './setup/items.js';
import {problemOf, type State} from './state.js';
import type {Theme} from './theme.js';

/** How the filter language looks, for a line that says nothing wrong. */
const filterHint = 'words · port N · sport N · dport N · state X · pid N · host or prefix · all joined by and';

const filterLabel = ' Filter: ';

/** As many lines as the layout gives to the prompt. */
export const promptLines = (state: State, theme: Theme): ReadonlyArray<readonly Segment[]> => {
	const {mode, line, port, filter, size: {columns}} = state;
	switch (mode) {
		case 'filter': {
			const room = columns - textWidth(filterLabel);
			const {segments, offset} = lineSegments(line, room, theme);
			const completing = completingOf(state);
			return [
				[piece(filterLabel, theme.prompt), ...segments],
				completing === undefined
					? problemSegments(state, line.text, offset, theme) ?? hintSegments(room, theme)
					: completionSegments(completing, columns, theme),
			];
		}

		case 'search': {
			const label = ' Search: ';
			const found = state.view?.found === undefined || state.search === '' ? '' : (state.view.found === 0 ? '  nothing found' : `  ${state.view.found} found`);
			const {segments} = lineSegments(line, columns - textWidth(label) - textWidth(found), theme);
			return [[piece(label, theme.prompt), ...segments, piece(found, state.view?.found === 0 ? theme.error : theme.label)]];
		}

		case 'port': {
			return [[piece(' Port: ', theme.prompt), piece(port?.digits ?? ''), piece(' ', theme.caret), piece(withKeys('  {accept}: exactly this port', state.keyTable, mode), theme.label)]];
		}

		case 'viewName':
		case 'setupLine': {
			const label = mode === 'viewName' ? ' Save this view as: ' : ` ${itemAtCursor(state)?.title ?? ''}: `;
			const {segments} = lineSegments(line, columns - textWidth(label) - 1, theme);
			return [[piece(label, theme.prompt), ...segments]];
		}

		case 'setupKey': {
			return [[piece(` Press the key for ${itemAtCursor(state)?.title ?? ''}`, theme.prompt), piece('; Esc leaves it as it was', theme.label)]];
		}

		case 'explain': {
			return explanationSegments(state, theme);
		}

		case 'setup':
		case 'views':
		case 'table':
		case 'journal':
		case 'sort':
		case 'families':
		case 'groups':
		case 'owners':
		case 'signals':
		case 'confirm':
		case 'outcomes':
		case 'inspector':
		case 'help': {
			const problem = problemSegments(state, filter, 0, theme);
			return problem === undefined
				? []
				: [[piece(filterLabel, theme.prompt), piece(cutEnd(escapeText(filter), columns - textWidth(filterLabel)))], problem];
		}
	}
};

const hintSegments = (room: number, theme: Theme): readonly Segment[] => [piece(' '.repeat(filterLabel.length)), piece(cutEnd(filterHint, room), theme.label)];

/** The text around the caret, scrolled so that the caret is in sight; `offset` is the width of what is scrolled out at the left. */
const lineSegments = ({text, cursor}: Line, width: number, theme: Theme): {readonly segments: readonly Segment[]; readonly offset: number} => {
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

const segmenter = new Intl.Segmenter();

const firstGrapheme = (text: string): string => segmenter.segment(text).containing(0)?.segment ?? '';

/** The end of a text that fits into a width. */
const lastPart = (text: string, width: number): {readonly shown: string; readonly offset: number} => {
	let offset = 0;
	let start = 0;
	const whole = textWidth(text);
	for (const {segment, index} of segmenter.segment(text)) {
		if (whole - offset <= width) {
			start = index;
			break;
		}

		offset += textWidth(segment);
		start = index + segment.length;
	}

	return {shown: text.slice(start), offset};
};

/** A pointer under the word that is wrong, and what is wrong with it, at the side with more room. */
const problemSegments = (state: State, text: string, offset: number, theme: Theme): readonly Segment[] | undefined => {
	const problem = problemOf(state);
	if (problem === undefined) {
		return undefined;
	}

	const {columns} = state.size;
	const {start, width} = placeOf(problem, text);
	const at = Math.max(0, Math.min(columns - 2, filterLabel.length + start - offset));
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

/** Where the wrong word stands, in columns of the text as it is shown. The problem may be about an older text. */
const placeOf = ({start, end}: FilterProblem, text: string): {readonly start: number; readonly width: number} => {
	const from = Math.min(start, text.length);
	const to = Math.min(Math.max(end, from), text.length);
	return {start: textWidth(escapeText(text.slice(0, from))), width: textWidth(escapeText(text.slice(from, to)))};
};
