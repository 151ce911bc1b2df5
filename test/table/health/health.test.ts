import test from 'ava';
import {explainHealth} from '../../../source/fields/explain-health.js';
import {readCell, readTone} from '../../../source/fields/model/cell.js';
import {fields} from '../../../source/fields/registry.js';
import {parseFilter} from '../../../source/query/language/parse.js';
import {compileFilter} from '../../../source/query/match/predicate.js';
import {predicateOf} from '../../../source/query/match/selection-filter.js';
import {compareByLevels} from '../../../source/query/order/level.js';
import {takeOrder} from '../../../source/query/order/order.js';
import {healthColumns} from '../../../source/table/health/columns.js';
import {bindEvidence} from '../../../source/table/health/evidence.js';
import {thresholds} from '../../../source/table/health/thresholds.js';
import {HealthProblem, healthProblems} from '../../../source/table/health/problems.js';
import {Protocol} from '../../../source/table/columns/protocols.js';
import {SocketTable} from '../../../source/table/socket-table.js';
import {State} from '../../../source/table/columns/states.js';
import {createTestContext, type TestContext} from '../../helpers/context.js';

type Observation = {
	readonly state?: number;
	readonly recvQ?: number;
	readonly sendQ?: number;
	readonly timer?: readonly [code: number, tries: number];
	/** Totals. */
	readonly sent?: number;
	readonly received?: number;
	readonly retransmits?: number;
	/** Milliseconds. */
	readonly sendLimited?: number;
	readonly quiet?: number;
	readonly sinceSent?: number;
	readonly isAppLimited?: boolean;
	/** How long the socket has been in its state when it is first seen, according to the kernel. */
	readonly stateAge?: number;
};

/** A healthy connection. */
const calm: Required<Observation> = {
	state: State.established, recvQ: 0, sendQ: 0, timer: [0, 0], sent: 0, received: 0, retransmits: 0, sendLimited: 0, quiet: 0, sinceSent: 0, isAppLimited: false, stateAge: 0,
};

const cookie = 4711;

/** Takes samples of one TCP connection, by default a second apart. Returns the problem after each. */
const watch = (observations: readonly Observation[], {step = 1000, protocol = Protocol.tcp, context = createTestContext(healthColumns)} = {}) => {
	const {table} = context;
	return observations.map((observation, index) => {
		const {state, recvQ, sendQ, timer, sent, received, retransmits, sendLimited, quiet, sinceSent, isAppLimited, stateAge} = {...calm, ...observation};
		table.begin((index + 1) * step);
		const slot = table.observe(cookie, 0);
		table.setState(slot, protocol, state);
		if (table.isFound(slot)) {
			table.setKnownAge(slot, stateAge, stateAge);
		}

		table.core.inode[slot] = 1;
		table.core.recvQ[slot] = recvQ;
		table.core.sendQ[slot] = sendQ;
		table.core.timer[slot] = timer[0];
		table.core.timerRetransmits[slot] = timer[1];
		const evidence = bindEvidence(table);
		if (protocol === Protocol.tcp && state !== State.listen) {
			const isMeasured = table.setCounters(slot, sent, received);
			evidence?.noteRetransmits(slot, isMeasured, retransmits);
			evidence?.noteSendLimit(slot, isMeasured, sendLimited * 1000);
			evidence?.noteActivity(slot, quiet, isAppLimited);
			evidence?.noteBlocked(slot, sinceSent);
		} else {
			evidence?.noteDrops(slot, retransmits);
		}

		table.end([]);
		return healthProblems[table.optional('healthProblem')?.[slot] ?? 0]?.name ?? '';
	});
};

/** A context before its first sample. Sockets of the first sample existed before. */
const foundContext = (): TestContext => {
	const context = createTestContext(healthColumns);
	context.table.sample = 0;
	return context;
};

const none = (count: number): readonly string[] => Array.from({length: count}, () => '');

