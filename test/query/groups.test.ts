import test from 'ava';
import fc from '../helpers/property.js';
import {groupings} from '../../source/query/groups/groupings.js';
import type {Folded, Query, GroupingId} from '../../source/query/query.js';
import type {GroupLine} from '../../source/query/groups/view-line.js';
import {createViewer, type ViewResult} from '../../source/query/window/viewer.js';
import {findField} from '../../source/fields/registry.js';
import {sumOf} from '../../source/fields/model/sums.js';
import {State} from '../../source/table/columns/states.js';
import {createTestContext, type TestContext} from '../helpers/context.js';

const open: Folded = {all: false, except: []};

const queryOf = (by: readonly GroupingId[], change: Partial<Query> = {}, folded: Folded = open): Query => ({
	filter: '',
	search: '',
	classes: {protocols: ['tcp', 'udp'], families: [], states: []},
	sort: {field: 'txRate', descending: true},
	columns: ['local'],
	groups: {by, folded},
	window: {height: 1000, cursor: {kind: 'none'}, frozen: false},
	...change,
});

const namesOf = (context: TestContext, {lines}: ViewResult): readonly string[] => lines.map(line => line.kind === 'group'
	? `${'  '.repeat(line.groups.length)}${line.label} (${line.slots.length})`
	: `${'  '.repeat(line.groups.length)}${context.table.core.peerPort[line.slot]}`);

const createServer = (): TestContext => {
	const context = createTestContext();
	const nginx = [{pid: 7, name: 'nginx'}];
	context.add({
		state: State.listen, local: ['::', 80], owners: nginx, core: {recvQ: 1, inode: 1},
	});
	context.add({
		state: State.listen, local: ['10.0.0.1', 80], owners: [{pid: 8, name: 'other'}], core: {inode: 2},
	});
	// A second member of the same SO_REUSEPORT group.
	context.add({
		state: State.listen, local: ['10.0.0.1', 80], owners: [{pid: 9, name: 'other'}], core: {inode: 3},
	});
	context.add({local: ['10.0.0.1', 80], peer: ['192.0.2.1', 1001], core: {inode: 4, txRate: 5}});
	context.add({local: ['10.0.0.2', 80], peer: ['192.0.2.2', 1002], core: {inode: 0, txRate: 7}});
	context.add({
		local: ['::ffff:10.0.0.2', 80], peer: ['::ffff:192.0.2.1', 1003], owners: nginx, core: {inode: 6, txRate: 1},
	});
	context.add({local: ['10.0.0.1', 40_000], peer: ['192.0.2.9', 443], core: {inode: 7, txRate: 9}});
	context.table.end([]);
	return context;
};

test('connections are under the listener that accepted them; members of a SO_REUSEPORT group are one', t => {
	const context = createServer();
	t.deepEqual(namesOf(context, createViewer().view(queryOf(['listener']), context)), [
		'[::]:80 nginx/7 (3)',
		'  1002',
		'  1003',
		'  0',
		'10.0.0.1:80 other/8 (3)',
		'  1001',
		'  0',
		'  0',
		'no listener (1)',
		'  443',
	]);
});

test('an IPv4 address and its IPv4-mapped form are one host, and networks contain hosts', t => {
	const context = createServer();
	const view = createViewer().view(queryOf(['network', 'host'], {filter: 'state established'}), context);
	t.deepEqual(namesOf(context, view), [
		'192.0.2.0/24 (4)', '  192.0.2.9 (1)', '    443', '  192.0.2.2 (1)', '    1002', '  192.0.2.1 (2)', '    1001', '    1003',
	]);
});

test('the cursor stays on a group, and moves to its head when it is folded', t => {
	const context = createServer();
	const viewer = createViewer();
	const all = viewer.view(queryOf(['listener']), context);
	const head = all.lines[0] as GroupLine;
	const at = (id: number, by: number) => ({window: {height: 3, cursor: {kind: 'row' as const, id, by}, frozen: false}});
	t.is(viewer.view(queryOf(['listener'], at(head.id, 0)), context).selected?.index, 0);
	const socket = viewer.view(queryOf(['listener'], at(head.id, 2)), context).selected?.id ?? 0;
	t.true(socket > 0);
	const folded = viewer.view(queryOf(['listener'], at(socket, 0), {all: false, except: [head.id]}), context);
	t.deepEqual(folded.selected, {id: head.id, index: 0});
	t.is(folded.length, all.length - 3);
	// The same group has the same id in a later sample.
	context.table.begin(1000);
	context.table.end([]);
	const later = viewer.view(queryOf(['listener'], at(head.id, 0), {all: false, except: [head.id]}), context);
	t.deepEqual([later.selected?.id, later.length], [head.id, all.length - 3]);
});

test('the cursor keeps its position when the group of its socket disappears', t => {
	const context = createServer();
	const viewer = createViewer();
	const at = (id: number, filter = ''): ViewResult => viewer.view(queryOf(['port', 'host'], {filter, window: {height: 1000, cursor: {kind: 'row', id, by: 0}, frozen: false}}), context);
	const {id} = at(7).selected ?? {};
	t.is(id, 7);
	const {selected, length} = at(7, 'sport = 80');
	t.true(selected !== undefined && selected.id !== 7 && selected.index < length);
	t.is(at(7).selected?.id, 7);
});

