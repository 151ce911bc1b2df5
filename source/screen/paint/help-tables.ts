/** The contents of the help: tables made from the key table, the registry of fields and the marks of the screen. */
import {findField} from '../../fields/registry.js';
import {stateMeanings} from '../../fields/state-meanings.js';
import {plain, type Style} from '../../text/paint.js';
import {countsOf, toneOfState} from '../meters/counts.js';
import {withKeys} from '../keys/key-hints.js';
import {keysLabel} from '../keys/key-names.js';
import {
	baseModeOf,
	bindingGroups,
	type Binding,
	type State,
} from '../state/state.js';
import type {Theme} from '../look/theme.js';
import {rowMarks} from './rows.js';
import {statusSentences} from './notices.js';
import {groupMarks} from './group-row.js';

/** A table; its cells are whole until they are fitted to a width. */
export type HelpTable = {
	/** The heading of each cell of a row; the last cell is the text. */
	readonly headings: readonly string[];
	readonly rows: ReadonlyArray<readonly string[]>;
	/** Style of the first cell of a row. */
	readonly style: (text: string, theme: Theme) => Style;
};

const meanings: ReadonlyArray<readonly [state: string, meaning: string]> = [
	...stateMeanings,
	['UDP', 'ESTAB when it is connected to one peer, UNCONN when it takes from anyone.'],
];

/** The keys of some bindings by group. Bindings with the same description share a row. */
const keyTables = (bindings: readonly Binding[], state: State): readonly HelpTable[] => bindingGroups.flatMap(group => {
	const described = new Map<string, Set<string>>();
	for (const binding of bindings) {
		if (binding.group !== group) {
			continue;
		}

		const reason = binding.whyNever?.(state);
		const text = reason === undefined ? binding.description : `${binding.description}. ${reason}`;
		described.set(text, new Set([...described.get(text) ?? [], ...keysLabel(binding).split(' ')]));
	}

	const rows = [...described].map(([description, keys]) => [[...keys].join(' '), description]);
	return rows.length === 0 ? [] : [{headings: [group, ''], rows, style: (_, theme) => theme.key}];
});

/** Status notices, which do not always fit into the header. */
const statusTables = (state: State): readonly HelpTable[] => {
	const sentences = statusSentences(state);
	return sentences.length === 0 ? [] : [{headings: ['Now'], rows: sentences.map(sentence => [sentence]), style: (_, theme) => theme.notice}];
};

const legend: ReadonlyArray<readonly [mark: string, style: (theme: Theme) => Style, meaning: string]> = [
	[rowMarks.established, theme => theme.established, 'Became ESTAB in the last seconds.'],
	[rowMarks.waiting, theme => theme.notice, 'Waits in the accept queue of its listener.'],
	[rowMarks.fresh, theme => theme.fresh, 'Opened within the last seconds.'],
	[rowMarks.closed, theme => theme.closed, 'Closed; the row stays for a few seconds.'],
	[rowMarks.tagged, theme => theme.notice, 'Tagged: {openSignals} and {openClose} act on all tagged sockets.'],
	[rowMarks.called, theme => theme.alert, 'The alert has called for it ({toggleAlert}), until the next key.'],
	[rowMarks.open, theme => theme.notice, 'Listens on an external address: 0.0.0.0, [::] or a public one.'],
	[groupMarks.open, theme => theme.strong, 'Group, with the number of its sockets and sums.'],
	[groupMarks.folded, theme => theme.strong, 'Folded group.'],
	['found', theme => theme.found, 'Matches the search.'],
	['ESTAB', () => plain, 'No colour: nothing new, no problem.'],
	['new', theme => theme.fresh, 'Opened or became ESTAB in the last seconds.'],
	['warning', theme => theme.tones.warning, 'A problem to look at, or a queue that is not empty.'],
	['bad', theme => theme.tones.bad, 'A problem that hurts now, or a full accept queue.'],
	['dim', theme => theme.tones.dim, 'TIME-WAIT, closed, or only information.'],
];

const legendTable = ({keyTable}: State): HelpTable => ({
	headings: ['Mark', 'Marks and colours'],
	rows: legend.map(([mark, , meaning]) => [mark, withKeys(meaning, keyTable)]),
	style: (text, theme) => legend.find(([mark]) => mark === text)?.[1](theme) ?? theme.strong,
});

const htopHabits: ReadonlyArray<readonly [keys: string, habit: string]> = [
	['F1-F10', 'Help, setup, search, filter, tree, sort, signal and quit, as in htop; F7 and F8 have no use here.'],
	['0-9', 'Type a port, not a PID; {toggleTcp}, {toggleUdp} and {toggleUnix} choose TCP, UDP and UNIX sockets.'],
	['Space', 'Tags a row; {untagAll} removes all tags. {openSignals} and {openClose} act on what is tagged.'],
];

const htopTable = ({keyTable}: State): HelpTable => ({
	headings: ['htop', 'Coming from htop'],
	rows: htopHabits.map(([keys, habit]) => [keys, withKeys(habit, keyTable)]),
	style: (_, theme) => theme.key,
});

const stateTable = ({view}: State): HelpTable => {
	const counts = new Map(view === undefined ? [] : countsOf(view.summary).map(({name, count}) => [name, String(count)]));
	return {
		headings: ['State', 'Sockets', 'Meaning'],
		rows: meanings.map(([state, meaning]) => [state, (counts.get(state) ?? '-').padStart('Sockets'.length), meaning]),
		style: (text, theme) => theme.tones[toneOfState(text)],
	};
};

const fieldTable = ({columns}: State): HelpTable => ({
	headings: ['Column', ''],
	rows: columns.flatMap(id => {
		const field = findField(id);
		return field === undefined ? [] : [[field.title, field.meaning]];
	}),
	style: (_, theme) => theme.strong,
});

/** The rows that contain the searched text; a heading that contains it keeps all its rows. */
const matching = (tables: readonly HelpTable[], searched: string): readonly HelpTable[] => {
	const text = searched.trim().toLowerCase();
	const hasText = (cells: readonly string[]): boolean => cells.some(cell => cell.toLowerCase().includes(text));
	return tables
		.map(table => hasText(table.headings) ? table : {...table, rows: table.rows.filter(row => hasText(row))})
		.filter(({rows}) => rows.length > 0);
};

/**
The tables of the help in two columns, reduced to what matches the text that is searched in the help.

First the keys of where the help was opened, beside the marks and colours; the keys of other places come last.
*/
export const helpContents = (state: State): readonly [here: readonly HelpTable[], beside: readonly HelpTable[]] => {
	const {keyTable: {bindings}, helpSearch} = state;
	const context = baseModeOf(state);
	const isHere = ({modes}: Binding): boolean => modes.includes(context);
	const here = [...statusTables(state), ...keyTables(bindings.filter(binding => isHere(binding)), state)];
	const beside = [legendTable(state), htopTable(state), stateTable(state), fieldTable(state), ...keyTables(bindings.filter(binding => !isHere(binding)), state)];
	return [matching(here, helpSearch), matching(beside, helpSearch)];
};
