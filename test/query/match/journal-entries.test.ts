import test from 'ava';
import fc from '../../helpers/property.js';
import {journalContextOf} from '../../../source/sampling/journal-context.js';
import {readGroupRow} from '../../../source/engine/rows.js';
import type {Field, FieldContext} from '../../../source/fields/model/field.js';
import {findField} from '../../../source/fields/registry.js';
import {sumOf} from '../../../source/fields/model/sums.js';
import {groupingsOf} from '../../../source/query/groups/groupings.js';
import type {Folded, Query, GroupingId} from '../../../source/query/query.js';
import {createViewer, type Viewer, type ViewResult} from '../../../source/query/window/viewer.js';
import {CloseEvidence} from '../../../source/table/close-reasons.js';
import {createJournal} from '../../../source/table/journal.js';
import {Protocol} from '../../../source/table/columns/protocols.js';
import {eventNames, type JournalTable} from '../../../source/table/journal-table.js';
import {State} from '../../../source/table/columns/states.js';
import {createTestContext, type TestSocket} from '../../helpers/context.js';

type Change = Partial<Omit<Query, 'window' | 'groups'>> & {
	readonly by?: readonly GroupingId[];
	readonly folded?: Folded;
	readonly height?: number;
	readonly cursor?: Query['window']['cursor'];
};

const queryOf = ({by = [], folded = {all: false, except: []}, height = 100, cursor = {kind: 'none'}, ...change}: Change = {}): Query => ({
	filter: '',
	search: '',
	classes: {protocols: ['tcp', 'udp'], families: [], states: []},
	sort: {field: 'time', descending: true},
	columns: ['event', 'local', 'bytesSent'],
	journal: {changes: false},
	...(by.length > 0 && {groups: {by, folded}}),
	window: {height, cursor, frozen: false},
	...change,
});

type Scene = {
	readonly context: FieldContext;
	readonly entries: JournalTable;
	/** Takes a sample, one second after the last one, in which these sockets appear; their local ports name them. */
	readonly open: (...sockets: readonly TestSocket[]) => void;
	/** Takes a sample in which the socket at a port closes after it has sent this many bytes. */
	readonly close: (port: number, sent: number, closeEvidence?: number) => void;
};

const createScene = (length?: number): Scene => {
	const sockets = createTestContext();
	const {table} = sockets;
	const journal = createJournal(table, {...(length !== undefined && {length})});
	journal.record(table.end([]), 0);
	const sample = (change: () => void): void => {
		table.begin(table.now + 1000);
		change();
		journal.record(table.end([]), table.now);
	};

	return {
		context: journalContextOf(sockets, journal.table, undefined),
		entries: journal.table,
		open(...opened) {
			sample(() => {
				for (const socket of opened) {
					sockets.add(socket);
				}
			});
		},
		close(port, sent, closeEvidence = CloseEvidence.finAcknowledged) {
			sample(() => {
				const slot = table.core.localPort.subarray(0, table.used).indexOf(port);
				table.setState(slot, Protocol.tcp, State.closeWait);
				table.setCounters(slot, sent, 0);
				table.core.closeEvidence[slot] = closeEvidence;
				table.close(slot);
			});
		},
	};
};

const nginx = [{pid: 7, name: 'nginx'}];
const peer = ['192.0.2.1', 50_000] as const;

/** Nginx: two connections that close, one of them reset; cron: one that stays. */
const createServer = (): Scene => {
	const scene = createScene();
	scene.open({local: ['10.0.0.1', 1], peer, owners: nginx}, {local: ['10.0.0.1', 2], peer: ['192.0.2.2', 50_000], owners: nginx});
	scene.close(1, 1000);
	scene.close(2, 50, CloseEvidence.finUnacknowledged);
	scene.open({local: ['10.0.0.1', 3], peer, owners: [{pid: 8, name: 'cron'}]});
	return scene;
};

const fields = ['bytesSent', 'txRate'].map(id => findField(id)).filter((field): field is Field => field !== undefined);

