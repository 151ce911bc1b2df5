/** What the width of the terminal leaves of headings, addresses and the heads of groups, on the recorded web server and on random tables. */
import test from 'ava';
import type {GroupHead} from '../../source/contract/messages.js';
import {findField} from '../../source/fields/registry.js';
import {liveSort, readSort} from '../../source/preferences/sort-text.js';
import {createTheme} from '../../source/screen/look/theme.js';
import {paintFrame} from '../../source/screen/paint/frame.js';
import {tableFit, type TableColumn} from '../../source/screen/state/table-fit.js';
import type {InitialQuery} from '../../source/screen/update/initial-state.js';
import {wholeEndpointWidth} from '../../source/addresses/address.js';
import {shortStateNames} from '../../source/table/columns/states.js';
import {textWidth} from '../../source/text/width.js';
import fc from '../helpers/property.js';
import {drive, type Driver} from './drive.js';
import {makeSocket, type FakeSocket} from './fake-engine.js';
import {keys} from './open-screen.js';
import {calmScene, webScene} from './web-scene.js';

const widths = [60, 80, 100, 120, 160, 200, 300] as const;

const linesOf = (driver: Driver): readonly string[] => paintFrame(driver.state(), {theme: createTheme('none')}).map(line => line.trimEnd());

const columnOf = (driver: Driver, id: string): TableColumn | undefined => tableFit(driver.state()).columns.find(({field}) => field.id === id);

const problemsFirst = readSort(liveSort, 'the order');

const liveQuery: Partial<InitialQuery> = typeof problemsFirst === 'object' ? {sort: problemsFirst} : {};

test('a heading is whole or in its short form, at any width', t => {
	for (const sockets of [webScene, calmScene]) {
		for (let columns = 60; columns <= 300; columns++) {
			const driver = drive({
				columns, rows: 40, sockets, query: liveQuery,
			});
			const heading = linesOf(driver).find(line => line.includes('Peer')) ?? '';
			t.false(heading.includes('…'), `${columns} columns: ${heading}`);
			for (const {field} of tableFit(driver.state()).columns) {
				t.true(heading.includes(field.title) || heading.includes(field.shortTitle ?? field.title), `${field.title} at ${columns} columns: ${heading}`);
			}
		}
	}
});

test('without problems, the column Health is hidden although the default order uses it; with a chosen order it stays', t => {
	for (const columns of widths) {
		const driver = drive({columns, sockets: calmScene, query: liveQuery});
		t.is(columnOf(driver, 'health'), undefined, `${columns} columns`);
		driver.sample(webScene);
		t.not(columnOf(driver, 'health'), undefined, `${columns} columns`);
	}

	t.not(columnOf(drive({columns: 160, sockets: calmScene, query: {sort: {field: 'recvQ', descending: true}}}), 'recvQ'), undefined);
});

test('width saved by a shorter form goes to other columns: no endpoint is cut beside a process column with unused width', t => {
	for (let columns = 100; columns <= 300; columns++) {
		const driver = drive({
			columns, rows: 40, sockets: webScene, query: liveQuery,
		});
		const {columns: shown} = tableFit(driver.state());
		const process = shown.find(({field}) => field.id === 'process');
		const form = process === undefined || process.form === 0 ? undefined : driver.state().widths.get('process')?.forms[process.form - 1]?.width;
		const free = process === undefined || form === undefined ? 0 : process.width - Math.max(form, process.field.width.min);
		const lacking = shown.filter(({field, width}) => {
			const {widest, forms} = driver.state().widths.get(field.id) ?? {};
			const next = Math.min(...[...forms ?? [], ...widest === undefined ? [] : [widest]].map(each => each.width).filter(each => each > width));
			return next !== Infinity && (field.id === 'local' || field.id === 'peer' ? free > 0 : next - width <= free);
		});
		t.deepEqual(lacking.filter(({field}) => field.id !== 'process').map(({field}) => field.id), [], `${columns} columns`);
	}
});

const headOf = (group: Partial<GroupHead>): FakeSocket => ({
	...makeSocket(-300, {
		recvQ: 0, sendQ: 0, local: undefined, peer: undefined, process: undefined, health: undefined,
	}),
	group: {
		label: '192.168.100.200:65535 a-process-with-a-long-name/12345', isFolded: false, sockets: 4096, waiting: 0, ...group,
	},
});

const inTree = {...liveQuery, groups: {by: ['listener'], folded: {all: false, except: []}}} as const;

