import test from 'ava';
import fc from '../helpers/property.js';
import {readCell} from '../../source/fields/model/cell.js';
import type {Field} from '../../source/fields/model/field.js';
import {formatValue, jsonValue} from '../../source/fields/model/format.js';
import {fields, findField} from '../../source/fields/registry.js';
import {parseNumber} from '../../source/query/language/values/numbers.js';
import {parseFilter} from '../../source/query/language/parse.js';
import {compileFilter} from '../../source/query/match/predicate.js';
import {predicateOf} from '../../source/query/match/selection-filter.js';
import {optionalColumns, type OptionalColumn} from '../../source/table/columns/columns.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import {createTestContext, type TestContext} from '../helpers/context.js';

test('identifiers may be hexadecimal, measures may not', t => {
	t.is(parseNumber('0x1F', 'none'), 31);
	t.is(parseNumber('0xffffffff', 'none'), 0xFF_FF_FF_FF);
	t.is(parseNumber('0x', 'none'), undefined);
	t.is(parseNumber('0x1g', 'none'), undefined);
	t.is(parseNumber('0x1f', 'bytes'), undefined);
	t.is(parseNumber('0x1f', 'count'), undefined);
});

test('identifiers that are always hexadecimal need no prefix', t => {
	t.deepEqual(['62427b25', '0x62427B25', '10', '0010', '0x10'].map(text => parseNumber(text, 'hexadecimal')), [0x62_42_7B_25, 0x62_42_7B_25, 16, 16, 16]);
	t.deepEqual(['', '0x', 'xyz', '-1', '1k'].map(text => parseNumber(text, 'hexadecimal')), Array.from({length: 5}, () => undefined));
});

const isFound = (text: string, context: TestContext, slot: number): boolean => {
	const parsed = parseFilter(text);
	return 'expression' in parsed && predicateOf(compileFilter(parsed.expression).bind(context))(slot);
};

const isHexadecimal = (field: Field): boolean => (field.kind === 'number' && field.unit === 'hexadecimal') || (field.kind === 'text' && field.isHexadecimal === true);

/** A socket whose optional columns all hold a number. */
const socketWith = (number: number, protocol: number): {readonly context: TestContext; readonly slot: number} => {
	const context = createTestContext();
	const optional = Object.fromEntries(Object.keys(optionalColumns).map(name => [name, number])) as Record<OptionalColumn, number>;
	return {context, slot: context.add({protocol, optional})};
};

test('JSON has what a hexadecimal field shows, and a filter matches it with and without 0x', t => {
	const all = fields.filter(field => isHexadecimal(field));
	t.deepEqual(all.map(({id}) => id).toSorted(), [
		'cookie',
		'mptcpReceiveNext',
		'mptcpSendUnacked',
		'mptcpToken',
		'mptcpWriteSequence',
		'peerCookie',
		'sctpPeerTag',
		'sctpTag',
		'smcToken',
		'subflowMapSequence',
		'subflowOffset',
		'subflowPeerToken',
		'subflowToken',
	]);
	// This context has no peers.
	const names = all.filter(({id}) => id !== 'peerCookie');
	fc.assert(fc.property(fc.oneof(fc.constantFrom(1, 0x10, 0x62_42_78_25, 0x62_42_7B_25), fc.integer({min: 1, max: 0xFF_FF_FF_FE})), number => {
		const {context, slot} = socketWith(number, Protocol.tcp);
		for (const field of names) {
			const value = readCell(field, context, slot);
			const shown = formatValue(field, value);
			t.is(jsonValue(field, value), shown, field.id);
			for (const typed of [shown, `0x${shown}`, `00${shown}`, shown.toUpperCase()]) {
				t.true(isFound(`${field.id} = ${typed}`, context, slot), `${field.id} = ${typed}`);
			}

			t.true(isFound(`${field.id}:${shown}`, context, slot), field.id);
			t.false(isFound(`${field.id} != ${shown}`, context, slot), field.id);
			t.false(isFound(`${field.id} = ${shown}1`, context, slot), field.id);
		}
	}), {numRuns: 50});
});

test('what is shown with 0x is a number in JSON, and a filter matches both', t => {
	for (const id of ['mark', 'tos', 'trafficClass', 'classId', 'packetTimestamps']) {
		const field = findField(id);
		const {context, slot} = socketWith(0x2A, Protocol.tcp);
		t.is(field && formatValue(field, readCell(field, context, slot)), '0x2a');
		t.is(field && jsonValue(field, readCell(field, context, slot)), 42);
		t.true(isFound(`${id} = 0x2a`, context, slot));
		t.true(isFound(`${id} = 42`, context, slot));
	}
});

test('identifiers for which 0 means none match 0', t => {
	const context = createTestContext();
	const [without, bound] = [context.add(), context.add({core: {interfaceIndex: 2, inode: 7}})];
	const found = (text: string) => [without, bound].map(slot => isFound(text, context, slot));
	t.deepEqual(found('dev = 0'), [true, false]);
	t.deepEqual(found('dev != 0'), [false, true]);
	t.deepEqual(found('interfaceIndex < 2'), [true, false]);
	t.deepEqual(found('inode = 0'), [true, false]);
	t.deepEqual(found('inode > 0'), [false, true]);
});

test('portAsked is 0 for a port that the kernel chose', t => {
	const context = createTestContext();
	const slots = [
		context.add({local: ['127.0.0.1', 40_000], optional: {portAsked: 0}}),
		context.add({local: ['127.0.0.1', 40_000], optional: {portAsked: 1}}),
		// Accepted: the port is that of the listener.
		context.add({local: ['127.0.0.1', 22], optional: {portAsked: 0}}),
		// The source does not report it.
		context.add({local: ['127.0.0.1', 40_000]}),
	];
	t.deepEqual(slots.map(slot => findField('portAsked')?.read(context, slot)), [0, 1, undefined, undefined]);
	t.deepEqual(slots.map(slot => isFound('portAsked = 0', context, slot)), [true, false, false, false]);
	t.deepEqual(slots.map(slot => isFound('portAsked = 1', context, slot)), [false, true, false, false]);
});

test('all possible texts of a field are accepted, in any case and with hyphens for blanks', t => {
	const listed = fields.filter(field => field.kind === 'text' && field.values !== undefined);
	t.true(listed.length > 8);
	for (const field of listed) {
		for (const value of field.kind === 'text' ? field.values ?? [] : []) {
			const expected = {expression: {kind: 'text', field: field.id, pattern: {kind: 'exact', text: value}}};
			t.deepEqual(parseFilter(`${field.id} = ${value.replaceAll(' ', '-').toUpperCase()}`), expected, `${field.id} ${value}`);
		}
	}
});