const linesOf = ({context, entries}: Scene, {lines}: ViewResult): readonly string[] => lines.map(line => {
	const indent = '  '.repeat(line.groups.length);
	if (line.kind === 'socket') {
		return `${indent}${eventNames[entries.event[line.slot]]} ${entries.core.localPort[line.slot]}`;
	}

	const {group} = readGroupRow(fields, context, line);
	const sums = fields.map(field => sumOf(field, context, line.slots) ?? '-');
	return `${indent}${group?.label ?? ''}: ${group?.sockets ?? 0}, ${group?.closed ?? 0} closed, ${sums.join(' ')}`;
});

test('entries are grouped like sockets; a connection adds its last counters once, and rates are not summed', t => {
	const scene = createServer();
	t.deepEqual(linesOf(scene, createViewer().view(queryOf({by: ['process']}), scene.context)), [
		'cron/8: 1, 0 closed, - -',
		'  opened 3',
		'nginx/7: 4, 2 closed, 1050 -',
		'  closed 2',
		'  closed 1',
		'  opened 2',
		'  opened 1',
	]);
	t.deepEqual(linesOf(scene, createViewer().view(queryOf({by: ['host', 'state'], folded: {all: false, except: []}, filter: 'closed'}), scene.context)), [
		'192.0.2.2: 1, 1 closed, 50 -', '  CLOSE-WAIT: 1, 1 closed, 50 -', '    closed 2', '192.0.2.1: 1, 1 closed, 1000 -', '  CLOSE-WAIT: 1, 1 closed, 1000 -', '    closed 1',
	]);
});

test('groups sort by their sums, and only entries can be grouped by close reason', t => {
	const scene = createServer();
	const view = createViewer().view(queryOf({by: ['ended'], sort: {field: 'bytesSent', descending: true}}), scene.context);
	t.deepEqual(linesOf(scene, view).filter(line => !line.startsWith(' ')), ['closed by peer: 1, 1 closed, 1000 -', 'reset: 1, 1 closed, 50 -', 'no close reason: 3, 0 closed, - -']);
	t.deepEqual([groupingsOf('socket'), groupingsOf('entry')].map(all => all.map(({id}) => id)), [
		['listener', 'process', 'program', 'port', 'host', 'network', 'state', 'unit', 'container', 'user', 'namespace'],
		['process', 'program', 'port', 'host', 'network', 'state', 'ended', 'unit', 'container', 'user', 'namespace'],
	]);
});

test('folded groups stay folded while entries arrive', t => {
	const scene = createServer();
	const viewer = createViewer();
	const {lines} = viewer.view(queryOf({by: ['process']}), scene.context);
	const ids = lines.flatMap(line => line.kind === 'group' ? [line.id] : []);
	const folded = {all: false, except: [ids[1]]};
	t.deepEqual(linesOf(scene, viewer.view(queryOf({by: ['process'], folded}), scene.context)), ['cron/8: 1, 0 closed, - -', '  opened 3', 'nginx/7: 4, 2 closed, 1050 -']);
	scene.open({local: ['10.0.0.1', 4], peer, owners: nginx});
	t.deepEqual(linesOf(scene, viewer.view(queryOf({by: ['process'], folded}), scene.context)), ['nginx/7: 5, 2 closed, 1050 -', 'cron/8: 1, 0 closed, - -', '  opened 3']);
});

test('after a mark, only new entries can be shown; "new" in a filter means the same', t => {
	const scene = createServer();
	const {context, entries} = scene;
	const shown = (change: Change): readonly string[] => linesOf(scene, createViewer().view(queryOf(change), context));
	const since = {number: 1, shown: 'new'} as const;
	entries.setMark();
	t.deepEqual(shown({mark: since}), []);
	scene.close(3, 7);
	t.deepEqual(shown({mark: since}), ['closed 3']);
	t.deepEqual(shown({mark: {...since, shown: 'difference'}}), ['closed 3'], 'the difference shows the same entries');
	t.deepEqual(shown({filter: 'new'}), ['closed 3']);
	t.is(shown({mark: {...since, shown: 'all'}}).length, 6);
	t.is(findField('sinceMark')?.read(context, 0), undefined, 'the event of an entry says what happened');
	entries.clearMark();
	scene.entries.freshTime = 1500;
	scene.open({local: ['10.0.0.1', 9], peer, owners: nginx});
	t.deepEqual(shown({filter: 'new'}), ['opened 9', 'closed 3'], 'without a mark, "new" means the last seconds');
});

