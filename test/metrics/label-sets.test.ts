import test from 'ava';
import {LabelSets} from '../../source/metrics/label-sets.js';
import {labels} from '../../source/metrics/labels.js';

test('combinations beyond the limit are merged into one, and counted', t => {
	const sets = new LabelSets(2, 3);
	const [a, b] = [sets.numberOf(['a', '1']), sets.numberOf(['a', '2'])];
	t.not(a, b);
	t.is(sets.folded, 0);
	const [c, d] = [sets.numberOf(['c', '1']), sets.numberOf(['d', '1'])];
	t.is(c, d);
	t.deepEqual(sets.valuesOf(c), ['other', 'other']);
	t.is(sets.numberOf(['c', '1']), c);
	t.is(sets.folded, 2);
	t.is(sets.numberOf(['a', '1']), a);
	t.deepEqual(sets.valuesOf(a), ['a', '1']);
});

test('values are short and without control characters, also if they are made to be mistaken for others', t => {
	const sets = new LabelSets(1);
	t.deepEqual(sets.valuesOf(sets.numberOf(['a\u{1B}[2J\n"b"'])), [String.raw`a\x1b[2J\n"b"`]);
	t.is(sets.valuesOf(sets.numberOf(['x'.repeat(300)]))[0].length, 100);
	t.is(sets.numberOf(['x'.repeat(300)]), sets.numberOf(['x'.repeat(200)]));
	const two = new LabelSets(2);
	t.not(two.numberOf(['a\u{0}b', 'c']), two.numberOf(['a', 'b\u{0}c']));
});

test('no label contains an address, a process id or a cookie', t => {
	t.deepEqual(labels.map(({name}) => name).filter(name => /address|pid|cookie|inode|peer_port|local/v.test(name)), []);
});
