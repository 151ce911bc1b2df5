import test from 'ava';
import fc from '../../helpers/property.js';
import {compilePort} from '../../../source/query/match/port-filter.js';
import {keepAll, predicateOf} from '../../../source/query/match/selection-filter.js';
import {createTestContext} from '../../helpers/context.js';

const context = createTestContext();

const isShown = (digits: string, isExact: boolean, local: number, peer: number): boolean => {
	context.table.core.localPort[slot] = local;
	context.table.core.peerPort[slot] = peer;
	return predicateOf(compilePort({digits, exact: isExact})?.(context.table) ?? keepAll)(slot);
};

const slot = context.add();

test('digits are the start of a local or peer port', t => {
	const port = fc.integer({min: 1, max: 65_535});
	fc.assert(fc.property(fc.string({unit: fc.constantFrom('0', '1', '4', '5', '6'), minLength: 1, maxLength: 6}), port, port, (digits, local, peer) => {
		t.is(isShown(digits, false, local, peer), String(local).startsWith(digits) || String(peer).startsWith(digits));
		t.is(isShown(digits, true, local, peer), String(local) === digits || String(peer) === digits);
	}));
	for (const [digits, begun] of [['6', 60_000], ['655', 65_535], ['65535', 65_535], ['4', 4]] as const) {
		t.true(isShown(digits, false, 1, begun));
	}
});

test('port 0 never matches', t => {
	t.false(isShown('0', false, 80, 0));
	t.false(isShown('0', true, 80, 0));
});

test('no digits hide nothing, and a text that is not a number hides everything', t => {
	t.is(compilePort(undefined), undefined);
	t.is(compilePort({digits: '', exact: true}), undefined);
	t.false(isShown('x', false, 80, 80));
});
