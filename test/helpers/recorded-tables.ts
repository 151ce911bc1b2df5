/** Tables that change in random samples, for tests of frames. */
import {createOwnerSets, type OwnerStore} from '../../source/owners/owner-sets.js';
import {directionOf, momentTolerance} from '../../source/recording/frames/columns.js';
import {readOwnersText} from '../../source/recording/frames/owner-texts.js';
import type {FrameState} from '../../source/recording/frames/state.js';
import type {ColumnName, OptionalColumn} from '../../source/table/columns/columns.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import {SocketTable} from '../../source/table/socket-table.js';
import fc from './property.js';
import {createTestContext, type TestContext} from './context.js';

/** A change of one socket in a sample; `number` is its cookie. */
type Step = {
	readonly number: number;
	readonly does: 'live' | 'close' | 'short';
	readonly state: number;
	readonly sent: number;
	readonly name: string;
	readonly owner: number;
	readonly port: number;
	readonly value: number;
	readonly timer: number;
};

const step: fc.Arbitrary<Step> = fc.record({
	number: fc.integer({min: 1, max: 30}),
	does: fc.constantFrom('live', 'live', 'live', 'close', 'short'),
	state: fc.integer({min: 1, max: 12}),
	sent: fc.integer({min: 0, max: 2 ** 40}),
	name: fc.constantFrom('', '/run/a', '/run/\u{1F600}', 'line\nfeed', 'x'.repeat(300)),
	owner: fc.nat(4),
	port: fc.nat(65_535),
	value: fc.nat(0xFF_FF_FF_FF),
	timer: fc.nat(100_000),
});

/** Samples: the changes in each, and the milliseconds since the previous one. */
export const samplesOfSockets = fc.array(fc.tuple(fc.array(step, {maxLength: 25}), fc.double({min: 1, max: 20_000, noNaN: true})), {minLength: 1, maxLength: 12});

const wanted: readonly OptionalColumn[] = ['healthProblem', 'lastDataSent', 'pacingRate', 'congestion', 'drops', 'tos', 'cgroupId'];

/** Applies a step to the table. `sent` has the bytes that each socket has sent so far. */
const playStep = (
	{number, does, state, sent: more, name, owner, port, value, timer}: Step,
	{table, owners, sent}: {readonly table: SocketTable; readonly owners: OwnerStore; readonly sent: Map<number, number>},
): void => {
	if (does === 'close') {
		const slot = table.find(number, 7);
		if (slot !== -1) {
			table.close(slot);
		}

		return;
	}

	const isKnown = table.find(number, 7) !== -1;
	const slot = table.observe(number, 7);
	table.setState(slot, Protocol.tcp, state);
	const total = (isKnown ? sent.get(number) ?? 0 : 0) + more;
	sent.set(number, total);
	table.setCounters(slot, total, Math.floor(total / 2));
	const {core} = table;
	core.localPort[slot] = port;
	core.localName[slot] = table.texts.intern(name);
	core.peerAddress.fill(value % 256, slot * 16, slot * 16 + 4);
	core.owners[slot] = owners.intern(owner === 0
		? []
		: Array.from({length: owner}, (_, index) => ({
			pid: 100 + index, name: name === '' ? 'nginx' : name, startTime: owner, fd: index,
		})));
	core.uid[slot] = value % 2 === 0 ? 0 : 1000;
	core.namespace[slot] = 0;
	core.interfaceIndex[slot] = value % 3;
	core.timerExpires[slot] = timer;
	for (const [column, content] of [
		['lastDataSent', timer], ['pacingRate', value / 3], ['congestion', table.texts.intern('cubic')], ['tos', port], ['cgroupId', 44], ['healthProblem', value % 5],
	] as const) {
		const array = table.optional(column);
		if (array !== undefined) {
			array[slot] = content;
		}
	}

	if (does === 'short' && !isKnown && table.openedSoFar.at(-1) === slot) {
		table.closeShortLived(slot);
	}
};

/**
Applies the steps to a table, one sample after the other.

@yields The same context after each sample.
*/
export const playSamples = function * (samples: ReadonlyArray<readonly [readonly Step[], number]>): Generator<TestContext> {
	const table = new SocketTable();
	table.setOptionalColumns(wanted);
	const owners = createOwnerSets();
	const context: TestContext = {...createTestContext([]), table, owners};
	let now = 0;
	const sent = new Map<number, number>();
	for (const [steps, elapsed] of samples) {
		now += elapsed;
		table.begin(now);
		for (const each of steps) {
			playStep(each, {table, owners, sent});
		}

		table.end([]);
		yield context;
	}
};

/** Describes the differences between a frame's state and the table. Empty if there are none. */
export const differencesOf = (state: FrameState, {table, owners}: TestContext): string[] => {
	const found: string[] = [];
	const compare = (slot: number, name: string, got: unknown, expected: unknown): void => {
		if (!Object.is(got, expected)) {
			found.push(`slot ${slot}, ${name}: ${String(got)} in place of ${String(expected)}`);
		}
	};

	for (let slot = 0; slot < Math.max(table.used, state.used); slot++) {
		const isUsed = slot < table.used && table.isUsed(slot);
		compare(slot, 'present', (state.present[slot] ?? 0) === 1, isUsed);
		if (!isUsed) {
			continue;
		}

		for (const {name, type, lanes, array} of state.columns) {
			const column = table.column(name as ColumnName);
			for (let lane = 0; lane < lanes; lane++) {
				const expected = column?.[slot * lanes + lane] ?? NaN;
				const got = array[slot * lanes + lane];
				if (name === 'owners') {
					compare(slot, name, JSON.stringify(readOwnersText(state.texts.of(got))), JSON.stringify(owners.of(expected)));
				} else if (type === 'text') {
					compare(slot, name, state.texts.of(got), table.texts.of(expected));
				} else if (type === 'moment') {
					const direction = directionOf(name);
					const isAbsent = expected === 0xFF_FF_FF_FF || (expected === 0 && direction === 1);
					compare(slot, name, isAbsent ? Number.isNaN(got) : Math.abs((got - table.now) * direction - expected) <= momentTolerance + 1, true);
				} else {
					compare(slot, name, got, expected);
				}
			}
		}
	}

	return found;
};
