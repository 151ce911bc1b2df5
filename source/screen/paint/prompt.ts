/** Paints the prompts: the edited line for filter, search, port and other input, and the error in a filter. */
import {registry} from '../../preferences/preferences.js';
import type {RowKind} from '../../query/groups/groupings.js';
import {escapeText} from '../../text/escape.js';
import type {Segment} from '../../text/paint.js';
import {cutEnd, cutStart, textWidth} from '../../text/width.js';
import {rowKindOf} from '../actions/grouping.js';
import {withKeys} from '../keys/key-hints.js';
import {joinFitting, piece} from '../look/segments.js';
import {itemAtCursor} from '../setup/items.js';
import {
	modeOf,
	type Lines,
	type Prompt,
	type State,
} from '../state/state.js';
import type {Theme} from '../look/theme.js';
import {completingOf} from '../state/editing-slice.js';
import {problemSegments} from './problem-segments.js';
import {lineSegments} from './line-segments.js';
import {completionSegments} from './completion-line.js';

type Paint = Prompt['paint'];

/** A prompt of one line. */
const oneLine = (paint: Paint): Prompt => ({height: () => 1, paint});

/** Examples of the filter language, shown below a valid filter; for the journal, with its own fields. */
const filterHints: Readonly<Record<RowKind, readonly string[]>> = {
	socket: ['words', 'port N', 'sport N', 'dport N', 'state X', 'pid N', 'host or prefix', 'all joined by and'],
	entry: ['words', 'port N', 'event closed', 'ended reset', 'lived < 1s', 'pid N', 'host or prefix', 'all joined by and'],
};

const filterLabel = ' Filter: ';

const filterColumn = textWidth(filterLabel);

const paintFilter: Paint = (state, theme) => {
	const {line, size: {columns}} = state;
	const room = columns - filterColumn;
	const {segments, offset} = lineSegments(line, room, theme);
	const completing = completingOf(state);
	const below = completing === undefined
		? problemSegments(state, {text: line.text, column: filterColumn, offset}, theme) ?? hintSegments(filterHints[rowKindOf(state)], room, theme)
		: completionSegments(completing, columns, theme);
	return [[piece(filterLabel, theme.prompt), ...segments], below];
};

/** The filter, and below it the completions, the error or hints. */
export const filterPrompt: Prompt = {height: () => 2, paint: paintFilter};

/** As many hints as fit. */
const hintSegments = (hints: readonly string[], room: number, theme: Theme): readonly Segment[] =>
	[piece(' '.repeat(filterColumn)), ...joinFitting(hints.map(hint => [piece(hint, theme.label)]), piece(' · ', theme.label), room)];

export const searchPrompt = oneLine(({line, search, view, size: {columns}}, theme) => {
	const label = ' Search: ';
	const count = search === '' ? undefined : view?.found;
	const found = count === undefined ? '' : (count === 0 ? '  nothing found' : `  ${count} found`);
	const {segments} = lineSegments(line, columns - textWidth(label) - textWidth(found), theme);
	return [[piece(label, theme.prompt), ...segments, piece(found, count === 0 ? theme.error : theme.label)]];
});

export const portPrompt = oneLine(({port, keyTable, mode}, theme) => [
	[piece(' Port: ', theme.prompt), piece(port?.digits ?? ''), piece(' ', theme.caret), piece(withKeys('  {accept}: exactly this port', keyTable, mode), theme.label)],
]);

/** A prompt with a label. */
export const linePrompt = (labelOf: (state: State) => string): Prompt => oneLine((state, theme) => {
	const label = labelOf(state);
	const {segments} = lineSegments(state.line, state.size.columns - textWidth(label) - 1, theme);
	return [[piece(label, theme.prompt), ...segments]];
});

/** The question whether a file is to be replaced. */
export const replacePrompt = oneLine(({writing, keyTable, mode, size: {columns}}, theme) => {
	const question = withKeys(' exists. Replace it? {replaceFile} replaces, {keepFile} keeps it', keyTable, mode);
	const room = Math.max(8, columns - textWidth(question) - 1);
	return [[piece(` ${cutStart(escapeText(writing?.file ?? ''), room)}`, theme.prompt), piece(question)]];
});

/** Title of the setup item whose value is typed. */
export const typedTitle = (state: State): string => {
	const item = itemAtCursor(state);
	return item?.about.kind === 'typed' ? registry[item.about.of].title : item?.title ?? '';
};

export const keyPrompt = oneLine((state, theme) => [
	[piece(` Press the key for ${itemAtCursor(state)?.title ?? ''}`, theme.prompt), piece('; Esc cancels', theme.label)],
]);

/** While no line is edited: the current filter, if it has an error. */
const currentFilter: Paint = (state, theme) => {
	const {filter, size: {columns}} = state;
	const problem = problemSegments(state, {text: filter, column: filterColumn, offset: 0}, theme);
	return problem === undefined
		? []
		: [[piece(filterLabel, theme.prompt), piece(cutEnd(escapeText(filter), columns - filterColumn))], problem];
};

/** The lines of the prompt, as many as the layout provides. */
export const promptLines = (state: State, theme: Theme): Lines => (modeOf(state).prompt?.paint ?? currentFilter)(state, theme);
