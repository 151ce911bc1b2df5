import test from 'ava';
import {defaultColumns} from '../../../source/fields/registry.js';
import type {CursorRequest, Query} from '../../../source/query/query.js';
import {
	createViewer,
	matcherOf,
	neededColumns,
	type ViewResult,
} from '../../../source/query/window/viewer.js';
import {State} from '../../../source/table/columns/states.js';
import {createTestContext, type TestContext} from '../../helpers/context.js';
import {createScene, socketNames} from '../scene.js';

type Change = Partial<Omit<Query, 'window'>> & {readonly height?: number; readonly cursor?: CursorRequest; readonly frozen?: boolean};

const queryOf = ({height = 5, cursor = {kind: 'none'}, frozen = false, ...query}: Change = {}): Query => ({
	filter: '',
	search: '',
	classes: {protocols: ['tcp', 'udp'], families: [], states: []},
	sort: {field: 'localPort', descending: false},
	columns: defaultColumns,
	window: {height, cursor, frozen},
	...query,
});

/** Creates a context with sockets at the local ports 1 to `count`. Their ids are their ports. */
const createPorts = (count: number): TestContext => {
	const context = createTestContext();
	for (let port = 1; port <= count; port++) {
		context.add({local: ['10.0.0.1', port], core: {rxRate: port}});
	}

	context.table.end([]);
	return context;
};

const portsOf = (context: TestContext, {slots}: Pick<ViewResult, 'slots'>): number[] => slots.map(slot => context.table.core.localPort[slot]);

/** Takes a sample in which the sockets at these ports close. */
const closePorts = (context: TestContext, ports: readonly number[], seconds = 1): void => {
	const {table} = context;
	table.begin(table.now + seconds * 1000);
	for (let slot = 0; slot < table.used; slot++) {
		if (ports.includes(table.core.localPort[slot])) {
			table.close(slot);
		}
	}

	table.end([]);
};

test('shows the top of the list, with totals', t => {
	const context = createPorts(20);
	const view = createViewer().view(queryOf({filter: 'port > 3'}), context);
	t.deepEqual(portsOf(context, view), [4, 5, 6, 7, 8]);
	t.like(view, {offset: 0, matching: 17, known: 20});
	t.false('selected' in view || 'found' in view || 'filterProblem' in view);
});

test('the window starts at the requested position if that is within the list and shows the cursor', t => {
	const context = createPorts(20);
	const viewer = createViewer();
	const viewFrom = (id: number, top?: number): ViewResult => viewer.view(queryOf({
		cursor: {
			kind: 'row', id, by: 0, ...(top !== undefined && {top}),
		},
	}), context);
	t.like(viewFrom(8, 6), {offset: 6, selected: {id: 8, index: 7}});
	t.like(viewFrom(8), {offset: 6});
	t.like(viewFrom(20, 50), {offset: 15});
	t.like(viewFrom(8, 15), {offset: 7, selected: {id: 8}});
	t.like(viewFrom(1, 3), {offset: 0});
});

test('TCP and UDP are sampled whatever is shown; other families while they are', t => {
	const viewer = createViewer();
	const neededFor = (change: Partial<Query>): readonly string[] => viewer.neededProtocols(queryOf(change));
	t.deepEqual(neededFor({classes: {protocols: ['udp'], families: [], states: [State.listen]}}), ['tcp', 'udp']);
	t.deepEqual(neededFor({classes: {protocols: ['u_str'], families: [], states: []}}), ['tcp', 'udp', 'u_str']);
	t.true(neededFor({filter: 'unix'}).includes('u_str'));
});

test('toggles, typed digits and the filter all restrict the list', t => {
	const scene = createScene();
	const query = queryOf({
		filter: 'nginx', port: {digits: '44', exact: false}, classes: {protocols: ['tcp'], families: [], states: [State.established]}, height: 50,
	});
	const {slots} = createViewer().view(query, scene);
	t.deepEqual(slots.map(slot => socketNames[scene.slots.indexOf(slot)]).toSorted(), ['client', 'mapped']);
	const matches = matcherOf(query, scene);
	t.deepEqual(scene.slots.filter(slot => matches(slot)), slots.toSorted((a, b) => a - b));
});

