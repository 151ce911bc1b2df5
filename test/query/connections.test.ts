/** Tests of one row per connection, from the query to the rows. */
import test from 'ava';
import {readRow} from '../../source/engine/rows.js';
import {defaultColumns, findField} from '../../source/fields/registry.js';
import type {Query} from '../../source/query/query.js';
import {createViewer, rowContextOf, type ViewResult} from '../../source/query/window/viewer.js';
import {HealthProblem} from '../../source/table/health/problems.js';
import {State} from '../../source/table/columns/states.js';
import {createTestContext, type TestContext} from '../helpers/context.js';

const nginx = {pid: 87, name: 'nginx', fd: 6};
const firefox = {pid: 88, name: 'firefox', fd: 3};

const queryOf = (query: Partial<Query> = {}): Query => ({
	filter: '',
	search: '',
	connections: true,
	classes: {protocols: ['tcp', 'udp'], families: [], states: []},
	sort: {field: 'localPort', descending: false},
	columns: defaultColumns,
	window: {height: 20, cursor: {kind: 'none'}, frozen: false},
	...query,
});

/** A listener, two connections to it with both sockets here, and one connection to another machine. */
const createScene = (): TestContext & {readonly clients: readonly number[]; readonly servers: readonly number[]; readonly listener: number; readonly away: number} => {
	const context = createTestContext();
	const {add, table} = context;
	table.setOptionalColumns(['healthProblem']);
	const listener = add({
		state: State.listen, local: ['0.0.0.0', 443], peer: ['0.0.0.0', 0], owners: [nginx],
	});
	const ports = [40_001, 40_002];
	const servers = ports.map(port => add({local: ['10.0.0.1', 443], peer: ['10.0.0.2', port], owners: [nginx]}));
	const clients = ports.map(port => add({local: ['10.0.0.2', port], peer: ['10.0.0.1', 443], owners: [firefox]}));
	const away = add({local: ['10.0.0.1', 40_003], peer: ['192.0.2.1', 443], owners: [firefox]});
	table.end([]);
	return {
		...context, clients, servers, listener, away,
	};
};

const view = (context: TestContext, query: Partial<Query> = {}): ViewResult => createViewer().view(queryOf(query), context);

test('each connection has one row, that of the client; sockets and rows are both counted', t => {
	const scene = createScene();
	const {listener, clients, away} = scene;
	const result = view(scene);
	t.deepEqual(result.slots, [listener, ...clients, away]);
	t.like(result, {known: 6, rows: 4, matching: 4});
	const {connections: _, ...perSocket} = queryOf();
	t.like(createViewer().view(perSocket, scene), {known: 6, matching: 6});
});

test('filter, port and toggles show a row if either socket matches', t => {
	const scene = createScene();
	const [client] = scene.clients;
	const [server] = scene.servers;
	t.deepEqual(view(scene, {filter: 'src 10.0.0.1:443 and dst 10.0.0.2:40001'}).slots, [client]);
	t.deepEqual(view(scene, {filter: 'src 10.0.0.2:40001'}).slots, [client]);
	t.deepEqual(view(scene, {port: {digits: '40001', exact: true}}).slots, [client]);
	scene.table.core.state[server] = State.closeWait;
	t.deepEqual(view(scene, {classes: {protocols: ['tcp'], families: [], states: [State.closeWait]}}).slots, [client]);
	t.deepEqual(view(scene, {filter: 'state close-wait'}).slots, [client]);
});

test('the row shows the more severe problem of the two sockets, and is filtered and sorted by it', t => {
	const scene = createScene();
	const {listener, away} = scene;
	const [, client] = scene.clients;
	const [, server] = scene.servers;
	const problems = scene.table.optional('healthProblem');
	t.not(problems, undefined);
	if (problems === undefined) {
		return;
	}

	problems[server] = HealthProblem['CLOSE-WAIT leak'];
	const context = rowContextOf(queryOf(), scene);
	const health = findField('health');
	t.is(health?.read(context, client), 'peer: CLOSE-WAIT leak');
	t.is(health?.read(scene, client), undefined);
	t.deepEqual(view(scene, {filter: 'health = "CLOSE-WAIT leak"'}).slots, [client]);
	t.deepEqual(view(scene, {
		classes: {
			protocols: ['tcp'], families: [], states: [], problems: true,
		},
	}).slots, [client]);
	t.is(view(scene, {sort: {field: 'health', descending: false}}).slots[0], client);
	problems[client] = HealthProblem['peer not reading'];
	t.is(health?.read(context, client), 'peer not reading', 'its own problem, if both are equally severe');
	problems[server] = HealthProblem.loss;
	t.is(health?.read(context, client), 'peer: loss');
	t.is(health?.read(context, listener), undefined);
	t.is(health?.read(context, away), undefined);
});

test('connections are grouped under the listener that accepted them and by the port of the server', t => {
	const scene = createScene();
	const labels = (by: 'listener' | 'port'): ReadonlyArray<readonly [string, number]> => view(scene, {groups: {by: [by], folded: {all: true, except: []}}}).lines
		.flatMap(line => line.kind === 'group' ? [[line.label, line.slots.length] as const] : []);
	t.deepEqual(labels('listener'), [['0.0.0.0:443 nginx/87', 3], ['no listener', 1]]);
	t.deepEqual(labels('port'), [['port 443', 3], ['port 40003', 1]]);
});

test('the cursor on a hidden socket moves to the row of its connection, whose other end is "joined"', t => {
	const scene = createScene();
	const {table: {core}, away} = scene;
	const [client] = scene.clients;
	const [server] = scene.servers;
	const cursorAt = (slot: number): ViewResult['selected'] => view(scene, {window: {height: 20, cursor: {kind: 'row', id: core.id[slot], by: 0}, frozen: false}}).selected;
	t.like(cursorAt(server), {id: core.id[client], otherEnd: {place: 'joined'}});
	t.like(cursorAt(client), {id: core.id[client], otherEnd: {place: 'joined'}});
	t.is(cursorAt(away)?.otherEnd, undefined);
});

test('the row is marked while the server has not accepted the connection', t => {
	const context = createTestContext();
	const {add, table} = context;
	const endpoints = [['10.0.0.1', 443], ['10.0.0.2', 40_001]] as const;
	add({
		state: State.listen, local: ['0.0.0.0', 443], peer: ['0.0.0.0', 0], owners: [nginx], core: {recvQ: 1, sendQ: 128, inode: 1},
	});
	add({local: endpoints[0], peer: endpoints[1]});
	const client = add({
		local: endpoints[1], peer: endpoints[0], owners: [firefox], core: {inode: 2},
	});
	table.end([]);
	const isMarked = (connections: Pick<Query, 'connections'>): boolean =>
		readRow([], rowContextOf(connections, context), {kind: 'socket', slot: client, groups: []}, {isFound: false}).marks.waiting;
	t.true(isMarked({connections: true}));
	t.false(isMarked({}));
});
