/** The newest entries of the journal, for the lines that the list leaves free. */
import type {Row} from '../contract/messages.js';
import {findField} from '../fields/registry.js';
import type {Field, FieldContext} from '../fields/model/field.js';
import type {Lookups} from '../names/lookups.js';
import type {Names} from '../names/names.js';
import type {Query} from '../query/query.js';
import {createViewer} from '../query/window/viewer.js';
import {readRow} from './rows.js';

/** A title and headings stand above the entries. */
const linesAbove = 2;

type Beside = {
	/** Lines of the list. */
	readonly lines: number;
	readonly names: Names | undefined;
};

/** Reads as many of the newest entries that a query's filter lets through as have room below the lines of its list; none where it does not ask for them. */
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