test('a queue that is not empty in each sample, but holds other bytes each time, is being read', t => {
	t.deepEqual(watch(Array.from({length: 10}, (_, index) => ({recvQ: 5000, received: 5000 * (index + 1)}))), none(10));
	t.deepEqual(watch(Array.from({length: 6}, () => ({recvQ: 5000, received: 5000}))), ['', '', '', '', 'not reading', 'not reading']);
	// It takes three samples, however far apart.
	t.deepEqual(watch(Array.from({length: 5}, () => ({recvQ: 5000, received: 5000})), {step: 60_000}), ['', '', '', 'not reading', 'not reading']);
	// It also takes three seconds, however close together the samples are.
	t.is(watch(Array.from({length: 31}, () => ({recvQ: 5000, received: 5000})), {step: 100}).indexOf('not reading'), -1);
	t.is(watch(Array.from({length: 40}, () => ({recvQ: 5000, received: 5000})), {step: 100}).indexOf('not reading'), 31);
});

test('one read ends the problem', t => {
	const stuck = {recvQ: 5000, received: 5000};
	t.deepEqual(watch([stuck, stuck, stuck, stuck, stuck, {recvQ: 4999, received: 5000 + 99}, stuck]).slice(4), ['not reading', '', '']);
});

test('growth is exact for large queues: to the byte, within the precision of a rate', t => {
	const observations = Array.from({length: 6}, (_, index) => ({recvQ: 1_000_000 + index * 777_777, received: 9_000_000_000 + index * 777_777}));
	t.is(watch(observations).at(-1), 'not reading');
});

test('a closed window is a problem after some time without sent bytes', t => {
	const closed = {sendQ: 9000, timer: [4, 1], sent: 9000} as const;
	t.deepEqual(watch([closed, closed, closed, closed, closed]), [...none(4), 'peer not reading']);
	t.deepEqual(watch(Array.from({length: 6}, (_, index) => ({...closed, sent: 9000 * (index + 1)}))), none(6));
	t.deepEqual(watch(Array.from({length: 6}, (_, index) => index % 2 === 0 ? closed : {})), none(6));
});

test('times reported by the kernel count from the first sample on', t => {
	const closeWait = {state: State.closeWait, recvQ: 1};
	const firstSample = (observation: Observation): string => watch([observation], {context: foundContext()})[0];
	t.is(firstSample({...closeWait, stateAge: thresholds.closeWait}), 'CLOSE-WAIT leak');
	t.is(firstSample({...closeWait, stateAge: thresholds.closeWait - 1}), '');
	const closed = {sendQ: 9000, timer: [4, 1], sent: 9000} as const;
	t.is(firstSample({...closed, sinceSent: thresholds.stuckTime}), 'peer not reading');
	t.is(firstSample({...closed, sinceSent: thresholds.stuckTime - 1}), '');
	t.is(firstSample({...closed, sinceSent: 3_600_000, timer: [1, 0]}), '', 'the window is open');
	t.is(firstSample({...closed, sinceSent: 3_600_000, sendQ: 0}), '', 'no bytes wait');
});

test('losses count from one percent on, and from three segments on', t => {
	const one = thresholds.segment * 100;
	t.deepEqual(watch([{}, {sent: one, retransmits: 3}, {sent: 2 * one, retransmits: 3}, {sent: 3 * one, retransmits: 3}]), ['', 'loss', '', '']);
	// Less than one percent.
	t.deepEqual(watch([{}, {sent: one * 4, retransmits: 3}]), none(2));
	t.deepEqual(watch([{}, {sent: one, retransmits: 2}]), none(2));
	// One in each sample adds up.
	t.is(watch(Array.from({length: 8}, (_, index) => ({sent: index * one / 2, retransmits: index}))).at(-1), '');
	t.is(watch(Array.from({length: 8}, (_, index) => ({sent: index * one / 2, retransmits: 2 * index}))).at(-1), 'loss');
	// Many losses keep the problem for a while.
	t.deepEqual(watch([{}, {retransmits: 20}, ...Array.from({length: 8}, () => ({retransmits: 20}))]).slice(1), [...Array.from({length: 7}, () => 'loss'), '', '']);
	// Losses before the first sample do not count, and the counter may pass 2 ** 32.
	t.deepEqual(watch([{retransmits: 1000}, {retransmits: 1000}]), none(2));
	t.deepEqual(watch([{retransmits: 0xFF_FF_FF_FE}, {retransmits: 2}]), ['', 'loss']);
});

