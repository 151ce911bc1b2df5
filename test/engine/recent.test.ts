import test from 'ava';
import {createRecent} from '../../source/engine/recent.js';
import {plainLookups} from '../../source/names/lookups.js';
import type {FieldContext} from '../../source/fields/model/field.js';
import type {Query} from '../../source/query/query.js';
import {JournalTable, Event} from '../../source/table/journal-table.js';
import {Life} from '../../source/table/columns/columns.js';
import {State} from '../../source/table/columns/states.js';
import {createTestContext} from '../helpers/context.js';

/** A journal of short-lived sockets with ports from 1 on. */
const journalOf = (count: number): FieldContext => {
	const sockets = createTestContext();
	const entries = new JournalTable(100);
	for (let port = 1; port <= count; port++) {
		const slot = sockets.add({state: State.unconnected, local: ['127.0.0.1', port]});
		sockets.table.core.life[slot] |= Life.shortLived;
		entries.append(sockets.table, slot, {event: Event.closed, time: port * 1000});
	}

	return {...sockets, table: entries, entries};
};

const queryOf = (change: Partial<Query>, height: number): Query => ({
	filter: '',
	search: '',
	classes: {protocols: ['tcp'], families: [], states: [State.listen]},
	sort: {field: 'state', descending: false},
	columns: ['state'],
	window: {height, cursor: {kind: 'none'}, frozen: false},
	recent: ['event', 'state', 'localPort'],
	...change,
});

test('the newest entries fill the space below the list, except for a title and headings', t => {
	const context = journalOf(20);
	const read = createRecent(plainLookups);
	const rows = read(queryOf({}, 10), context, {lines: 3, names: undefined});
	t.deepEqual(rows.map(({values}) => values), [20, 19, 18, 17, 16].map(port => ['closed', 'CLOSED', port]));
	t.deepEqual(read(queryOf({}, 10), context, {lines: 8, names: undefined}), []);
	const {recent: _, ...withoutRecent} = queryOf({}, 10);
	t.deepEqual(read(withoutRecent, context, {lines: 0, names: undefined}), []);
});

test('only entries that match the filter and the port are shown', t => {
	const context = journalOf(20);
	const read = createRecent(plainLookups);
	const rows = read(queryOf({filter: 'sport 7 or sport 8'}, 10), context, {lines: 0, names: undefined});
	t.deepEqual(rows.map(({values}) => values.at(2)), [8, 7]);
	t.deepEqual(read(queryOf({port: {digits: '9', exact: true}}, 10), context, {lines: 0, names: undefined}).map(({values}) => values.at(2)), [9]);
});