test('the cursor moves, and the window only as far as needed', t => {
	const context = createPorts(20);
	const viewer = createViewer();
	const steps: ReadonlyArray<readonly [cursor: CursorRequest, selected: number, top: number]> = [
		[{kind: 'first'}, 1, 1],
		[{kind: 'row', id: 1, by: 4}, 5, 1],
		[{kind: 'row', id: 5, by: 1}, 6, 2],
		[{kind: 'row', id: 6, by: -4}, 2, 2],
		[{kind: 'row', id: 2, by: 5}, 7, 3],
		[{kind: 'last'}, 20, 16],
		[{kind: 'row', id: 20, by: 1}, 20, 16],
		[{kind: 'row', id: 20, by: -99}, 1, 1],
	];
	for (const [cursor, selected, top] of steps) {
		const view = viewer.view(queryOf({cursor}), context);
		t.deepEqual(view.selected, {id: selected, index: selected - 1});
		t.is(portsOf(context, view)[0], top);
	}

	t.is(viewer.view(queryOf(), context).offset, 0);
});

test('the cursor follows its socket when the order or the filter changes', t => {
	const context = createPorts(20);
	const viewer = createViewer();
	viewer.view(queryOf({cursor: {kind: 'row', id: 3, by: 0}}), context);
	const reversed = viewer.view(queryOf({cursor: {kind: 'row', id: 3, by: 0}, sort: {field: 'localPort', descending: true}}), context);
	t.deepEqual(reversed.selected, {id: 3, index: 17});
	const fewer = viewer.view(queryOf({cursor: {kind: 'row', id: 3, by: 0}, filter: 'port 3,7,9'}), context);
	t.deepEqual(fewer.selected, {id: 3, index: 0});
});

test('when its socket is filtered out, the cursor keeps its position', t => {
	const context = createPorts(20);
	const viewer = createViewer();
	viewer.view(queryOf({cursor: {kind: 'row', id: 3, by: 0}}), context);
	t.deepEqual(viewer.view(queryOf({cursor: {kind: 'row', id: 3, by: 0}, filter: 'not port 3'}), context).selected, {id: 4, index: 2});
	t.false('selected' in viewer.view(queryOf({cursor: {kind: 'row', id: 4, by: 0}, filter: 'port 99'}), context));
	t.deepEqual(viewer.view(queryOf({cursor: {kind: 'row', id: 4, by: 0}}), context).selected, {id: 4, index: 3});
});

test('the same query again keeps the cursor on its socket', t => {
	const context = createPorts(20);
	const viewer = createViewer();
	const query = queryOf({cursor: {kind: 'row', id: 3, by: 1}, sort: {field: 'rxRate', descending: false}});
	t.deepEqual(viewer.view(query, context).selected, {id: 4, index: 3});
	context.table.core.rxRate[2] = 100;
	t.deepEqual(viewer.view(query, context).selected, {id: 4, index: 2});

	const first = queryOf({cursor: {kind: 'first'}, sort: {field: 'rxRate', descending: false}});
	t.deepEqual(viewer.view(first, context).selected, {id: 1, index: 0});
	context.table.core.rxRate[0] = 50;
	t.deepEqual(viewer.view(first, context).selected, {id: 1, index: 18});
	t.deepEqual(viewer.view({...first}, context).selected, {id: 2, index: 0});
});

test('closed sockets stay with their last values while they linger; then the cursor keeps its position', t => {
	const context = createPorts(8);
	const viewer = createViewer();
	const query = queryOf({cursor: {kind: 'row', id: 3, by: 0}, filter: 'state established and host 10/8'});
	viewer.view(query, context);
	closePorts(context, [3]);
	t.like(viewer.view(query, context), {matching: 8, known: 8, selected: {id: 3, index: 2}});
	closePorts(context, [], 10);
	t.like(viewer.view(query, context), {matching: 7, known: 7, selected: {id: 4, index: 2}});
});

