/** Paints the setup screen. */
import {registry} from '../../preferences/preferences.js';
import {escapeText} from '../../text/escape.js';
import {plain, type Segment, type Style} from '../../text/paint.js';
import {alignLeft, cutEnd, textWidth} from '../../text/width.js';
import {wrapInto} from '../../text/wrap.js';
import {withKeys} from '../keys/key-hints.js';
import {minMeaningWidth} from '../state/layout.js';
import {piece, widthOf} from '../look/segments.js';
import type {State} from '../state/state.js';
import type {Theme} from '../look/theme.js';
import {itemsOf, type Item} from '../setup/items.js';
import {pagesOf} from '../state/setup-slice.js';

type Lines = ReadonlyArray<readonly Segment[]>;

/** Titles of the pages, with the open one highlighted. */
const tabs = ({setup, settingsProblems, size: {columns}}: State, theme: Theme): readonly Segment[] => {
	const pages = pagesOf(settingsProblems);
	const titles = pages.map(({id, title}) => {
		const isOpen = id === setup.page;
		const text = theme.level === 'none' && isOpen ? `[${title}]` : (columns < 70 ? `${title} ` : ` ${title} `);
		return piece(text, isOpen ? theme.sortedHeading : theme.heading);
	});
	const open = pages.findIndex(({id}) => id === setup.page);
	// If not all fit, titles at the left are dropped until the open one is visible.
	const hidden = titles.findIndex((_, index) => index >= open || widthOf(titles.slice(index, open + 1)) <= columns);
	const shown = titles.slice(Math.max(0, hidden));
	const used = widthOf(shown);
	return [...shown, piece(' '.repeat(Math.max(0, columns - used)), theme.heading)];
};

/** Lines for the meaning of the item under the cursor; narrow terminals need more. */
const meaningLinesIn = (columns: number): number => columns < 70 ? 3 : 2;

/** Text of a page without items. */
const emptyText = ({setup}: State): string => setup.find === '' ? 'No items.' : `Nothing matches "${setup.find}"; Esc shows all.`;

/** The first error in the settings file, and where to find the others. */
const wrongLine = ({settingsProblems, setup, size: {columns}}: State, theme: Theme): Lines => {
	const [first] = settingsProblems;
	if (first === undefined || setup.page === 'mistakes' || setup.find !== '') {
		return [];
	}

	const text = settingsProblems.length === 1 ? first : `${settingsProblems.length} mistakes in the settings, on the last page; ${first}`;
	return [[piece(` ${cutEnd(escapeText(text), columns - 2)}`, theme.error)]];
};

/** Instructions for a page. */
const hintOf = ({setup, keyTable, size: {rows}}: State): string | undefined => setup.page === 'keys' && setup.find === '' && rows >= 20
	? withKeys('{accept}: change the key. {setupMore}: add a key. {setupReset}: default. Keys that edit text, Esc, F10 and Ctrl-C are fixed.', keyTable, 'setup')
	: undefined;

const titleWidth = (items: readonly Item[], columns: number): number =>
	Math.min(Math.floor(columns / 2), Math.max(12, ...items.map(({title}) => textWidth(escapeText(title)))) + 2);

const valueStyle = (kind: Item['about']['kind'], theme: Theme): Style => kind === 'mistake' ? theme.error : (kind === 'entry' ? theme.label : theme.strong);

type Widths = {readonly title: number; readonly value: number; readonly all: number};

const itemLine = ({title, value, beside, meaning, about}: Item, isChosen: boolean, widths: Widths, theme: Theme): readonly Segment[] => {
	const mark = isChosen && theme.level === 'none' ? '>' : ' ';
	const name = mark + alignLeft(cutEnd(escapeText(title), widths.title - 1), widths.title);
	const shown = alignLeft(cutEnd(escapeText(value), widths.value - 1), widths.value);
	const room = Math.max(0, widths.all - widths.title - widths.value - 2);
	const rest = beside === meaning && room < minMeaningWidth ? '' : cutEnd(escapeText(beside), room);
	return isChosen
		? [piece(alignLeft(name + shown + rest, widths.all), theme.selected)]
		: [piece(name), piece(shown, valueStyle(about.kind, theme)), piece(rest, theme.label)];
};

/** The setup screen in at most `height` lines: titles of the pages, items, and the meaning of the item under the cursor. */
export const setupLines = (state: State, height: number, theme: Theme): Lines => {
	const {size: {columns}, setup, keyTable} = state;
	const items = itemsOf(state);
	const chosen = items.at(setup.itemIndex);
	const description = chosen === undefined ? emptyText(state) : chosen.meaning;
	const meaningLines = meaningLinesIn(columns);
	const meaning = wrapInto(escapeText(description), Math.max(10, columns - 2), meaningLines);
	const instructions = withKeys('{accept} chooses, {cancel} cancels', keyTable, 'setup');
	const choosing = setup.choosing === undefined ? [] : [[piece(` ${registry[setup.choosing].title}: `, theme.prompt), piece(instructions, theme.label)]];
	const hint = hintOf(state);
	const hints = hint === undefined ? [] : wrapInto(hint, columns - 2, meaningLines).map(text => [piece(` ${text}`, theme.label)]);
	const find = setup.find === '' ? [] : [[piece(' Find: ', theme.prompt), piece(escapeText(setup.find)), piece(theme.level === 'none' ? '_' : ' ', theme.caret)]];
	const wrong = wrongLine(state, theme);
	const room = Math.max(1, height - 1 - choosing.length - hints.length - find.length - wrong.length - meaningLines - 1);
	const first = Math.max(0, Math.min(setup.itemIndex - Math.floor(room / 2), items.length - room));
	const title = titleWidth(items, columns);
	const value = Math.min(Math.max(8, ...items.map(item => textWidth(escapeText(item.value)))) + 2, Math.max(8, columns - title - 2));
	const listed = Array.from({length: room}, (_, line): readonly Segment[] => {
		const item = items.at(first + line);
		return item === undefined || first + line >= items.length ? [] : itemLine(item, first + line === setup.itemIndex, {title, value, all: columns}, theme);
	});
	const below = Array.from({length: meaningLines}, (_, line) => [piece(` ${meaning[line] ?? ''}`, chosen === undefined ? theme.notice : plain)]);
	return [tabs(state, theme), ...wrong, ...choosing, ...hints, ...find, ...listed, [], ...below].slice(0, height);
};