test('an unanswered retransmission is a loss when it is the second', t => {
	t.deepEqual(watch([{sendQ: 1, timer: [1, 1]}, {sendQ: 1, timer: [1, 2]}]), ['', 'loss']);
});

test('a send buffer must limit sending for a quarter of the time, for some time', t => {
	const limited = (share: number) => watch(Array.from({length: 7}, (_, index) => ({sendLimited: index * share * 10})));
	t.deepEqual(limited(24), none(7));
	t.deepEqual(limited(26), ['', '', '', '', 'send buffer', 'send buffer', 'send buffer']);
});

test('a process counts as the limit only at high rates', t => {
	const sending = (rate: number) => watch(Array.from({length: 7}, (_, index) => ({sent: index * rate, isAppLimited: true}))).at(-1);
	t.is(sending(thresholds.appLimitedRate), 'app limited');
	t.is(sending(thresholds.appLimitedRate - 1), '');
	t.is(watch(Array.from({length: 7}, (_, index) => ({sent: index * thresholds.appLimitedRate}))).at(-1), '');
});

test('a connection is idle after ten minutes without data', t => {
	t.deepEqual(watch([{quiet: 599_999}, {quiet: 600_000}, {quiet: 10 ** 9}]), ['', 'idle', 'idle']);
});

test('a listener is full at its limit, and when it has just dropped connections', t => {
	const listening = {state: State.listen, sendQ: 5};
	t.deepEqual(watch([{...listening, recvQ: 4}, {...listening, recvQ: 5}, {...listening, recvQ: 6}, listening]), ['', 'backlog full', 'backlog full', '']);
	t.deepEqual(watch([{...listening, retransmits: 7}, {...listening, retransmits: 17}, {...listening, retransmits: 17}]), ['', 'backlog full', 'backlog full']);
	t.deepEqual(watch([{state: State.listen}]), ['']);
});

test('a datagram socket must be stuck for longer', t => {
	const stuck = Array.from({length: 12}, () => ({state: State.unconnected, recvQ: 768}));
	t.deepEqual(watch(stuck, {protocol: Protocol.udp}), [...none(11), 'not reading']);
	t.deepEqual(watch(stuck.map((look, index) => ({...look, recvQ: 768 + (index % 3)})), {protocol: Protocol.udp}), none(12));
});

test('other states have no problem', t => {
	for (const state of [State.timeWait, State.finWait2, State.lastAck, State.synReceived]) {
		t.deepEqual(watch(Array.from({length: 6}, () => ({
			state, recvQ: 9, sendQ: 9, timer: [4, 9],
		}))), none(6));
	}

	t.deepEqual(watch([{state: State.synSent, timer: [1, 0]}, {state: State.synSent, timer: [1, 1]}]), ['', 'SYN unanswered']);
	t.deepEqual(watch(Array.from({length: 8}, () => ({state: State.closeWait, recvQ: 1})), {step: 10_000}), [...none(6), 'CLOSE-WAIT leak', 'CLOSE-WAIT leak']);
});

test('counts the problems of open sockets, and none while they are not wanted', t => {
	const context = createTestContext(healthColumns);
	watch([{state: State.synSent, timer: [1, 1]}], {context});
	const {table} = context;
	t.is(table.health.counts[HealthProblem['SYN unanswered']], 1);
	table.begin(5000);
	table.close(table.find(cookie, 0));
	table.end([]);
	t.is(table.health.counts[HealthProblem['SYN unanswered']], 0);

	const other = new SocketTable();
	other.begin(0);
	const slot = other.observe(1, 0);
	other.setState(slot, Protocol.tcp, State.synSent);
	other.core.timer[slot] = 1;
	other.core.timerRetransmits[slot] = 5;
	other.end([]);
	t.deepEqual([...other.health.counts], healthProblems.map(() => 0));
	t.is(bindEvidence(other), undefined);
});

