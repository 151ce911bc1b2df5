/** The registry of modes. To add a mode, add a record and the bindings that only this mode has. */
import {ownerEntries, signalEntries} from '../actions/acting.js';
import {copyEntries} from '../actions/copying.js';
import {familyEntries} from '../actions/families.js';
import {groupEntries} from '../actions/grouping.js';
import {takeKeyOfSockets} from '../actions/journaling.js';
import {moveInInspector, pageInInspector, scrollInspector} from '../actions/moving-inspector.js';
import {changeFilter, changeSearch} from '../actions/narrowing.js';
import {jumpInMenu, sortEntries} from '../actions/sorting.js';
import {viewEntries} from '../actions/views.js';
import {dialogLines, scrollDialog} from '../paint/dialog.js';
import {explanationPrompt} from '../paint/explanation.js';
import {scrollHelp} from '../paint/help.js';
import {inspectorLines} from '../paint/inspector.js';
import {moveInMenu} from '../paint/menu.js';
import {
	filterPrompt,
	keyPrompt,
	linePrompt,
	portPrompt,
	replacePrompt,
	searchPrompt,
	typedTitle,
} from '../paint/prompt.js';
import {changeHelpSearch} from '../actions/reading-help.js';
import {takeSetupKey} from '../setup/changing.js';
import {findInSetup, moveInSetup} from '../setup/moving.js';
import {insertText, type Line} from '../state/line.js';
import type {ModeRecord, State} from '../state/state.js';

type Named = Pick<ModeRecord, 'id' | 'title' | 'name'>;

const menu = (record: Named & Required<Pick<ModeRecord, 'entries'>> & Pick<ModeRecord, 'takeLetter'>): ModeRecord => ({kind: 'menu', scroll: moveInMenu, ...record});

/** A dialog replaces the table and scrolls if it does not fit. */
const dialog = (record: Named): ModeRecord => ({
	kind: 'dialog', scroll: scrollDialog, paint: dialogLines, ...record,
});

/** A line of text to type; `changeLine` runs on each edit. */
const line = (record: Omit<ModeRecord, 'kind' | 'takeText'>, changeLine = (state: State, changed: Line): State => ({...state, line: changed})): ModeRecord => ({
	kind: 'line', changeLine, takeText: (state, text) => changeLine(state, insertText(state.line, text)), ...record,
});

/** Messages about keys name the modes in this order. */
export const modes: readonly ModeRecord[] = [
	{
		id: 'table', title: 'List', name: 'list', kind: 'list',
	},
	// Digits extend the port; all other keys work as in the table.
	{
		id: 'port', title: 'Port', name: 'port', kind: 'list', narrows: true, prompt: portPrompt,
	},
	{
		id: 'journal', title: 'Journal', name: 'journal', kind: 'list', takeKey: takeKeyOfSockets,
	},
	menu({
		id: 'views', title: 'Views', name: 'view menu', entries: viewEntries,
	}),
	{
		id: 'explain', title: 'Explanation', name: 'explanation', kind: 'panel', prompt: explanationPrompt,
	},
	menu({
		id: 'sort', title: 'Sort by', name: 'sort menu', entries: sortEntries, takeLetter: jumpInMenu,
	}),
	menu({
		id: 'families', title: 'Show', name: 'family menu', entries: familyEntries,
	}),
	menu({
		id: 'groups', title: 'Group by', name: 'group menu', entries: groupEntries,
	}),
	menu({
		id: 'owners', title: 'Signal processes', name: 'process menu', entries: ownerEntries,
	}),
	menu({
		id: 'signals', title: 'Signal', name: 'signal menu', entries: signalEntries,
	}),
	menu({
		id: 'copy', title: 'Copy', name: 'copy menu', entries: copyEntries,
	}),
	dialog({id: 'confirm', title: 'Confirmation', name: 'confirmation'}),
	dialog({id: 'outcomes', title: 'Results', name: 'list of results'}),
	{
		id: 'inspector',
		title: 'Inspector',
		name: 'inspector',
		kind: 'page',
		paint: inspectorLines,
		scroll: moveInInspector,
		scrollPage: pageInInspector,
		scrollLines: scrollInspector,
	},
	{
		id: 'help', title: 'Help', name: 'help', kind: 'page', isHelp: true, scroll: scrollHelp,
	},
	line({
		id: 'helpSearch', title: 'Search the help', name: 'search of the help', isHelp: true, prompt: linePrompt(() => ' Show only: '),
	}, changeHelpSearch),
	{
		id: 'setup', title: 'Setup', name: 'setup', kind: 'panel', isSetup: true, scroll: moveInSetup, takeText: findInSetup,
	},
	line({
		id: 'filter', title: 'Filter', name: 'filter line', narrows: true, prompt: filterPrompt,
	}, changeFilter),
	line({
		id: 'search', title: 'Search', name: 'search line', narrows: true, prompt: searchPrompt,
	}, changeSearch),
	line({
		id: 'viewName', title: 'Save a view', name: 'view name', prompt: linePrompt(() => ' Save this view as: '),
	}),
	line({
		id: 'moment', title: 'Go to a time', name: 'time line', prompt: linePrompt(() => ' Go to (03:12, yesterday 03:12, -3m): '),
	}),
	line({
		id: 'fileName', title: 'Write', name: 'line for a file', prompt: linePrompt(() => ' Write to (.csv, .json): '),
	}),
	{
		id: 'replaceFile', title: 'Replace', name: 'question about a file', kind: 'panel', prompt: replacePrompt,
	},
	line({
		id: 'setupLine', title: 'Value', name: 'setup line', isSetup: true, prompt: linePrompt(state => ` ${typedTitle(state)}: `),
	}),
	{
		id: 'setupKey', title: 'Key', name: 'setup, waiting for a key', kind: 'key', isSetup: true, prompt: keyPrompt, takeKey: takeSetupKey,
	},
];
