import type {FilterProblem, Groups, JournalRequest, MarkRequest, Query, Sort, Classes, PortFilter, SummaryPart} from '../../query/query.js';
import type {View} from '../../contract/messages.js';
import type {NameKinds} from '../../names/names.js';
import type {Change} from '../../preferences/changes.js';
import type {Preferences} from '../../preferences/preferences.js';
import type {SavedView} from '../../preferences/saved-view.js';
import type {Acting} from '../actions/acting.js';
import type {Background} from '../terminal/background.js';
import type {Completing} from '../actions/completing.js';
import type {ContentWidths} from './content-widths.js';
import type {Answer, Cursor} from './cursor.js';
import type {InputEvent} from '../terminal/input.js';
import type {Copied, InspectorState} from './inspector-state.js';
import type {KeyTable} from '../keys/key-table.js';
import type {ListLook} from '../actions/journaling.js';
import {layoutOf} from './layout.js';
import {partsOf} from '../../meters/meters.js';
import {shownMeters} from '../meters/shown.js';
import type {Line} from './line.js';
import type {Setup} from '../setup/setup.js';

/** What the keys act on. */
export type Mode =
	| 'table'
	/** The journal in place of the table. */
	| 'journal'
	/** Digits narrow the port filter; all else works as in the table. */
	| 'port'
	| 'filter'
	| 'search'
	/** The menu of columns to sort by. */
	| 'sort'
	/** The menu of the kinds of sockets to show. */
	| 'families'
	/** The menu of what to group by. */
	| 'groups'
	/** The explanation of a column, below the table. */
	| 'explain'
	/** All that is known of one socket. */
	| 'inspector'
	/** The menus of processes and of signals, the confirmation, and what came of it. */
	| 'owners' | 'signals' | 'confirm' | 'outcomes'
	| 'help'
	/** The menu of views. */
	| 'views'
	/** The line with the name for a view. */
	| 'viewName'
	/** The setup screen. */
	| 'setup'
	/** The setup screen while a text or a number is typed. */
	| 'setupLine'
	/** The setup screen while it waits for the key that a command is to have. */
	| 'setupKey';

/** Columns and rows of the terminal. */
export type Size = {readonly columns: number; readonly rows: number};

/** How the screen ends. */
export type Outcome = {
	readonly exitCode: number;
	/** One sentence for after the terminal is restored. */
	readonly message?: string;
};