test('a group heading keeps its address and the number waiting; the process name is cut first', t => {
	const problem = {name: 'CLOSE-WAIT leak', count: 8};
	for (const rows of [webScene, calmScene]) {
		for (let columns = 60; columns <= 300; columns++) {
			for (const group of [{waiting: 4}, {waiting: 4, problem}, {problem}, {label: '192.168.100.200'}]) {
				const lines = linesOf(drive({
					columns, rows: 40, sockets: [headOf(group), ...rows.map(row => ({...row, groups: [-300]}))], query: inTree,
				}));
				const head = lines.find(line => line.startsWith('-')) ?? '';
				t.true(head.includes(group.label ?? '192.168.100.200:65535'), `${columns} columns: ${head}`);
				t.is(head.includes(', 4 waiting'), group.waiting === 4, `${columns} columns: ${head}`);
			}
		}
	}
});

test('the title of the inspector cuts no IPv4 address', t => {
	for (const columns of widths) {
		for (const [local, peer] of [['192.168.100.200:65535', '198.51.100.219:56973'], ['[::ffff:192.168.100.200]:8443', '[::ffff:198.51.100.219]:65002']]) {
			const socket = {...makeSocket(1, {local, peer}), inspected: {values: [{id: 'protocol', value: 'tcp'}, {id: 'state', value: 'ESTAB'}, {id: 'local', value: local}, {id: 'peer', value: peer}]}};
			const driver = drive({columns, sockets: [socket]}).press(keys.down).press(keys.enter);
			const title = linesOf(driver)[0].replaceAll(']', '');
			t.true([local, peer].every(end => title.includes(end.replace('[::ffff:', '').replace(']', ''))), `${columns} columns: ${title}`);
		}
	}
});

const anyByte = fc.nat(255);
const anyIpv4 = fc.tuple(anyByte, anyByte, anyByte, anyByte).map(bytes => bytes.join('.'));
const anyHost = fc.oneof({arbitrary: anyIpv4, weight: 5}, anyIpv4.map(host => `[::ffff:${host}]`), fc.ipV6().map(host => `[${host}]`));
const anyEndpoint = fc.tuple(anyHost, fc.integer({min: 1, max: 65_535})).map(([host, port]) => `${host}:${port}`);
const anyProcess = fc.tuple(fc.string({unit: fc.constantFrom(...'abcdefgh'), minLength: 1, maxLength: 15}), fc.nat(4_194_304)).map(([name, pid]) => `${name}/${pid}`);
const anySocket = fc.record({
	state: fc.constantFrom(...shortStateNames.keys()),
	health: fc.option(fc.constantFrom('loss', 'CLOSE-WAIT leak', 'peer not reading'), {nil: undefined}),
	recvQ: fc.nat(10_000_000),
	sendQ: fc.nat(10_000_000),
	local: anyEndpoint,
	peer: anyEndpoint,
	rxRate: fc.nat(1_000_000_000),
	txRate: fc.nat(1_000_000_000),
	rtt: fc.double({min: 0, max: 100_000, noNaN: true}),
	process: fc.oneof(anyProcess, fc.tuple(anyProcess, anyProcess).map(pair => pair.join(' ⇄ '))),
});

test('no address is cut while a less important column is shown, in any table at any width', t => {
	fc.assert(fc.property(fc.array(anySocket, {minLength: 1, maxLength: 12}), fc.integer({min: 30, max: 320}), fc.boolean(), (values, columns, isLive) => {
		const sockets = values.map((each, index) => ({
			...makeSocket(index + 1, each), tones: each.health === undefined ? {} : {health: 'bad' as const},
		}));
		const driver = drive({
			columns, rows: 40, sockets, query: isLive ? liveQuery : {sort: {field: 'state', descending: false}},
		});
		const {columns: shown} = tableFit(driver.state());
		const {field: sorted} = driver.state().sort;
		const endpoints = shown.filter(({field: {id}}) => id === 'local' || id === 'peer');
		for (const {field, width} of endpoints) {
			const whole = Math.max(...values.map(each => wholeEndpointWidth(each[field.id === 'local' ? 'local' : 'peer'])));
			const others = width >= whole ? [] : shown.filter(({field: other}) => other.importance < field.importance && other.id !== sorted);
			t.deepEqual(others.map(({field: {id}}) => id), [], `${field.id} is ${width} of ${whole} wide at ${columns} columns`);
		}

		if (columns < 60) {
			return;
		}

		const text = linesOf(driver).join('\n').replaceAll(']', '');
		const ends = values.flatMap(({local, peer}) => [local, peer]).filter(each => wholeEndpointWidth(each) > 0);
		for (const end of ends) {
			t.true(text.includes(end.replace('[::ffff:', '').replace(']', '')), `${end} at ${columns} columns`);
		}
	}));
});

test('headings have a short form where their column may be narrower than they are', t => {
	for (const id of ['state', 'process']) {
		const field = findField(id);
		t.true(field !== undefined && textWidth(field.shortTitle ?? field.title) + 1 <= Math.max(field.width.min, 5));
	}
});
