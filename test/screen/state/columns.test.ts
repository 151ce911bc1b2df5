import test from 'ava';
import fc from '../../helpers/property.js';
import {isImplied} from '../../../source/screen/state/table-fit.js';
import {findField} from '../../../source/fields/registry.js';
import {fitColumns, type ColumnNeed, type Fit} from '../../../source/screen/state/columns.js';

const importanceOf = (id: string): number => findField(id)?.importance ?? 50;

/** The columns, where some say as much as others. */
const withImplied = (needs: readonly ColumnNeed[]): readonly ColumnNeed[] =>
	needs.map(column => ({...column, isImplied: isImplied(findField(column.id) ?? {}, needs.map(({id}) => id))}));

const need = (id: string, min: number, typical = min, full = typical): ColumnNeed => ({
	id, min, whole: min, fair: min, comfort: Math.min(typical, 18), typical, full, importance: importanceOf(id), isKept: false, isImplied: false, takesRest: id === 'process',
});

/** The default columns on a server with IPv4 and a few IPv6 connections. */
const usual: readonly ColumnNeed[] = [
	need('protocol', 5),
	need('state', 10),
	need('recvQ', 6),
	need('sendQ', 6),
	need('local', 15, 15, 37),
	need('peer', 15, 21, 47),
	need('rxRate', 6),
	need('txRate', 6),
	need('rtt', 6),
	need('age', 6),
	need('process', 10, 13, 21),
];

const ids = ({columns}: Fit): readonly string[] => columns.map(({id}) => id);
const widthOf = (fit: Fit, id: string): number | undefined => fit.columns.find(column => column.id === id)?.width;
const totalWidth = ({columns, gap}: Fit): number => columns.reduce((sum, {width}) => sum + width, 0) + gap * (columns.length - 1);

test('with enough room, all columns have their full width, gaps are wider, and the last column takes the rest', t => {
	const fit = fitColumns(usual, 298);
	t.deepEqual(fit.dropped, []);
	t.is(fit.gap, 3);
	t.is(widthOf(fit, 'peer'), 47);
	t.is(totalWidth(fit), 298);
	t.true((widthOf(fit, 'process') ?? 0) > 21);
});

test('a last column of numbers does not take the rest', t => {
	const fit = fitColumns([need('local', 10), need('age', 6)], 100);
	t.is(widthOf(fit, 'age'), 6);
});

test('in the journal, the state is dropped before the counters, unless the previous state is shown', t => {
	const journal = withImplied([
		need('time', 8),
		need('event', 7),
		need('state', 10),
		need('local', 15),
		need('peer', 15),
		need('process', 10, 17),
		need('lived', 6),
		need('ended', 14),
		need('bytesSent', 6),
		need('bytesReceived', 6),
	]);
	t.deepEqual(fitColumns(journal, 98).dropped, ['state']);
	t.deepEqual(fitColumns(journal.map(column => ({...column, isKept: column.id === 'event'})), 98).dropped, ['state'], 'whatever it is sorted by');
	t.deepEqual(fitColumns(journal, 80).dropped, ['state', 'lived', 'bytesSent', 'bytesReceived'], 'how it ended tells more than how long it lived');
	t.deepEqual(fitColumns(journal, 60).dropped, ['state', 'lived', 'ended', 'bytesSent', 'bytesReceived']);
	const both = withImplied([...journal.slice(0, 2), need('previousState', 10), ...journal.slice(2)]);
	t.deepEqual(fitColumns(both, 81).dropped, ['lived', 'ended', 'bytesSent', 'bytesReceived']);
});

test('in the difference, received and sent bytes are dropped after the peer, both together', t => {
	const difference = [
		need('sinceMark', 6), ...usual.filter(({id}) => ['protocol', 'state', 'local', 'peer'].includes(id)), need('receivedSinceMark', 7), need('sentSinceMark', 6), need('process', 10, 15, 28),
	].map(column => ({...column, isKept: column.id === 'sinceMark'}));
	t.deepEqual(ids(fitColumns(difference, 79)), ['sinceMark', 'state', 'local', 'peer', 'receivedSinceMark', 'sentSinceMark', 'process']);
	t.deepEqual(ids(fitColumns(difference, 59)), ['sinceMark', 'state', 'local', 'peer']);
	t.deepEqual(ids(fitColumns(difference, 39)), ['sinceMark', 'local', 'peer']);
	const [received, sent] = [need('receivedSinceMark', 7), need('sentSinceMark', 6)];
	t.is(fitColumns([received, sent], 10).columns.length, 1, 'one stays');
});

test('columns that repeat the group headings are dropped first', t => {
	const grouped = usual.map(column => ({...column, isImplied: column.id === 'process'}));
	t.deepEqual(ids(fitColumns(grouped, 53)), ['state', 'local', 'peer', 'process']);
	t.deepEqual(ids(fitColumns(grouped, 52)), ['state', 'local', 'peer']);
	t.deepEqual(ids(fitColumns(usual, 52)), ['state', 'local', 'peer']);
});

