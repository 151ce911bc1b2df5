import test from 'ava';
import {findField} from '../../../source/fields/registry.js';
import type {Names} from '../../../source/names/names.js';
import {parseFilter} from '../../../source/query/language/parse.js';
import {compileFilter} from '../../../source/query/match/predicate.js';
import {compileSearch, type Shown} from '../../../source/query/match/search.js';
import {predicateOf} from '../../../source/query/match/selection-filter.js';
import {Life} from '../../../source/table/columns/columns.js';
import {State} from '../../../source/table/columns/states.js';
import {createTestContext, type TestContext} from '../../helpers/context.js';

/** A client and its server on this machine, and a connection to another machine. */
const createPair = (): TestContext & {readonly slots: readonly number[]} => {
	const context = createTestContext();
	const slots = [
		context.add({local: ['127.0.0.1', 40_000], peer: ['127.0.0.1', 5432], owners: [{pid: 812, name: 'psql', fd: 3}]}),
		context.add({
			local: ['127.0.0.1', 5432], peer: ['127.0.0.1', 40_000], owners: [{pid: 900, name: 'postgres', fd: 5}], core: {uid: 1000},
		}),
		context.add({
			state: State.closeWait, local: ['10.0.0.5', 40_001], peer: ['192.0.2.1', 443], owners: [{pid: 7, name: 'curl', fd: 3}], core: {inode: 778_899},
		}),
	];
	return {...context, slots};
};

const found = (context: ReturnType<typeof createPair>, text: string, ids: readonly string[] = [], names?: Names): readonly number[] => {
	const fields = ids.map(id => findField(id)).filter(field => field !== undefined);
	const shown: Shown = {fields, names};
	const isFound = predicateOf(compileSearch(text, shown)?.(context) ?? (() => 0));
	return context.slots.flatMap((slot, index) => isFound(slot) ? [index] : []);
};

test('a search and a bare word of a filter match the processes of both sockets', t => {
	const context = createPair();
	for (const [text, expected] of [['postgres', [0, 1]], ['psql', [0, 1]], ['psql/812', [0, 1]], ['psql postgres', [0, 1]], ['curl', [2]], ['nobody', []]] as const) {
		t.deepEqual(found(context, text), [...expected], `"${text}"`);
		const parsed = parseFilter(text.replace(' ', ' and '));
		const isKept = predicateOf(compileFilter('problem' in parsed ? undefined : parsed.expression).bind(context));
		t.deepEqual(context.slots.flatMap((slot, index) => isKept(slot) ? [index] : []), [...expected], `"${text}"`);
	}
});

test('a search matches the process of the peer\'s socket after that has closed', t => {
	const context = createPair();
	context.table.end([]);
	context.table.begin(1000);
	context.table.close(context.slots[1]);
	context.table.end([]);
	t.true((context.table.core.life[context.slots[1]] & Life.closed) !== 0);
	t.deepEqual(found(context, 'postgres'), [0, 1]);
});

test('host and service names are found while they are shown', t => {
	const context = createPair();
	const names: Names = {host: address => address === '192.0.2.1' ? 'Www.Example.com' : undefined, service: port => ({443: 'https', 5432: 'postgresql'})[port]};
	for (const [text, expected] of [
		['example', [2]], ['www.example.com:https', [2]], ['com:http', [2]], ['com:smtp', []], ['postgresql', [0, 1]], ['https example', [2]], ['192.0.2.1', [2]],
	] as const) {
		t.deepEqual(found(context, text, ['local', 'peer'], names), [...expected], `"${text}"`);
	}

	t.deepEqual(found(context, 'example', ['local', 'peer']), []);
});

test('the texts of shown columns are found; measures are not', t => {
	const context = createPair();
	t.deepEqual(found(context, '778899', ['inode']), [2]);
	t.deepEqual(found(context, '778899', ['local']), []);
	t.deepEqual(found(context, 'both', ['ends']), [0, 1]);
	t.deepEqual(found(context, 'both', ['state']), []);
	t.deepEqual(found(context, 'curl close both', ['ends']), []);
	t.deepEqual(found(context, '0', ['recvQ', 'sendQ', 'age']), []);
	t.is(compileSearch('  ', {fields: []}), undefined);
});
