import test from 'ava';
import {createLineWriter} from '../../source/exports/lines.js';
import {findField} from '../../source/fields/registry.js';
import type {Field} from '../../source/fields/model/field.js';
import type {Query} from '../../source/query/query.js';
import {createViewer} from '../../source/query/window/viewer.js';
import {State} from '../../source/table/columns/states.js';
import {createTestContext, type TestContext} from '../helpers/context.js';

const fields = ['localPort', 'process', 'recvQ'].map(id => findField(id)).filter((field): field is Field => field !== undefined);

const query: Query = {
	filter: '',
	search: '',
	classes: {protocols: ['tcp'], families: [], states: []},
	sort: {field: 'localPort', descending: false},
	columns: ['localPort', 'process', 'recvQ'],
	window: {height: 1, cursor: {kind: 'none'}, frozen: false},
};

const scene = (): TestContext => {
	const context = createTestContext();
	const owner = {
		pid: 7, startTime: 1, name: 'a "b", c', fd: 3,
	};
	context.add({local: ['10.0.0.1', 443], owners: [owner], core: {recvQ: 5}});
	context.add({local: ['10.0.0.1', 443], owners: [owner], core: {recvQ: 6}});
	context.add({local: ['10.0.0.1', 80], state: State.closeWait});
	return context;
};

const write = (form: 'json' | 'csv', change: Partial<Query>): readonly string[] => {
	const context = scene();
	const viewer = createViewer();
	const asked = {...query, ...change};
	const {length} = viewer.view(asked, context);
	const {heading, lineOf} = createLineWriter(form, {
		fields, context, levels: asked.groups?.by.length ?? 0, isForTerminal: false,
	});
	return [heading, ...viewer.range(0, length).map(line => lineOf(line))].filter(line => line !== undefined);
};

test('a plain list: one line for each socket, in order', t => {
	t.deepEqual(write('csv', {}), ['localPort,process,recvQ', '80,,0', '443,"a ""b"", c/7",5', '443,"a ""b"", c/7",6']);
	t.deepEqual(write('json', {}).map(line => JSON.parse(line) as unknown), [
		{localPort: 80, recvQ: 0}, {localPort: 443, process: 'a "b", c/7', recvQ: 5}, {localPort: 443, process: 'a "b", c/7', recvQ: 6},
	]);
});

test('groups: their heads with numbers and sums, and the sockets that are not folded', t => {
	const groups = {by: ['port'], folded: {all: false, except: []}} as const;
	t.deepEqual(write('csv', {groups}), [
		'group,sockets,problem,problemSockets,localPort,process,recvQ',
		'port 80,1,,,,,0',
		'port 80,,,,80,,0',
		'port 443,2,,,,,11',
		'port 443,,,,443,"a ""b"", c/7",5',
		'port 443,,,,443,"a ""b"", c/7",6',
	]);
	const folded = write('json', {groups: {...groups, folded: {all: true, except: []}}});
	t.deepEqual(folded.map(line => JSON.parse(line) as unknown), [{group: ['port 80'], sockets: 1, recvQ: 0}, {group: ['port 443'], sockets: 2, recvQ: 11}]);
});
