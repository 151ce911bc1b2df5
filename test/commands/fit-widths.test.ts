import test from 'ava';
import fc from '../helpers/property.js';
import {fitWidths} from '../../source/commands/fit-widths.js';

const sum = (widths: readonly number[]): number => widths.reduce((total, width) => total + width, 0);

test('with room, each column is as wide as it wants to be', t => {
	t.deepEqual(fitWidths([{full: 5, min: 5}, {full: 47, min: 15}], 60), [5, 47]);
	t.deepEqual(fitWidths([{full: 5, min: 5}, {full: 47, min: 15}], Infinity), [5, 47]);
	t.deepEqual(fitWidths([], 10), []);
});

test('the widest give way first, none below its least, and nothing is left over', t => {
	t.deepEqual(fitWidths([{full: 5, min: 5}, {full: 47, min: 15}, {full: 20, min: 10}], 45), [5, 20, 20]);
	t.deepEqual(fitWidths([{full: 5, min: 5}, {full: 47, min: 15}, {full: 20, min: 10}], 44), [5, 20, 19]);
	t.deepEqual(fitWidths([{full: 5, min: 5}, {full: 47, min: 15}, {full: 20, min: 10}], 30), [5, 15, 10]);
});

test('where not even the least fits, nothing is cut', t => {
	t.deepEqual(fitWidths([{full: 5, min: 5}, {full: 47, min: 15}], 19), [5, 47]);
});

test('what fits takes all that there is, within the bounds of each', t => {
	const column = fc.tuple(fc.nat({max: 40}), fc.nat({max: 40})).map(([min, more]) => ({min, full: min + more}));
	fc.assert(fc.property(fc.array(column, {maxLength: 12}), fc.nat({max: 300}), (columns, available) => {
		const widths = fitWidths(columns, available);
		const min = sum(columns.map(each => each.min));
		const full = sum(columns.map(each => each.full));
		t.is(sum(widths), min > available ? full : Math.min(full, available));
		t.true(columns.every((each, index) => widths[index] >= each.min && widths[index] <= each.full));
	}));
});
