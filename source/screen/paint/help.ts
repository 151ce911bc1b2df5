/** The contents of the help: tables made from the key table, the registry of fields and the marks of the screen. */
import {findField} from '../../fields/registry.js';
import {stateMeanings} from '../../fields/state-meanings.js';
import type {Style} from '../../text/paint.js';
import {textWidth} from '../../text/width.js';
import {wrapText} from '../../text/wrap.js';
import {countsOf, toneOfState} from '../meters/counts.js';
import {withKeys} from '../keys/key-hints.js';
import {keysLabel} from '../keys/key-names.js';
import {bindingGroups, type Binding, type State} from '../state/state.js';
import type {Theme} from '../look/theme.js';
import {rowMarks} from './rows.js';
import {statusSentences} from './notices.js';
import {groupMarks} from './group-row.js';

export type HelpTable = {
	readonly headings: readonly string[];
	readonly rows: ReadonlyArray<readonly string[]>;
	/** Style of the first cell of a row. */
	readonly style: (text: string, theme: Theme) => Style;
};

/** A column of tables, one below the other; wide terminals have two columns. */
export type HelpColumn = {readonly width: number; readonly tables: readonly HelpTable[]};

/** Each cell has a space on both sides. */
const padding = 2;

/** Minimum width of the keys of a command. */
const keyWidth = 18;

const meanings: ReadonlyArray<readonly [state: string, meaning: string]> = [
	...stateMeanings,
	['UDP', 'ESTAB when it is connected to one peer, UNCONN when it takes from anyone.'],
];

/** Wraps the last cell of each row into several lines. The other cells are padded to the width of their column. */
const wrapped = (rows: ReadonlyArray<readonly string[]>, widths: readonly number[], width: number): ReadonlyArray<readonly string[]> => {
	const fixed = widths.reduce((total, each) => total + each + padding, 0);
	const room = Math.max(8, width - fixed - padding);
	return rows.flatMap(cells => wrapText(cells.at(-1) ?? '', room).map((part, line) => [
		...cells.slice(0, -1).map((cell, index) => (line === 0 ? cell : '').padEnd(widths[index])),
		part,
	]));
};

const keysOf = (group: Binding['group'], state: State, width: number): HelpTable => {
	const described = new Map<string, string[]>();
	for (const binding of state.keyTable.bindings) {
		if (binding.group === group) {
			const reason = binding.whyNever?.(state);
			const text = reason === undefined ? binding.description : `${binding.description}. ${reason}`;
			described.set(text, [...described.get(text) ?? [], ...keysLabel(binding).split(' ')]);
		}
	}

	const rows = [...described].map(([description, keys]) => [[...new Set(keys)].join(' '), description]);
	// A cell wider than its column would wrap into a line that `heightOf` does not count.
	const widest = Math.max(keyWidth, ...rows.map(([keys]) => textWidth(keys)));
	return {
		headings: [group.padEnd(widest), ''], rows: wrapped(rows, [widest], width), style: (_, theme) => theme.key,
	};
};

/** Status notices, which do not always fit into the header. */
const statusTables = (state: State, width: number): readonly HelpTable[] => {
	const sentences = statusSentences(state);
	return sentences.length === 0
		? []
		: [{
			headings: ['Now'],
			rows: sentences.flatMap(sentence => wrapped([[sentence]], [], width)),
			style: (_, theme) => theme.notice,
		}];
};

const stateTable = ({view}: State, width: number): HelpTable => {
	const counts = new Map(view === undefined ? [] : countsOf(view.summary).map(({name, count}) => [name, String(count)]));
	const rows = meanings.map(([state, meaning]) => [state, (counts.get(state) ?? '-').padStart(7), meaning]);
	return {
		headings: ['State'.padEnd(10), 'Sockets', 'Meaning'],
		rows: wrapped(rows, [10, 7], width),
		style: (text, theme) => theme.tones[toneOfState(text)],
	};
};

const legend: ReadonlyArray<readonly [mark: string, style: (theme: Theme) => Style, meaning: string]> = [
	[rowMarks.established, theme => theme.established, 'Became ESTAB in the last seconds.'],
	[rowMarks.waiting, theme => theme.notice, 'Waits in the accept queue of its listener.'],
	[rowMarks.fresh, theme => theme.fresh, 'Opened within the last seconds.'],
	[rowMarks.closed, theme => theme.closed, 'Closed; the row stays for a few seconds.'],
	[rowMarks.tagged, theme => theme.notice, 'Tagged: {openSignals} and {openClose} act on all tagged sockets.'],
	[rowMarks.called, theme => theme.alert, 'The alert has called for it ({toggleAlert}), until the next key.'],
	[rowMarks.open, theme => theme.notice, 'Listens on an external address: 0.0.0.0, [::] or a public one.'],
	[rowMarks.found, theme => theme.found, 'Matches the search.'],
	[groupMarks.open, theme => theme.strong, 'Group, with the number of its sockets and sums.'],
	[groupMarks.folded, theme => theme.strong, 'Folded group.'],
	['Queue', theme => theme.tones.warning, 'The queue is not empty; a full accept queue is red.'],
];

const legendTable = ({keyTable}: State, width: number): HelpTable => ({
	headings: ['Mark'.padEnd(10), ''],
	rows: wrapped(legend.map(([mark, , meaning]) => [mark, withKeys(meaning, keyTable)]), [10], width),
	style: (text, theme) => legend.find(([mark]) => mark === text)?.[1](theme) ?? theme.strong,
});

const fieldTable = ({columns}: State, width: number): HelpTable => {
	const rows = columns.flatMap(id => {
		const field = findField(id);
		return field === undefined ? [] : [[field.title, field.meaning]];
	});
	return {headings: ['Column'.padEnd(10), ''], rows: wrapped(rows, [10], width), style: (_, theme) => theme.strong};
};

/** Width from which on there are two columns. */
const wideFrom = 140;

/** The tables of the help, in columns that fit the terminal. */
export const helpColumns = (state: State): readonly HelpColumn[] => {
	const {columns} = state.size;
	const width = columns < wideFrom ? columns : Math.floor(columns / 2);
	const keyTables = [...statusTables(state, width), ...bindingGroups.map(group => keysOf(group, state, width))];
	const otherTables = [stateTable(state, width), legendTable(state, width), fieldTable(state, width)];
	return columns < wideFrom ? [{width, tables: [...keyTables, ...otherTables]}] : [{width, tables: keyTables}, {width, tables: otherTables}];
};

/** Height of a table: heading, rows and a blank line below. */
const heightOf = ({rows}: HelpTable): number => rows.length + 2;

/** Number of visible lines of the help: all but the title and the footer. */
export const helpRoom = ({size}: State): number => Math.max(1, size.rows - 2);

/** Height of the whole help in lines. */
export const helpHeight = (state: State): number =>
	Math.max(...helpColumns(state).map(({tables}) => tables.reduce((total, table) => total + heightOf(table), 0))) - 1;

/** Scrolls by lines, within the bounds of the help. */
export const scrollHelp = (state: State, by: number): State => {
	if (state.mode !== 'help') {
		return state;
	}

	const last = Math.max(0, helpHeight(state) - helpRoom(state));
	return {...state, helpOffset: Math.max(0, Math.min(last, state.helpOffset + by))};
};
