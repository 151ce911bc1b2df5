import test from 'ava';
import fc from '../helpers/property.js';
import {fitWidths} from '../../source/commands/fit-widths.js';

const sum = (widths: readonly number[]): number => widths.reduce((total, width) => total + width, 0);

test('with enough room, each column has its full width', t => {
	t.deepEqual(fitWidths([{full: 5, min: 5}, {full: 47, min: 15}], 60), [5, 47]);
	t.deepEqual(fitWidths([{full: 5, min: 5}, {full: 47, min: 15}], Infinity), [5, 47]);
	t.deepEqual(fitWidths([], 10), []);
});

test('the widest columns shrink first, none below its minimum, and no width is left over', t => {
	t.deepEqual(fitWidths([{full: 5, min: 5}, {full: 47, min: 15}, {full: 20, min: 10}], 45), [5, 20, 20]);
	t.deepEqual(fitWidths([{full: 5, min: 5}, {full: 47, min: 15}, {full: 20, min: 10}], 44), [5, 20, 19]);
	t.deepEqual(fitWidths([{full: 5, min: 5}, {full: 47, min: 15}, {full: 20, min: 10}], 30), [5, 15, 10]);
});

test('if not even the minimum widths fit, nothing is cut', t => {
	t.deepEqual(fitWidths([{full: 5, min: 5}, {full: 47, min: 15}], 19), [5, 47]);
});

test('columns use all available width, within their bounds', t => {
	const column = fc.tuple(fc.nat({max: 40}), fc.nat({max: 40})).map(([min, more]) => ({min, full: min + more}));
	fc.assert(fc.property(fc.array(column, {maxLength: 12}), fc.nat({max: 300}), (columns, available) => {
		const widths = fitWidths(columns, available);
		const min = sum(columns.map(each => each.min));
		const full = sum(columns.map(each => each.full));
		t.is(sum(widths), min > available ? full : Math.min(full, available));
		t.true(columns.every((each, index) => widths[index] >= each.min && widths[index] <= each.full));
	}));
});
