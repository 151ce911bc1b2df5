import test from 'ava';
import {createViewer} from '../../../source/query/window/viewer.js';
import {readGroupRow} from '../../../source/engine/rows.js';
import type {GroupingId, Query} from '../../../source/query/query.js';
import {HealthProblem} from '../../../source/table/health/problems.js';
import {State} from '../../../source/table/columns/states.js';
import {createTestContext, type TestContext} from '../../helpers/context.js';

const queryOf = (by: GroupingId, sort: Query['sort'], isFrozen = false): Query => ({
	filter: '',
	search: '',
	classes: {protocols: ['tcp'], families: [], states: []},
	sort,
	groups: {by: [by], folded: {all: true, except: []}},
	columns: ['sockets'],
	window: {height: 50, cursor: {kind: 'none'}, frozen: isFrozen},
});

const byHealth = {field: 'health', descending: false} as const;

/** Two listeners, the second with a connection that leaks; a second process of the same program; many sockets without owner, one with a problem. */
const scene = (): TestContext => {
	const context = createTestContext();
	const [first, second] = [1, 2].map(pid => [{pid, fd: 3, name: 'nginx'}]);
	context.add({state: State.listen, local: ['0.0.0.0', 80], owners: first});
	context.add({state: State.listen, local: ['0.0.0.0', 443], owners: second});
	const leak = context.add({local: ['10.0.0.1', 443], peer: ['10.0.0.2', 5000], owners: second});
	for (let port = 1; port <= 5; port++) {
		context.add({local: ['10.0.0.1', 9000 + port], peer: ['10.0.0.3', 1000]});
	}

	context.table.end([]);
	// Problems are determined at the end of a sample.
	const healthProblems = context.table.optional('healthProblem');
	healthProblems?.fill(HealthProblem['SYN unanswered'], leak + 1, leak + 6).fill(HealthProblem['CLOSE-WAIT leak'], leak, leak + 1);
	return context;
};

const labelsOf = (context: TestContext, query: Query, viewer = createViewer()): readonly string[] =>
	viewer.view(query, context).lines.flatMap(line => line.kind === 'group' ? [`${line.label} ${line.slots.length}`] : []);

test('listeners come first, the worst before others, and sockets without listener last, whatever the order', t => {
	const context = scene();
	t.deepEqual(labelsOf(context, queryOf('listener', byHealth)), ['0.0.0.0:443 nginx/2 2', '0.0.0.0:80 nginx/1 1', 'no listener 5']);
	t.is(labelsOf(context, queryOf('listener', {field: 'sockets', descending: true})).at(-1), 'no listener 5');
	t.is(labelsOf(context, queryOf('listener', {field: 'sockets', descending: false})).at(-1), 'no listener 5');
	const viewer = createViewer();
	labelsOf(context, queryOf('listener', byHealth), viewer);
	t.is(labelsOf(context, queryOf('listener', byHealth, true), viewer).at(-1), 'no listener 5', 'while the order is frozen, too');
});

test('all processes with one name are one program; groups are sorted by how many sockets they have', t => {
	const context = scene();
	t.deepEqual(labelsOf(context, queryOf('program', byHealth)), ['nginx 3', 'no process known 5']);
	t.deepEqual(labelsOf(context, queryOf('process', {field: 'sockets', descending: true})), ['nginx/2 2', 'nginx/1 1', 'no process known 5']);
	t.deepEqual(labelsOf(context, queryOf('process', {field: 'sockets', descending: false})), ['nginx/1 1', 'nginx/2 2', 'no process known 5']);
});

test('a group heading has the worst problem in the group, and its count', t => {
	const context = scene();
	const heads = createViewer().view(queryOf('program', byHealth), context).lines.flatMap(line => line.kind === 'group' ? [readGroupRow([], context, line).group] : []);
	t.deepEqual(heads.map(head => head?.problem), [{name: 'CLOSE-WAIT leak', count: 1}, {name: 'SYN unanswered', count: 5, isGrave: true}]);
});

test('the sockets of a group are found by the id of its row', t => {
	const context = scene();
	const viewer = createViewer();
	const [line] = viewer.view(queryOf('program', byHealth), context).lines;
	const id = line.kind === 'group' ? line.id : 0;
	t.deepEqual([...viewer.socketsOf(id)].toSorted((a, b) => a - b), [0, 1, 2]);
	t.deepEqual([...viewer.socketsOf(-99_999)], []);
});