test('columns are dropped in order of importance', t => {
	const shown = (width: number): readonly string[] => ids(fitColumns(usual, width));
	t.deepEqual(fitColumns(usual, 118).dropped, []);
	t.deepEqual(fitColumns(usual, 104).dropped, ['recvQ', 'sendQ']);
	t.deepEqual(fitColumns(usual, 95).dropped, ['recvQ', 'sendQ']);
	t.deepEqual(fitColumns(usual, 91).dropped, ['recvQ', 'sendQ', 'rtt']);
	t.deepEqual(fitColumns(usual, 78).dropped, ['recvQ', 'sendQ', 'rtt', 'age']);
	t.deepEqual(shown(66), ['protocol', 'state', 'local', 'peer', 'process']);
	t.deepEqual(shown(53), ['state', 'local', 'peer', 'process']);
	t.deepEqual(shown(42), ['state', 'local', 'peer']);
	t.deepEqual(shown(31), ['local', 'peer']);
	t.deepEqual(shown(20), ['local']);
	t.deepEqual(shown(3), ['local']);
});

test('most cells fit before the widest ones do', t => {
	const fit = fitColumns(usual, 118);
	t.true((widthOf(fit, 'local') ?? 0) >= 15);
	t.true((widthOf(fit, 'peer') ?? 0) >= 21);
	t.true((widthOf(fit, 'process') ?? 0) >= 13);
	t.true((widthOf(fit, 'peer') ?? 0) < 47);
});

test('the sorted column is dropped last', t => {
	const sorted = usual.map(each => ({...each, isKept: each.id === 'age'}));
	t.deepEqual(fitColumns(sorted, 98).dropped, ['recvQ', 'sendQ']);
	t.deepEqual(ids(fitColumns(sorted, 30)), ['local', 'age']);
	t.deepEqual(ids(fitColumns(sorted, 10)), ['age']);
});

test('chosen columns are dropped from the right, after the rates and others', t => {
	const asked = [need('inode', 8), need('cookie', 16), ...usual];
	t.deepEqual(fitColumns(asked, 104).dropped, ['recvQ', 'sendQ', 'rtt', 'age']);
	t.deepEqual(ids(fitColumns(asked, 80)), ['inode', 'cookie', 'state', 'local', 'peer', 'process']);
	t.deepEqual(ids(fitColumns(asked, 62)), ['inode', 'state', 'local', 'peer', 'process']);
	t.deepEqual(ids(fitColumns(asked, 53)), ['state', 'local', 'peer', 'process']);
});

const anyNeed = fc.record({
	id: fc.constantFrom(...usual.map(({id}) => id), 'inode', 'cookie', 'uid', 'event', 'receivedSinceMark', 'sentSinceMark'),
	min: fc.integer({min: 1, max: 20}),
	kept: fc.nat(20),
	more: fc.nat(20),
	extra: fc.nat(40),
	takesRest: fc.boolean(),
	isSaid: fc.boolean(),
});
const anyNeeds = fc.tuple(fc.uniqueArray(anyNeed, {selector: ({id}) => id, minLength: 1}), fc.nat(20)).map(([needs, sorted]) =>
	needs.map(({id, min, kept, more, extra, takesRest, isSaid}, index): ColumnNeed => ({
		id, min, whole: min + Math.min(kept, more), fair: min + Math.min(kept, more), comfort: min + more, typical: min + more, full: min + more + extra, importance: importanceOf(id), takesRest, isImplied: isSaid, isKept: index === sorted,
	})));

test('columns never exceed the available width, keep their order, and are never below their minimum', t => {
	fc.assert(fc.property(anyNeeds, fc.integer({min: 0, max: 320}), (needs, available) => {
		const fit = fitColumns(needs, available);
		t.true(totalWidth(fit) <= available);
		t.deepEqual([...ids(fit), ...fit.dropped].toSorted(), needs.map(({id}) => id).toSorted());
		t.deepEqual(ids(fit), needs.map(({id}) => id).filter(id => !fit.dropped.includes(id)));
		for (const {id, min} of needs) {
			const width = widthOf(fit, id);
			t.true(width === undefined || width >= min || fit.columns.length === 1);
		}
	}));
});

test('with more room no column is lost', t => {
	fc.assert(fc.property(anyNeeds, fc.integer({min: 0, max: 320}), (needs, available) => {
		const narrow = fitColumns(needs, available);
		const wide = fitColumns(needs, available + 1);
		t.true(wide.dropped.every(id => narrow.dropped.includes(id)));
	}));
});

test('IPv4 addresses are cut only if no less important column is shown', t => {
	fc.assert(fc.property(anyNeeds, fc.integer({min: 0, max: 320}), (needs, available) => {
		const fit = fitColumns(needs, available);
		const shown = needs.filter(({id}) => widthOf(fit, id) !== undefined);
		const wrong = shown.filter(cut => (widthOf(fit, cut.id) ?? 0) < cut.whole && !cut.isImplied
			&& shown.some(other => other !== cut && !other.isKept && other.importance < cut.importance));
		t.deepEqual(wrong, []);
	}));
});
