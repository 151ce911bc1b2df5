import {defaultPreferences} from '../../preferences/preferences.js';
import {allNames} from '../../names/names.js';
import {builtInViews} from '../../preferences/saved-view.js';
import type {Query} from '../../query/query.js';
import {noSetup} from '../setup/setup.js';
import {complaintNotice} from './saving.js';
import {noCursor} from './cursor.js';
import {defaultKeyTable} from '../keys/key-table.js';
import {lineOf} from './line.js';
import type {Size, State} from './state.js';

/** What to show at first: a query without its window. */
export type InitialQuery = Omit<Query, 'window' | 'mark'>;

/** What a person has chosen before the screen opens, and what is known of the terminal. */
export type Chosen = Pick<State, 'background' | 'preferences' | 'keyTable' | 'savedViews' | 'complaints' | 'isReadOnly'>;

/** The state before the first answer. */
export const initialState = ({filter, port, search, classes, sort, groups, columns, names}: InitialQuery, size: Size, chosen: Partial<Chosen> = {}): State => ({
	size,
	background: undefined,
	preferences: defaultPreferences,
	keyTable: defaultKeyTable,
	savedViews: builtInViews,
	complaints: [],
	viewName: undefined,
	setup: noSetup,
	saving: {number: 0, changes: []},
	isReadOnly: false,
	...chosen,
	mode: 'table',
	columns,
	filter,
	port,
	search,
	classes,
	mark: undefined,
	sort,
	besides: undefined,
	groups,
	nameKinds: names ?? allNames,
	journal: undefined,
	otherList: undefined,
	tagged: [],
	acting: undefined,
	questions: 0,
	line: lineOf(''),
	completing: undefined,
	before: {
		filter: '', search: '', cursor: noCursor, selected: undefined,
	},
	cursor: noCursor,
	held: [],
	areMetersHidden: false,
	areNamesTurned: false,
	isReaderTurned: false,
	explained: undefined,
	menu: 0,
	inspector: undefined,
	copied: undefined,
	helpOffset: 0,
	paused: false,
	sequence: 1,
	view: undefined,
	cells: [],
	widths: new Map(),
	notice: complaintNotice(chosen.complaints ?? []),
	redraws: 0,
	suspensions: 0,
	outcome: undefined,
});