/** All that the screen knows. It changes by `reduce` only. */
export type State = {
	readonly size: Size;
	/** What is known of the terminal's background. */
	readonly background: Background | undefined;
	/** What the person chose, by file, command line or setup screen. */
	readonly preferences: Preferences;
	/** Which keys do what. */
	readonly keyTable: KeyTable;
	/** Views by name, those that are built in among them. */
	readonly savedViews: ReadonlyMap<string, SavedView>;
	/** The view that was opened last. */
	readonly viewName: string | undefined;
	/** Sentences about what in the settings file does not count. */
	readonly complaints: readonly string[];
	/** Where the setup screen stands. */
	readonly setup: Setup;
	/** What is to be written into the settings file, and the number of that request. */
	readonly saving: {readonly number: number; readonly changes: readonly Change[]};
	readonly mode: Mode;
	/** Ids of the fields shown, in order. */
	readonly columns: readonly string[];
	readonly filter: string;
	readonly port: PortFilter | undefined;
	readonly search: string;
	readonly classes: Classes;
	/** The moment that sockets are compared with. */
	readonly mark: MarkRequest | undefined;
	readonly sort: Sort;
	/** Columns and order for after the difference; absent while it is not shown. */
	readonly besides: Pick<State, 'columns' | 'sort'> | undefined;
	/** Undefined for a plain list. */
	readonly groups: Groups | undefined;
	/** Which names are shown while the preferences want names. */
	readonly nameKinds: NameKinds;
	/** Which entries of the journal are shown; undefined while sockets are. */
	readonly journal: JournalRequest | undefined;
	/** How the other list looks, journal or sockets; absent until the journal was shown. */
	readonly otherList: ListLook | undefined;
	/** Ids of the sockets that are tagged. */
	readonly tagged: readonly number[];
	/** What a person is about to do to sockets or processes. */
	readonly acting: Acting | undefined;
	/** Questions to the engine about what is meant, so far. */
	readonly questions: number;
	/** Started with `--read-only`: nothing acts, whatever the preferences say. */
	readonly isReadOnly: boolean;
	/** What is being typed into the filter or search line. */
	readonly line: Line;
	/** The ways to go on with the line, as far as it is still the line that they were made for. */
	readonly completing: Completing | undefined;
	/** What Esc brings back. */
	readonly before: {readonly filter: string; readonly search: string; readonly cursor: Cursor; readonly selected: number | undefined};
	readonly cursor: Cursor;
	/** Keys that wait for the answer that tells which row is under the cursor, and those after them. */
	readonly held: readonly InputEvent[];
	/** The header shows no meters. */
	readonly areMetersHidden: boolean;
	/** Names are shown where the preferences want numbers, and numbers where they want names. */
	readonly areNamesTurned: boolean;
	/** Lines are printed where the preferences want a screen, and a screen is drawn where they want lines. */
	readonly isReaderTurned: boolean;
	/** Id of the field that is explained. */
	readonly explained: string | undefined;
	/** Place in the menu that is open. */
	readonly menu: number;
	/** Set while the inspector is open. */
	readonly inspector: InspectorState | undefined;
	/** What the terminal is to put on the clipboard. */
	readonly copied: Copied | undefined;
	/** First line of the help that is shown. */
	readonly helpOffset: number;
	readonly paused: boolean;
	/** Number of the last query; rises whenever the query changes. */
	readonly sequence: number;
	/** The last answer; absent before the first. */
	readonly view: View | undefined;
	/** The texts of the answer's rows, cell by cell. */
	readonly cells: ReadonlyArray<readonly string[]>;
	readonly widths: ContentWidths;
	/** A sentence about the last key, gone with the next. */
	readonly notice: string | undefined;
	/** How often the person asked for a fresh screen, and to leave for the shell. */
	readonly redraws: number;
	readonly suspensions: number;
	/** Set when the screen is to end. */
	readonly outcome: Outcome | undefined;
};

/** What the engine is to count for the meters. */
const summaryOf = (state: State): readonly SummaryPart[] => partsOf(shownMeters(state));

/** Whether rows may change places. Entries of the journal do not, but their groups do. */
const isJumpy = ({journal, groups}: State): boolean => journal === undefined || groups !== undefined;

/** Whether names of hosts and services stand in place of numbers, for the moment or as the person has it. */
export const areNamesShown = ({preferences, areNamesTurned}: State): boolean => preferences.names !== areNamesTurned;

/** Whether lines are printed in place of a screen that is drawn, for the moment or as the person has it. */
export const isReaderShown = ({preferences, isReaderTurned}: Pick<State, 'preferences' | 'isReaderTurned'>): boolean => preferences.screenReader !== isReaderTurned;

/** The query that the state stands for. */
export const queryOf = (state: State): Query => ({
	filter: state.filter,
	...(state.port !== undefined && {port: state.port}),
	search: state.search,
	classes: state.classes,
	...(state.mark !== undefined && {mark: state.mark}),
	sort: state.sort,
	...(state.groups !== undefined && {groups: state.groups}),
	columns: state.columns,
	...(areNamesShown(state) && {names: state.nameKinds}),
	...(state.inspector?.id !== undefined && {inspect: state.inspector.id}),
	...(summaryOf(state).length > 0 && {summary: summaryOf(state)}),
	window: {height: Math.max(1, layoutOf(state).table), cursor: state.cursor.request, frozen: state.cursor.frozen > 0 && isJumpy(state)},
	...(state.tagged.length > 0 && {tagged: state.tagged}),
	...(state.journal !== undefined && {journal: state.journal}),
});

/** Whether two states ask for the same. */
export const isSameQuery = (a: State, b: State): boolean => a === b || JSON.stringify(queryOf(a)) === JSON.stringify(queryOf(b));

/** The last answer, and whether it is the one to the last query. */
export const answerOf = ({view, sequence}: State): Answer => ({view, isCurrent: view !== undefined && view.sequence >= sequence});

/** Why the filter is not in force, as far as the last answer knows. */
export const problemOf = ({view, filter}: State): FilterProblem | undefined => filter === '' ? undefined : view?.filterProblem;
