import test from 'ava';
import fc from '../helpers/property.js';
import {readCell, readTone} from '../../source/fields/model/cell.js';
import type {Field} from '../../source/fields/model/field.js';
import {formatValue} from '../../source/fields/model/format.js';
import {
	columnsFor,
	defaultColumns,
	fields,
	findField,
	suggestField,
} from '../../source/fields/registry.js';
import {healthColumns} from '../../source/table/health/columns.js';
import {optionalColumns} from '../../source/table/columns/columns.js';
import {State, stateNames} from '../../source/table/columns/states.js';
import {createTestContext} from '../helpers/context.js';

const namesOf = (field: Field): readonly string[] => [field.id, ...field.aliases ?? []];

for (const field of fields) {
	test(`${field.id} is complete`, t => {
		t.regex(field.id, /^[a-z][0-9A-Za-z]*$/v);
		t.regex(field.meaning, /^[\dA-Z“].*\.$/v);
		t.true(field.title.length > 0 && (field.title.length <= field.width.min || (field.kind === 'text' && field.forms !== undefined)), 'the heading fits');
		t.true(field.width.min <= field.width.max);
		for (const name of namesOf(field)) {
			t.is(findField(name), field);
		}
	});
}

test('names are unique', t => {
	const names = fields.flatMap(field => namesOf(field)).map(name => name.toLowerCase());
	t.is(new Set(names).size, names.length);
	t.is(new Set(fields.map(field => field.title)).size, fields.length);
});

test('every optional column has the field of its name, which asks for it', t => {
	for (const column of Object.keys(optionalColumns)) {
		// The column of the upper half belongs to the field of the lower half.
		const isMadeByTable = (healthColumns as readonly string[]).includes(column);
		const columns: readonly string[] = findField(isMadeByTable ? 'health' : column.replace(/High$/v, ''))?.columns ?? [];
		t.true(columns.includes(column), column);
	}
});

test('names are found in any case, with hyphens and underscores or without', t => {
	for (const name of ['recvQ', 'RECVQ', 'Recv-Q', 'recv_q']) {
		t.is(findField(name)?.id, 'recvQ');
	}

	t.is(findField('bytes_sent')?.id, 'bytesSent');
	t.is(findField('dport')?.id, 'peerPort');
	t.is(findField('nothing'), undefined);
	t.is(findField(''), undefined);
});

test('suggests the closest name', t => {
	t.is(suggestField('recvv'), 'recvQ');
	t.is(suggestField('rt'), 'rtt');
	t.is(suggestField('bytesRec'), 'bytesReceived');
	t.is(suggestField('Proces'), 'process');
	t.is(suggestField('lcoal'), 'local');
	t.is(suggestField('xyzzy'), undefined);
	t.is(suggestField(''), undefined);
});

test('default columns are fields', t => {
	for (const id of defaultColumns) {
		t.is(findField(id)?.id, id);
	}
});

test('requests only the columns that are needed', t => {
	const wanted = ['state', 'cwnd', 'windowScale', 'cwnd'].map(name => findField(name)).filter(field => field !== undefined);
	t.deepEqual([...columnsFor(wanted)].toSorted(), ['cwnd', 'tcpOptions', 'windowScale']);
	t.deepEqual(columnsFor([]), new Set());
});

const alwaysPresent = new Set(['protocol', 'family', 'type', 'state', 'cookie', 'recvQ', 'sendQ', 'local', 'peer', 'localAddress', 'localPort', 'peerAddress', 'peerPort', 'age', 'stateAge']);

test('values that the kernel did not report are absent', t => {
	for (const context of [createTestContext(), createTestContext([])]) {
		const slot = context.add();
		for (const field of fields) {
			const value = readCell(field, context, slot);
			t.is(value !== undefined, alwaysPresent.has(field.id), field.id);
			t.is(formatValue(field, undefined), field.kind === 'number' ? '-' : '');
			t.true(value !== undefined || field.kind === 'owners' || readTone(field, context, slot) === undefined);
		}
	}
});

/** Cells of any length: they are shortened, or their column is widened. */
const unbounded = new Set(['processes', 'tcpOptions', 'user', 'interface', 'socketOptions']);

const coreNumbers = [
	'recvQ', 'sendQ', 'timer', 'timerExpires', 'rtt', 'bytesSent', 'bytesReceived', 'txRate', 'rxRate', 'uid', 'inode', 'cookieHigh',
];

test('numbers fit their columns, whatever the kernel reports', t => {
	const value = fc.oneof(fc.nat({max: 0xFF}), fc.nat({max: 0xFF_FF_FF_FF}), fc.double({min: 0, max: 2 ** 64, noNaN: true}), fc.constant(2 ** 64));
	const state = fc.nat({max: stateNames.length - 1});
	fc.assert(fc.property(value, state, (number, stateNumber) => {
		const context = createTestContext();
		const slot = context.add({
			state: stateNumber,
			local: ['2001:db8:1111:2222:3333:4444:5555:6666', 65_535],
			peer: ['::ffff:255.255.255.255', 65_535],
			core: {
				...Object.fromEntries(coreNumbers.map(name => [name, number])), openedAt: -number, stateSince: -number,
			},
			optional: Object.fromEntries(Object.keys(optionalColumns).map(name => [name, number])),
			owners: [{pid: 4_194_304, name: '123456789012345'}, {pid: 2, name: 'x'}],
		});
		for (const field of fields) {
			const text = formatValue(field, readCell(field, context, slot));
			t.true(unbounded.has(field.id) || text.length <= field.width.max, `${field.id}: ${text}`);
			t.notThrows(() => readTone(field, context, slot));
		}
	}), {numRuns: 50});
});

test('listeners do not have the numbers of connections', t => {
	const context = createTestContext();
	const optional = Object.fromEntries(Object.keys(optionalColumns).map(name => [name, 7]));
	const text = context.table.texts.intern('text');
	const slot = context.add({
		state: State.listen, core: {rtt: 7}, optional: {
			...optional, cgroup: text, congestion: text, ulp: text, pendingConnections: text, sctpLocals: text, sctpPeers: text,
		},
	});
	const present = fields.filter(field => field.columns !== undefined && field.read(context, slot) !== undefined).map(field => field.id);
	t.deepEqual(present, [
		'health',
		'cgroup',
		'cgroupId',
		'congestion',
		'unacked',
		'sacked',
		'receiveMemory',
		'receiveBuffer',
		'sendMemory',
		'sendBuffer',
		'forwardAllocation',
		'writeQueued',
		'optionMemory',
		'backlog',
		'drops',
		'shutdown',
		'v6Only',
		'tos',
		'trafficClass',
		'classId',
		'mark',
		'portAsked',
		'socketOptions',
		'ipProtocol',
		'ulp',
		'pendingConnections',
		'vfsInode',
		'vfsDevice',
		'tipcPublished',
		'sctpLocals',
		'sctpPeers',
		'sctpAutoclose',
		'sctpAdaptation',
		'sctpPartialDelivery',
		'sctpNodelay',
		'sctpNoFragments',
		'sctpV4Mapped',
		'sctpInterleave',
	]);
	t.is(findField('rtt')?.read(context, slot), undefined);
});
