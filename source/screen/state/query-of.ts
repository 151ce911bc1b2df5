import {recentColumns} from '../../fields/registry.js';
import {partsOf} from '../../meters/meters.js';
import type {Query, SummaryPart} from '../../query/query.js';
import {areNamesShown, shownMeters} from './choice-slice.js';
import {layoutOf} from './layout.js';
import {askedColumns} from './shown-columns.js';
import {modeOf, type State} from './state.js';

/** What the engine is to count for the meters. */
const summaryOf = (state: State): readonly SummaryPart[] => partsOf(shownMeters(state));

/** Whether rows may change places. Entries of the journal do not, but their groups do. */
const canRowsMove = ({journal, groups}: State): boolean => journal === undefined || groups !== undefined;

/** Whether the newest entries of the journal follow the list. What only looks for problems, or back to a mark, is not about them. */
const isRecentShown = (state: State): boolean => modeOf(state).isSetup !== true && state.classes.problems !== true && (state.mark?.shown ?? 'all') === 'all';

/** The query that the state stands for. */
export const queryOf = (state: State): Query => ({
	filter: state.filter,
	...(state.port !== undefined && {port: state.port}),
	search: state.search,
	classes: state.classes,
	...(state.mark !== undefined && {mark: state.mark}),
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

/** Whether two states ask for the same. */
export const isSameQuery = (a: State, b: State): boolean => a === b || JSON.stringify(queryOf(a)) === JSON.stringify(queryOf(b));