test('a search finds a folded socket at the head of its group', t => {
	const context = createServer();
	const viewer = createViewer();
	const match = (direction: 1 | -1, id?: number): Partial<Query> => ({
		search: '192.0.2.1', window: {height: 20, cursor: {kind: 'match', id, direction}, frozen: false},
	});
	const folded = {all: true, except: []};
	const first = viewer.view(queryOf(['listener'], match(1), folded), context);
	t.is(first.found, 2);
	t.is(first.selected?.index, 0);
	const second = viewer.view(queryOf(['listener'], match(1, first.selected?.id), folded), context);
	t.is(second.selected?.index, 1);
	t.is(viewer.view(queryOf(['listener'], match(1, second.selected?.id), folded), context).selected?.index, 0);
	t.is(viewer.view(queryOf(['listener'], match(-1, second.selected?.id), folded), context).selected?.index, 0);
});

const sockets = fc.array(fc.record({
	port: fc.nat(3), host: fc.nat(3), isIpv6: fc.boolean(), pid: fc.nat(2), uid: fc.nat(2), rate: fc.nat(20), state: fc.constantFrom(State.established, State.listen),
}), {maxLength: 30});

const chosen = fc.uniqueArray(fc.constantFrom(...groupings.map(({id}) => id)), {minLength: 1, maxLength: 2});

test('each socket is in one group, sums are those of its sockets, and folding hides exactly the contents of a group', t => {
	const asked = fc.record({
		by: chosen, sort: fc.constantFrom('txRate', 'state', 'recvQ', 'peer'), isAll: fc.boolean(), places: fc.array(fc.nat(20), {maxLength: 4}),
	});
	fc.assert(fc.property(sockets, asked, (list, {by, sort, isAll, places}) => {
		const context = createTestContext();
		for (const {port, host, isIpv6, pid, uid, rate, state} of list) {
			context.add({
				state,
				local: [isIpv6 ? '::' : '0.0.0.0', 80 + port],
				peer: [isIpv6 ? `2001:db8::${host}` : `192.0.2.${host}`, 1000],
				...(pid > 0 && {owners: [{pid, name: 'program'}]}),
				core: {
					uid, txRate: rate, recvQ: rate, inode: 1,
				},
			});
		}

		context.table.end([]);
		const viewer = createViewer();
		const query = queryOf(by, {sort: {field: sort, descending: true}});
		const whole = viewer.view(query, context);
		const shown = whole.slots;
		t.is(whole.matching, list.length);
		t.is(whole.length, whole.lines.length);
		t.deepEqual(shown.toSorted((a, b) => a - b), list.map((_, slot) => slot));
		const groups = whole.lines.filter(line => line.kind === 'group');
		t.is(new Set(groups.map(({id}) => id)).size, groups.length);
		for (const {id, slots} of groups) {
			// The contents of a group are the consecutive lines after its head that name the group.
			const within = whole.lines.flatMap((line, place) => line.kind === 'socket' && line.groups.includes(id) ? [{slot: line.slot, place}] : []);
			t.deepEqual(within.map(({slot}) => slot).toSorted((a, b) => a - b), [...slots].toSorted((a, b) => a - b));
			const naive = within.filter(({slot}) => list[slot].state !== State.listen).map(({slot}) => list[slot].rate);
			const field = findField('recvQ');
			t.is(field && sumOf(field, context, slots), naive.length === 0 ? undefined : naive.reduce((sum, rate) => sum + rate, 0));
		}

		const roots = groups.filter(group => group.groups.length === 0);
		const isWithout = ({label}: GroupLine): boolean => label.startsWith('no ');
		t.true(roots.slice(0, -1).every(root => !isWithout(root)), 'sockets without a value to group by come last');
		const sums = roots.filter(root => !isWithout(root)).map(({slots}) => [...slots].reduce((sum, slot) => sum + list[slot].rate, 0));
		t.deepEqual(sums, sort === 'txRate' ? sums.toSorted((a, b) => b - a) : sums);

		const except = places.flatMap(place => groups.slice(place, place + 1).map(({id}) => id));
		const isFolded = (id: number): boolean => new Set(except).has(id) !== isAll;
		const folded = viewer.view({...query, groups: {by, folded: {all: isAll, except}}}, context);
		const keyOf = (line: ViewResult['lines'][number]): number => line.kind === 'group' ? line.id : context.table.core.id[line.slot];
		const expected = whole.lines.filter(line => line.groups.every(id => !isFolded(id))).map(line => keyOf(line));
		t.deepEqual(folded.lines.map(line => keyOf(line)), expected);
		t.is(folded.length, expected.length);
		// Any range of the list equals that part of the complete list, and each line is at its index.
		for (const [index, id] of expected.entries()) {
			const part = viewer.view({...query, groups: {by, folded: {all: isAll, except}}, window: {height: 3, cursor: {kind: 'row', id, by: 0}, frozen: false}}, context);
			t.deepEqual(part.selected?.index, index);
			t.deepEqual(part.lines.map(line => keyOf(line)), expected.slice(part.offset, part.offset + 3));
		}
	}), {numRuns: 100});
});