test('a frozen order stays, with new sockets at the end', t => {
	const context = createPorts(5);
	const viewer = createViewer();
	const sort = {field: 'rxRate', descending: true};
	const ask = (change: Change) => portsOf(context, viewer.view(queryOf({sort, height: 20, ...change}), context));
	t.deepEqual(ask({}), [5, 4, 3, 2, 1]);

	closePorts(context, [4], 1);
	context.table.core.rxRate[0] = 100;
	context.add({local: ['10.0.0.1', 7], core: {rxRate: 200}});
	t.deepEqual(ask({frozen: true}), [5, 4, 3, 2, 1, 7]);

	closePorts(context, [], 10);
	context.add({local: ['10.0.0.1', 8], core: {rxRate: 300}});
	t.deepEqual(ask({frozen: true}), [5, 3, 2, 1, 7, 8]);
	t.deepEqual(ask({frozen: true}), [5, 3, 2, 1, 7, 8]);
	t.deepEqual(ask({}), [8, 7, 1, 5, 3, 2]);
});

test('a change of order or filter applies although the order is frozen', t => {
	const context = createPorts(5);
	const viewer = createViewer();
	viewer.view(queryOf({filter: 'port 2,4'}), context);
	t.deepEqual(portsOf(context, viewer.view(queryOf({frozen: true}), context)), [1, 2, 3, 4, 5]);
	t.deepEqual(portsOf(context, viewer.view(queryOf({frozen: true, sort: {field: 'localPort', descending: true}}), context)), [5, 4, 3, 2, 1]);
});

test('a search hides nothing, counts matches, and moves the cursor', t => {
	const scene = createScene();
	const viewer = createViewer();
	const ask = (cursor: CursorRequest, search = 'nginx') => viewer.view(queryOf({search, cursor, height: 50}), scene);
	const idOf = (name: (typeof socketNames)[number]) => scene.table.core.id[scene.slots[socketNames.indexOf(name)]];

	const first = ask({kind: 'match', id: undefined, direction: 0});
	t.like(first, {matching: 11, found: 4});
	t.is(first.slots.filter(slot => first.isFound(slot)).length, 4);
	// By port 443: the newest first, all opened at once, so in the order of their ids.
	t.is(first.selected?.id, idOf('web'));
	t.is(ask({kind: 'match', id: idOf('web'), direction: 1}).selected?.id, idOf('web6'));
	t.is(ask({kind: 'match', id: idOf('web'), direction: -1}).selected?.id, idOf('mapped'));
	t.is(ask({kind: 'match', id: idOf('mapped'), direction: 1}).selected?.id, idOf('web'));
	t.is(ask({kind: 'match', id: idOf('stub'), direction: 0}).selected?.id, idOf('web'));

	const none = ask({kind: 'match', id: idOf('stub'), direction: 1}, 'zzz');
	t.like(none, {found: 0, selected: {id: idOf('stub')}});
	t.is(ask({kind: 'match', id: undefined, direction: 1}, '99999').found, 0);
	t.false('found' in ask({kind: 'none'}, ' '));
});

test('the last valid filter stays in use while the user types', t => {
	const context = createPorts(5);
	const viewer = createViewer();
	t.is(viewer.view(queryOf({filter: 'port 3 or lost > 0'}), context).matching, 1);
	const broken = viewer.view(queryOf({filter: 'port 3 or lost > '}), context);
	t.like(broken, {matching: 1, filterProblem: {start: 15, end: 16}});
	t.true(broken.neededColumns.has('lost'));
	t.true(viewer.neededColumns(queryOf({filter: 'port 3 or lost > '})).has('lost'));
	t.false('filterProblem' in viewer.view(queryOf({filter: 'port 3'}), context));
	t.like(createViewer().view(queryOf({filter: '('}), context), {matching: 5, filterProblem: {start: 0, end: 1}});
});