test('a socket in a reused slot starts without a problem', t => {
	const context = createTestContext(healthColumns);
	const stuck = {recvQ: 5000, received: 5000};
	watch(Array.from({length: 5}, () => stuck), {context});
	const {table} = context;
	const slot = table.find(cookie, 0);
	table.begin(6000);
	table.close(slot);
	table.end([]);
	table.begin(60_000);
	const next = table.observe(1, 0);
	t.is(next, slot);
	table.setState(next, Protocol.tcp, State.established);
	table.core.recvQ[next] = 5000;
	table.setCounters(next, 0, 5000);
	table.end([]);
	t.is(table.optional('healthProblem')?.[next], 0);
});

const sceneOf = (): {readonly context: TestContext; readonly slots: Uint32Array} => {
	const context = createTestContext();
	const slots = [HealthProblem.idle, 0, HealthProblem['backlog full'], HealthProblem.loss].map(healthProblem => context.add({
		optional: {
			healthProblem, recentLosses: 7, countedLosses: 12, quietMinutes: 75,
		},
	}));
	return {context, slots: Uint32Array.from(slots)};
};

test('the field shows the problem, sorts the worst first, and filters', t => {
	const {context, slots} = sceneOf();
	const field = fields[fields.findIndex(({id}) => id === 'health')];
	t.deepEqual([...slots].map(slot => readCell(field, context, slot)), ['idle', undefined, 'backlog full', 'loss']);
	t.deepEqual([...slots].map(slot => readTone(field, context, slot)), ['dim', undefined, 'bad', 'bad']);
	const sorted = slots.toSorted(compareByLevels(takeOrder({field: 'health', descending: false}, context, slots).levels(slots)));
	t.deepEqual([...sorted].map(slot => [...slots].indexOf(slot)), [2, 3, 0, 1]);
	for (const [filter, expected] of [['health = loss', [3]], ['health ~ "full"', [2]], ['sick', [2, 3]], ['unhealthy', [2, 3]], ['not sick', [0, 1]], ['health ~ idle or sick', [0, 2, 3]]] as const) {
		const parsed = parseFilter(filter);
		t.true('expression' in parsed);
		const compiled = compileFilter('expression' in parsed ? parsed.expression : undefined);
		t.true(compiled.columns.has('healthProblem'));
		const holds = predicateOf(compiled.bind(context));
		t.deepEqual([...slots].flatMap((slot, index) => holds(slot) ? [index] : []), expected);
	}
});

test('explains problems with numbers, and healthy sockets not at all', t => {
	const {context, slots} = sceneOf();
	const [idle = 0, healthy = 0, , loss = 0] = slots;
	t.is(explainHealth(context, healthy), undefined);
	t.is(explainHealth(context, loss), '7 segments retransmitted in the last samples, more than 1 % of what was sent; 12 so far.');
	t.regex(explainHealth(context, idle) ?? '', /^No data has been sent or received for 1h15: /v);
	t.is(explainHealth(createTestContext([]), 0), undefined);
});

test('explains each problem in its own words, whatever the columns hold', t => {
	for (const number of Object.values(HealthProblem)) {
		const context = createTestContext(healthColumns);
		const slot = context.add({optional: {healthProblem: number}});
		t.regex(explainHealth(context, slot) ?? '', /^[^\n]+\.$/v, healthProblems[number]?.name);
	}
});

test('the shortcut for healthy sockets gives the same result as the full check', t => {
	// The queues are empty, but the rate, the losses, the buffer or the clock indicates a problem.
	t.is(watch([{}, {}, {}, {retransmits: 50}]).at(-1), 'loss');
	t.is(watch([{}, {}, {}, {quiet: 600_000}]).at(-1), 'idle');
	t.is(watch(Array.from({length: 8}, (_, index) => ({sendLimited: index < 3 ? 0 : index * 900}))).at(-1), 'send buffer');
	t.deepEqual(watch([{recvQ: 9, received: 9}, {}, {recvQ: 9, received: 18}, {recvQ: 9, received: 18}, {}, {}]), none(6));
	// The problem is cleared again.
	t.deepEqual(watch([{quiet: 600_000}, {}, {}]), ['idle', '', '']);
});