/** Shows the journal through a window and moves the cursor in it. */
const watch = (viewer: Viewer, {context}: Scene, height: number) => {
	let last: ViewResult | undefined;
	return (cursor: Query['window']['cursor']): ViewResult => {
		last = viewer.view(queryOf({height, cursor}), context);
		return last;
	};
};

const lineOf = ({selected, offset}: ViewResult): number => (selected?.index ?? NaN) - offset;

test('the selected row stays in place on the screen while entries arrive, and moves from there', t => {
	const scene = createScene();
	const openMany = (count: number): void => {
		scene.open(...Array.from({length: count}, (_, index) => ({local: ['10.0.0.1', 1000 + index], peer} as const)));
	};

	openMany(12);
	const show = watch(createViewer(), scene, 10);
	// The row before the last one: the window shows the end of the list.
	const first = show({kind: 'row', id: 2, by: 0});
	t.deepEqual([lineOf(first), first.length], [9, 12]);
	openMany(5);
	const second = show({kind: 'row', id: 2, by: 0});
	t.deepEqual([lineOf(second), second.length], [9, 17]);
	openMany(3);
	const third = show({kind: 'row', id: 2, by: -4});
	t.deepEqual([lineOf(third), third.selected?.index], [5, 14], 'the cursor moves relative to the shown row');
	openMany(3);
	t.is(lineOf(show({kind: 'row', id: third.selected?.id ?? 0, by: 0})), 5);
});

test('a scrolled window stays in place when the same position is requested with another query', t => {
	const scene = createScene();
	const open = (count: number): void => {
		scene.open(...Array.from({length: count}, (_, index) => ({local: ['10.0.0.1', 1000 + index], peer} as const)));
	};

	open(40);
	const viewer = createViewer();
	const show = (columns: readonly string[], top: number): ViewResult =>
		viewer.view(queryOf({
			columns, height: 10, cursor: {
				kind: 'row', id: 20, by: 0, top,
			},
		}), scene.context);
	t.like(show(['local'], 15), {offset: 15, selected: {index: 20}});
	open(5);
	t.like(show(['peer'], 15), {offset: 20, selected: {index: 25}});
	t.like(show(['peer'], 18), {offset: 18}, 'another position is requested');
});

test('whatever arrives, the cursor moves on the screen only as far as the ends of the list require', t => {
	const step = fc.record({come: fc.nat(12), by: fc.integer({min: -6, max: 6})});
	const isKept = (height: number, capacity: number, steps: ReadonlyArray<{readonly come: number; readonly by: number}>): boolean => {
		const scene = createScene(capacity);
		scene.open({local: ['10.0.0.1', 1], peer});
		const show = watch(createViewer(), scene, height);
		let before = show({kind: 'first'});
		return steps.every(({come, by}) => {
			scene.open(...Array.from({length: come}, (_, index) => ({local: ['10.0.0.1', 1000 + index], peer} as const)));
			const id = before.selected?.id ?? 0;
			const place = scene.entries.entries - id;
			const isForgotten = place >= capacity;
			// The window moves with the selected entry, then only as far as needed to show the cursor, within the list.
			const along = place - lineOf(before);
			before = show({kind: 'row', id, by});
			const {length, offset, selected} = before;
			const goal = Math.max(0, Math.min(length - 1, place + by));
			const wanted = Math.min(goal, Math.max(along, goal - height + 1));
			return isForgotten || (selected?.index === goal && offset === Math.max(0, Math.min(wanted, length - height)));
		});
	};

	t.notThrows(() => {
		fc.assert(fc.property(fc.integer({min: 1, max: 12}), fc.integer({min: 1, max: 30}), fc.array(step, {maxLength: 12}), isKept));
	});
});
