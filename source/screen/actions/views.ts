/** Views: saved queries under a name. Each function takes the state and returns the next one. */
import {builtInViews, plainView, type SavedView} from '../../preferences/saved-view.js';
import {readSort, writeSort} from '../../preferences/sort-text.js';
import {findGrouping} from '../../query/groups/groupings.js';
import {Family} from '../../addresses/family.js';
import {protocolTables} from '../../table/columns/protocols.js';
import {areConnectionsShown} from '../state/choice-slice.js';
import {lineOf} from '../state/line.js';
import type {State} from '../state/state.js';
import {
	areStatesShown,
	establishedStates,
	listeningStates,
	narrow,
} from './narrowing.js';
import {save} from './saving.js';

const maxNameLength = 40;

const tables = Object.keys(protocolTables) as ReadonlyArray<keyof typeof protocolTables>;

/** The current query as a view. */
export const viewOf = (state: State): SavedView => {
	const {filter, port, classes, groups} = state;
	const {columns, sort} = state.layoutBeforeDifference ?? state;
	const more = [...(port?.exact ? [`port ${port.digits}`] : []), ...(classes.problems === true ? ['unhealthy'] : [])];
	return {
		filter: [...(filter === '' ? [] : [more.length === 0 ? filter : `(${filter})`]), ...more].join(' '),
		show: tables.filter(table => protocolTables[table].some(name => classes.protocols.includes(name))),
		state: areStatesShown(classes, listeningStates) ? 'listening' : (areStatesShown(classes, establishedStates) ? 'established' : 'all'),
		version: classes.families.length === 1 ? (classes.families[0] === Family.inet ? 'ipv4' : 'ipv6') : 'both',
		rows: state.areConnectionsSwitched ? (areConnectionsShown(state) ? 'connections' : 'sockets') : 'default',
		group: groups?.by ?? [],
		columns,
		sort: writeSort(sort),
	};
};

const statesOf = {all: [], listening: listeningStates, established: establishedStates} as const;
const familiesOf = {both: [], ipv4: [Family.inet], ipv6: [Family.inet6]} as const;

/** Opens a view. All previous filters are removed. */
export const openNamedView = (state: State, name: string): State => {
	const view = state.savedViews.get(name) ?? plainView;
	const sort = readSort(view.sort === '' ? state.preferences.sort : view.sort, 'the order');
	const by = view.group.flatMap(id => findGrouping(id, 'socket')?.id ?? []);
	return narrow(state, {
		mode: 'table',
		viewName: name,
		filter: view.filter,
		port: undefined,
		search: '',
		classes: {
			protocols: tables.filter(table => view.show.includes(table)).flatMap(table => [...protocolTables[table]]),
			families: familiesOf[view.version],
			states: statesOf[view.state],
		},
		areConnectionsSwitched: view.rows !== 'default' && (view.rows === 'connections') !== state.preferences.connections,
		mark: state.mark === undefined ? undefined : {...state.mark, shown: 'all'},
		layoutBeforeDifference: undefined,
		groups: by.length === 0 ? undefined : {by, folded: {all: false, except: []}},
		columns: view.columns.length === 0 ? state.preferences.columns : view.columns,
		...(typeof sort === 'object' && {sort, sortBefore: undefined}),
	});
};

/** Short description of a view. */
export const viewText = ({filter, show, state, version, rows, group, sort}: SavedView): string => [
	...(filter === '' ? [] : [filter]),
	...(show.join(' ') === plainView.show.join(' ') ? [] : [show.join(' ')]),
	...(state === 'all' ? [] : [state]),
	...(version === 'both' ? [] : [version]),
	...(rows === 'default' ? [] : [rows === 'connections' ? 'one row per connection' : 'one row per socket']),
	...(group.length === 0 ? [] : [`by ${group.join(', ')}`]),
	...(sort === '' ? [] : [`order ${sort}`]),
].join(' · ');

/** Opens the menu at the last opened view. */
export const openViews = (state: State): State => ({...state, mode: 'views', menuIndex: Math.max(0, state.savedViews.keys().toArray().indexOf(state.viewName ?? ''))});

/** Entries of the menu. */
export const viewEntries = ({savedViews}: State): readonly string[] => savedViews.keys().toArray();

const chosenName = ({savedViews, menuIndex}: State): string | undefined => savedViews.keys().toArray().at(menuIndex);

/** Opens the selected view. */
export const acceptView = (state: State): State => {
	const name = chosenName(state);
	return name === undefined ? {...state, mode: 'table'} : openNamedView(state, name);
};

/** Opens the line for the name of a new view. */
export const openViewName = (state: State): State => ({...state, mode: 'viewName', line: lineOf(state.viewName ?? '')});

/** Saves the current query as a view under the typed name. */
export const acceptViewName = (state: State): State => {
	const name = state.line.text.trim();
	if (name === '' || name.length > maxNameLength) {
		return {...state, notice: `A view needs a name of 1 to ${maxNameLength} characters`};
	}

	const view = viewOf(state);
	return save({
		...state, mode: 'table', viewName: name, savedViews: new Map([...state.savedViews, [name, view]]),
	}, [{kind: 'view', name, view}]);
};

/** Deletes a view. If it replaced a built-in view, the built-in view is restored. */
export const deleteNamedView = (state: State, name: string): State => {
	const builtIn = builtInViews.get(name);
	if (state.savedViews.get(name) === builtIn) {
		return {...state, notice: `${name} is built in and cannot be deleted`};
	}

	const savedViews = new Map(state.savedViews);
	if (builtIn === undefined) {
		savedViews.delete(name);
	} else {
		savedViews.set(name, builtIn);
	}

	return save({...state, savedViews, menuIndex: Math.max(0, Math.min(state.menuIndex, savedViews.size - 1))}, [{kind: 'view', name, view: undefined}]);
};

/** Deletes the selected view. */
export const deleteView = (state: State): State => {
	const name = chosenName(state);
	return name === undefined ? state : deleteNamedView(state, name);
};
