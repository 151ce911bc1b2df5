/** The newest journal entries, for the free lines below the list. */
import type {Row} from '../contract/messages.js';
import {findField} from '../fields/registry.js';
import type {Field, FieldContext} from '../fields/model/field.js';
import type {Lookups} from '../names/lookups.js';
import type {Names} from '../names/names.js';
import type {Query} from '../query/query.js';
import {createViewer} from '../query/window/viewer.js';
import {readRow} from './rows.js';

/** Lines for the title and the headings above the entries. */
const linesAbove = 2;

type Beside = {
	/** Lines of the list. */
	readonly lines: number;
	readonly names: Names | undefined;
};

/** Creates a function that reads the newest entries that match the query's filter, as many as fit below the list; none if the query does not ask for them. */
export const createRecent = (lookups: Lookups): ((query: Query, journalContext: FieldContext, beside: Beside) => readonly Row[]) => {
	const viewer = createViewer(lookups);
	return ({recent, filter, port, connections, classes: {protocols, families}, window}, journalContext, {lines, names}) => {
		const height = window.height - lines - linesAbove;
		if (recent === undefined || height <= 0) {
			return [];
		}

		const fields = recent.map(id => findField(id)).filter((field): field is Field => field !== undefined);
		const {slots} = viewer.view({
			filter,
			...(port !== undefined && {port}),
			...(connections && {connections}),
			search: '',
			classes: {protocols, families, states: []},
			sort: {field: 'time', descending: true},
			columns: recent,
			window: {height, cursor: {kind: 'none'}, frozen: false},
			journal: {changes: false},
		}, journalContext);
		return slots.map(slot => readRow(fields, journalContext, {kind: 'socket', slot, groups: []}, {isFound: false, names}));
	};
};
