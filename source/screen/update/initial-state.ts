import {defaultPreferences} from '../../preferences/preferences.js';
import {allNames} from '../../names/names.js';
import {builtInViews} from '../../preferences/saved-view.js';
import type {Query} from '../../query/query.js';
import {defaultKeyTable} from '../controls/default-key-table.js';
import {noActing} from '../state/acting-slice.js';
import {noAlert} from '../state/alert-slice.js';
import {noAnswer} from '../state/answer-slice.js';
import {nothingSwitched} from '../state/choice-slice.js';
import {noCursor} from '../state/cursor.js';
import {noEditing} from '../state/editing-slice.js';
import {noEffects} from '../state/effect-slice.js';
import {firstPage} from '../state/page-slice.js';
import {presentRequest} from '../state/moment-slice.js';
import {noSetup} from '../state/setup-slice.js';
import {nothingWritten} from '../state/writing-slice.js';
import type {State} from '../state/state.js';
import type {Size} from '../terminal/size.js';

/** The first query, without its window and mark. */
export type InitialQuery = Omit<Query, 'window' | 'mark'>;

/** Settings that are known before the screen opens, and the terminal's background. */
export type Chosen = Pick<State, 'background' | 'filterHistory' | 'preferences' | 'keyTable' | 'savedViews' | 'settingsProblems' | 'isReadOnly'>;

/** The first notice if the settings file has errors; undefined if it has none. */
const complaintNotice = (complaints: readonly string[]): string | undefined => {
	const [first, ...others] = complaints;
	return first === undefined || others.length === 0 ? first : [complaints.length, 'mistakes in the settings, {openSetup} shows them;', first].join(' ');
};

/** The state before the first answer. */
export const initialState = ({filter, port, search, classes, sort, groups, columns, names}: InitialQuery, size: Size, chosen: Partial<Chosen> = {}): State => ({
	size,
	background: undefined,
	mode: 'table',
	keyTable: defaultKeyTable,
	heldKeys: [],
	preferences: defaultPreferences,
	savedViews: builtInViews,
	settingsProblems: [],
	isReadOnly: false,
	...nothingSwitched,
	...chosen,
	filter,
	port,
	search,
	classes,
	columns,
	sort,
	sortBefore: undefined,
	groups,
	nameKinds: names ?? allNames,
	mark: undefined,
	layoutBeforeDifference: undefined,
	journal: undefined,
	otherList: undefined,
	scrolled: 0,
	tagged: [],
	viewName: undefined,
	cursor: noCursor,
	inspector: undefined,
	setup: noSetup,
	...noAnswer,
	...noEditing,
	filterHistory: chosen.filterHistory ?? [],
	...firstPage,
	...noActing,
	...presentRequest,
	...noAlert,
	...nothingWritten,
	...noEffects,
	notice: complaintNotice(chosen.settingsProblems ?? []),
});
