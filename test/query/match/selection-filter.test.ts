import test from 'ava';
import {
	keepAll,
	intersection,
	union,
	keepNone,
	complement,
	predicateOf,
	filterLiving,
	filterSlots,
	filterBy,
	filterByColumn,
	type SelectionFilter,
	type SlotPredicate,
} from '../../../source/query/match/selection-filter.js';
import fc from '../../helpers/property.js';

/** A selection filter and its equivalent predicate. */
type Known = {readonly selectionFilter: SelectionFilter; readonly isKept: SlotPredicate};

const column = Uint8Array.from({length: 10_000}, (_, slot) => (slot * 7919) % 251);
const setBelow = (limit: number): Uint8Array => Uint8Array.from({length: 256}, (_, value) => value < limit ? 1 : 0);

const {known} = fc.letrec<{known: Known}>(tie => ({
	known: fc.oneof(
		{depthSize: 'small'},
		fc.constant({selectionFilter: keepAll, isKept: () => true}),
		fc.constant({selectionFilter: keepNone, isKept: () => false}),
		fc.integer({min: 1, max: 9}).map((divisor): Known => ({selectionFilter: filterBy(slot => slot % divisor === 0), isKept: slot => slot % divisor === 0})),
		fc.integer({min: 0, max: 251}).map((limit): Known => ({selectionFilter: filterByColumn(column, setBelow(limit)), isKept: slot => column[slot] < limit})),
		tie('known').map(({selectionFilter, isKept}): Known => ({selectionFilter: complement(selectionFilter), isKept: slot => !isKept(slot)})),
		fc.array(tie('known'), {maxLength: 3}).map((all): Known => ({selectionFilter: intersection(all.map(({selectionFilter}) => selectionFilter)), isKept: slot => all.every(({isKept}) => isKept(slot))})),
		fc.array(tie('known'), {maxLength: 3}).map((all): Known => ({selectionFilter: union(all.map(({selectionFilter}) => selectionFilter)), isKept: slot => all.some(({isKept}) => isKept(slot))})),
	),
}));

const slotSets = fc.tuple(fc.nat(10_000), fc.integer({min: 1, max: 5})).map(([count, step]) =>
	Uint32Array.from({length: Math.floor(count / step)}, (_, index) => index * step));

test('selection filters keep the slots that match their predicate, in order, however they are composed', t => {
	fc.assert(fc.property(known, slotSets, ({selectionFilter, isKept}, slots) => {
		t.deepEqual(filterSlots(slots, selectionFilter), slots.filter(slot => isKept(slot)));
	}));
});

test('a single socket is tested like many', t => {
	fc.assert(fc.property(known, fc.nat(9999), ({selectionFilter, isKept}, slot) => {
		t.is(predicateOf(selectionFilter)(slot), isKept(slot));
	}));
});

test('only slots of existing sockets are filtered', t => {
	fc.assert(fc.property(known, fc.nat(9000), fc.integer({min: 1, max: 4}), ({selectionFilter, isKept}, used, step) => {
		const life = Uint8Array.from({length: 10_000}, (_, slot) => slot % step === 0 ? 0 : 1);
		const into = new Uint32Array(10_000);
		const {kept, alive} = filterLiving(life, used, selectionFilter, into);
		const living = Array.from({length: used}, (_, slot) => slot).filter(slot => life[slot] === 1);
		t.is(alive, living.length);
		t.deepEqual([...into.subarray(0, kept)], living.filter(slot => isKept(slot)));
	}), {numRuns: 50});
});