test('needed columns are those of the fields, the order and the filter', t => {
	const columns = neededColumns(queryOf({columns: ['minRtt', 'nonsense'], sort: {field: 'lost', descending: true}, filter: 'cwnd > 5'}));
	t.deepEqual([...columns].toSorted(), ['cwnd', 'lost', 'minRtt']);
	t.deepEqual([...neededColumns(queryOf({columns: [], filter: '('}))], []);
});

test('accepts windows of any height', t => {
	const context = createPorts(5);
	const viewer = createViewer();
	for (const height of [0, -1, NaN]) {
		t.like(viewer.view(queryOf({height, cursor: {kind: 'last'}}), context), {slots: [], matching: 5, selected: {id: 5, index: 4}});
	}

	t.is(viewer.view(queryOf({height: 2.9}), context).slots.length, 2);
	t.is(viewer.view(queryOf({height: Number.MAX_SAFE_INTEGER, cursor: {kind: 'last'}}), context).slots.length, 5);
	t.is(viewer.view(queryOf({height: Infinity}), context).slots.length, 5);
	t.like(viewer.view(queryOf({cursor: {kind: 'first'}}), createTestContext()), {
		slots: [], offset: 0, matching: 0, known: 0,
	});
});

test('the selected row reports where the peer\'s socket is', t => {
	const context = createTestContext();
	const {table} = context;
	const [first, second] = [context.add({local: ['127.0.0.1', 1], peer: ['127.0.0.1', 2]}), context.add({local: ['127.0.0.1', 2], peer: ['127.0.0.1', 1]})];
	context.add({local: ['127.0.0.1', 3], peer: ['127.0.0.1', 3]});
	context.add({local: ['10.0.0.1', 4], peer: ['192.0.2.1', 443]});
	table.end([]);
	const viewer = createViewer();
	const otherEnds = (filter: string): unknown[] => [0, 1, 2, 3].map(by =>
		viewer.view(queryOf({filter, cursor: {kind: 'row', id: table.core.id[first], by}}), context).selected?.otherEnd);
	t.deepEqual(otherEnds('').slice(0, 2), [{place: 'shown', id: table.core.id[second]}, {place: 'shown', id: table.core.id[first]}]);
	t.deepEqual(otherEnds('').slice(2), [{place: 'itself'}, undefined]);
	t.deepEqual(otherEnds('sport 1').at(0), {place: 'hidden'});
	closePorts(context, [2]);
	viewer.view(queryOf({cursor: {kind: 'first'}}), context);
	closePorts(context, [], 10);
	t.deepEqual(otherEnds('').at(0), {place: 'closed'});
});

test('shows only sockets that are new since the mark, or the difference, including all closed sockets', t => {
	const context = createPorts(4);
	const {table} = context;
	const viewer = createViewer();
	const ports = (shown: 'all' | 'new' | 'difference', filter = ''): number[] =>
		portsOf(context, viewer.view(queryOf({filter, mark: {number: 1, shown}, height: 20}), context));
	t.deepEqual(ports('difference'), [], 'there is no mark yet');
	table.setMark();
	t.deepEqual(ports('new'), []);
	closePorts(context, [2]);
	table.begin(table.now + 1000);
	context.add({local: ['10.0.0.1', 7]});
	table.end([]);
	t.deepEqual(ports('new'), [7]);
	t.deepEqual(ports('difference'), [2, 7]);
	t.deepEqual(ports('all', 'new'), [7]);
	closePorts(context, [7], 100);
	t.deepEqual(ports('all'), [1, 3, 4, 7], 'the row of port 2 has expired');
	closePorts(context, [], 100);
	t.deepEqual(ports('all'), [1, 3, 4]);
	t.deepEqual(ports('new'), []);
	t.deepEqual(ports('difference'), [2, 7]);
	t.deepEqual(ports('difference', 'new'), [7], 'port 7 opened and closed since the mark');
	t.deepEqual(ports('difference', 'sinceMark = closed port 2'), [2]);
	table.clearMark();
	t.deepEqual(portsOf(context, viewer.view(queryOf({height: 20}), context)), [1, 3, 4], 'clearing the mark applies before the next sample');
});
