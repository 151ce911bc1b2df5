import test, {type ExecutionContext} from 'ava';
import fc from '../helpers/property.js';
import {matcherOf} from '../../source/query/match/matcher.js';
import {compareByLevels} from '../../source/query/order/level.js';
import {takeOrder} from '../../source/query/order/order.js';
import type {CursorRequest, Query} from '../../source/query/query.js';
import {createViewer, type ViewResult} from '../../source/query/window/viewer.js';
import {createTestContext, type TestContext} from '../helpers/context.js';

type Step =
	/** A sample: sockets at these positions are closed, this many are opened, and rates change. */
	| {readonly kind: 'sample'; readonly closed: readonly number[]; readonly opened: number; readonly seconds: number}
	| {readonly kind: 'again'}
	| {readonly kind: 'ask'; readonly query: Query};

const cursors: fc.Arbitrary<CursorRequest> = fc.oneof(
	fc.constantFrom<CursorRequest>({kind: 'none'}, {kind: 'first'}, {kind: 'last'}),
	fc.record({kind: fc.constant('row'), id: fc.nat(60), by: fc.integer({min: -20, max: 20})}),
	fc.record({kind: fc.constant('match'), id: fc.option(fc.nat(60), {nil: undefined}), direction: fc.constantFrom(-1, 0, 1)}),
);

const sort = {field: fc.constantFrom('localPort', 'rxRate', 'peer', 'rtt', 'process'), descending: fc.boolean()};

const queries: fc.Arbitrary<Query> = fc.record({
	filter: fc.constantFrom('', '', 'port < 20', 'rxRate > 40', 'port 7', '10.0.0.1', 'nothing'),
	search: fc.constantFrom('', '', '5', '10.0.0.2', 'none'),
	classes: fc.constant({protocols: ['tcp'] as const, families: [], states: []}),
	sort: fc.record({...sort, finer: fc.record(sort)}, {requiredKeys: ['field', 'descending']}),
	columns: fc.constant(['local']),
	window: fc.record({height: fc.nat(12), cursor: cursors, frozen: fc.boolean()}),
});

const steps: fc.Arbitrary<readonly Step[]> = fc.array(fc.oneof(
	fc.record({
		kind: fc.constant('sample'), closed: fc.array(fc.nat(40), {maxLength: 4}), opened: fc.nat(6), seconds: fc.integer({min: 1, max: 4}),
	}),
	fc.record({kind: fc.constant('again')}),
	fc.record({kind: fc.constant('ask'), query: queries}),
), {minLength: 1, maxLength: 25});

const open = (context: TestContext, number: number): void => {
	context.add({
		local: [`10.0.0.${number % 3}`, 1 + number % 30],
		peer: ['10.0.0.9', number % 4],
		...(number % 2 === 0 && {owners: [{pid: 1 + number % 5, name: `process ${number % 3}`}]}),
		core: {rxRate: (number * 37) % 100},
	});
};

const sample = (context: TestContext, {closed, opened, seconds}: Extract<Step, {kind: 'sample'}>): void => {
	const {table} = context;
	table.begin(table.now + seconds * 1000);
	for (const slot of closed) {
		if (slot < table.used && table.isUsed(slot)) {
			table.close(slot);
		}
	}

	for (let index = 0; index < opened; index++) {
		open(context, index + table.sample * 7);
	}

	for (let slot = 0; slot < table.used; slot++) {
		table.core.rxRate[slot] = (slot * 31 + table.sample * 17) % 100;
	}

	table.end([]);
};

const usedSlots = ({table}: TestContext): number[] => Array.from({length: table.used}, (_, slot) => slot).filter(slot => table.isUsed(slot));

const isWithin = ({slots, offset, matching, selected}: ViewResult, {window: {height, cursor}}: Query, ids: Uint32Array): boolean => {
	const isFull = slots.length === Math.min(height, matching - offset);
	const isSelected = selected === undefined
		? offset === 0 && (matching === 0 || cursor.kind === 'none' || cursor.kind === 'match')
		: selected.index < matching && (height === 0 || ids[slots[selected.index - offset]] === selected.id);
	return isFull && offset >= 0 && isSelected;
};

const check = (t: ExecutionContext, context: TestContext, query: Query, view: ViewResult): void => {
	const matches = matcherOf(query, context);
	const used = usedSlots(context);
	const matching = Uint32Array.from(used.filter(slot => matches(slot)));
	t.is(view.known, used.length);
	t.is(view.matching, matching.length);
	t.true(isWithin(view, query, context.table.core.id));
	t.is(new Set(view.slots).size, view.slots.length);
	t.true(view.slots.every(slot => matching.includes(slot)));
	const sorted = matching.toSorted(compareByLevels(takeOrder(query.sort, context, matching).levels(matching)));
	const expected = [...sorted.subarray(view.offset, view.offset + query.window.height)];
	t.deepEqual(view.slots, query.window.frozen ? view.slots : expected);
};

test('whatever happens, the window is correct and shows the cursor', t => {
	fc.assert(fc.property(queries, steps, (first, list) => {
		const context = createTestContext([]);
		for (let number = 0; number < 15; number++) {
			open(context, number);
		}

		const viewer = createViewer();
		let query = first;
		check(t, context, query, viewer.view(query, context));
		for (const step of list) {
			if (step.kind === 'sample') {
				sample(context, step);
			} else if (step.kind === 'ask') {
				({query} = step);
			}

			const view = viewer.view(query, context);
			check(t, context, query, view);
			const {isFound: _, ...again} = viewer.view(query, context);
			t.like(view, again);
		}
	}), {numRuns: 300});
});

test('while the order is frozen, no two rows are swapped', t => {
	const samples = fc.array(steps.map(list => list.filter(step => step.kind === 'sample')), {maxLength: 3}).map(lists => lists.flat());
	fc.assert(fc.property(queries, samples, (first, list) => {
		const context = createTestContext([]);
		for (let number = 0; number < 25; number++) {
			open(context, number);
		}

		const ask = (viewer: ReturnType<typeof createViewer>, isFrozen: boolean): number[] => {
			const query: Query = {...first, window: {height: 1000, cursor: {kind: 'none'}, frozen: isFrozen}};
			return viewer.view(query, context).slots.map(slot => context.table.core.id[slot]);
		};

		const viewer = createViewer();
		const answers = [ask(viewer, false), ...list.map(step => {
			sample(context, step);
			return ask(viewer, true);
		})];
		for (const [index, now] of answers.entries()) {
			const before = answers[index - 1] ?? [];
			const known = new Set(answers.slice(0, index).flat());
			const kept = now.filter(id => index === 0 || known.has(id));
			t.deepEqual(now.slice(0, kept.length), kept);
			t.deepEqual(kept.filter(id => before.includes(id)), before.filter(id => kept.includes(id)));
		}
	}), {numRuns: 200});
});
