import {recentColumns} from '../../fields/registry.js';
import {partsOf} from '../../meters/meters.js';
import type {Query, SummaryPart} from '../../query/query.js';
import {areConnectionsShown, areNamesShown, shownMeters} from './choice-slice.js';
import {layoutOf} from './layout.js';
import {askedColumns} from './shown-columns.js';
import {modeOf, type State} from './state.js';

/** Parts of the summary that the shown meters need. */
const summaryOf = (state: State): readonly SummaryPart[] => partsOf(shownMeters(state));

/** Whether sorting can move rows. Journal entries keep their order, but their groups do not. */
const canRowsMove = ({journal, groups}: State): boolean => journal === undefined || groups !== undefined;

/** Whether the newest journal entries are shown below the list. They are not if only problems or differences from the mark are shown. */
const isRecentShown = (state: State): boolean => modeOf(state).isSetup !== true && state.classes.problems !== true && (state.mark?.shown ?? 'all') === 'all';

/** The query for the state. */
export const queryOf = (state: State): Query => ({
	filter: state.filter,
	...(state.port !== undefined && {port: state.port}),
	search: state.search,
	classes: state.classes,
	...(state.mark !== undefined && {mark: state.mark}),
	...(areConnectionsShown(state) && {connections: true}),
	sort: state.sort,
	...(state.groups !== undefined && {groups: state.groups}),
	columns: askedColumns(state),
	...(areNamesShown(state) && {names: state.nameKinds}),
	...(state.inspector?.id !== undefined && {inspect: state.inspector.id}),
	...(summaryOf(state).length > 0 && {summary: summaryOf(state)}),
	window: {height: Math.max(1, layoutOf(state).table), cursor: state.cursor.request, frozen: state.cursor.frozen > 0 && canRowsMove(state)},
	...(state.tagged.length > 0 && {tagged: state.tagged}),
	...(state.journal === undefined ? isRecentShown(state) && {recent: recentColumns} : {journal: state.journal}),
});

/** Whether two states have the same query. */
export const isSameQuery = (a: State, b: State): boolean => a === b || JSON.stringify(queryOf(a)) === JSON.stringify(queryOf(b));
