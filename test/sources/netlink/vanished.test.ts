import test from 'ava';
import type {AbortCounts} from '../../../source/sources/netlink/abort-counts.js';
import {createVanished} from '../../../source/sources/netlink/vanished.js';
import {CloseEvidence} from '../../../source/table/close-reasons.js';
import {State} from '../../../source/table/columns/states.js';
import {createTestContext, type TestSocket} from '../../helpers/context.js';

/** The close evidence of connections that are missing in the second of two samples, a second apart, with the kernel's counts in between. */
const judge = (sockets: readonly TestSocket[], since: AbortCounts | undefined): readonly string[] => {
	const context = createTestContext([]);
	const {table} = context;
	let counts = since && {aborts: 100, timeouts: 10};
	const text = ({aborts, timeouts}: AbortCounts): string => `Tcp: EstabResets\nTcp: ${aborts}\nTcpExt: TCPAbortOnTimeout\nTcpExt: ${timeouts}\n`;
	const vanished = createVanished(table, () => counts && text(counts));
	vanished.begin();
	const slots = sockets.map(socket => context.add({local: ['10.0.0.1', 443], peer: ['10.0.0.2', 50_000], ...socket}));
	table.end([]);
	counts &&= since && {aborts: counts.aborts + since.aborts, timeouts: counts.timeouts + since.timeouts};
	table.begin(1000);
	vanished.begin();
	vanished.explain(slots);
	const names = new Map(Object.entries(CloseEvidence).map(([name, number]) => [number, name]));
	return slots.map(slot => names.get(table.core.closeEvidence[slot] as 0) ?? 'wrong');
};

const idle: TestSocket = {};
/** The kernel retransmits in 300 ms. */
const retransmitting: TestSocket = {
	core: {
		timer: 1, timerRetransmits: 3, timerExpires: 300, sendQ: 100,
	},
};
const probing: TestSocket = {core: {timer: 2, timerRetransmits: 2, timerExpires: 900}};
const windowClosed: TestSocket = {core: {timer: 4, timerExpires: 500, sendQ: 9000}};

test('without a counted timeout, an abort was a reset', t => {
	t.deepEqual(judge([idle, retransmitting, probing, windowClosed], {aborts: 4, timeouts: 0}), ['aborted', 'aborted', 'aborted', 'aborted']);
});

test('with one, connections that waited for the peer timed out', t => {
	t.deepEqual(judge([idle, retransmitting], {aborts: 2, timeouts: 1}), ['aborted', 'timedOut']);
	t.deepEqual(judge([idle, probing], {aborts: 2, timeouts: 1}), ['aborted', 'timedOut']);
	t.deepEqual(judge([idle, windowClosed], {aborts: 2, timeouts: 1}), ['aborted', 'timedOut']);
	t.deepEqual(judge([idle], {aborts: 1, timeouts: 1}), ['timedOut'], 'it may have sent data since then');
});

test('connections with a longer timer did not time out', t => {
	t.deepEqual(judge([{core: {timer: 2, timerExpires: 7_200_000}}], {aborts: 1, timeouts: 1}), ['aborted']);
	t.deepEqual(judge([{core: {...retransmitting.core, timerExpires: 60_000}}], {aborts: 1, timeouts: 1}), ['aborted']);
});

test('without a counted abort both sides have closed', t => {
	t.deepEqual(judge([idle, {state: State.closeWait}], {aborts: 0, timeouts: 0}), ['completed', 'completed']);
	t.deepEqual(judge([{state: State.finWait2}, {state: State.synSent}], {aborts: 0, timeouts: 0}), ['aborted', 'aborted']);
	t.deepEqual(judge([{state: State.lastAck}], {aborts: 1, timeouts: 0}), ['completed']);
});

test('a peer in TIME-WAIT on this machine has the same meaning', t => {
	const context = [{}, {local: ['10.0.0.2', 50_000], peer: ['10.0.0.1', 443], state: State.timeWait}] as const;
	t.is(judge(context, {aborts: 5, timeouts: 0})[0], 'completed');
});

test('the peer may be found in TIME-WAIT a sample later', t => {
	const context = createTestContext([]);
	const {table} = context;
	let aborts = 0;
	const vanished = createVanished(table, () => `Tcp: EstabResets\nTcp: ${aborts}\nTcpExt: TCPAbortOnTimeout\nTcpExt: 0\n`);
	vanished.begin();
	const slot = context.add({local: ['10.0.0.1', 443], peer: ['10.0.0.2', 50_000]});
	const other = context.add({local: ['10.0.0.2', 50_000], peer: ['10.0.0.1', 443]});
	table.end([]);
	aborts = 5;
	for (const [now, state, evidence] of [[1000, State.established, CloseEvidence.aborted], [2000, State.timeWait, CloseEvidence.completed]] as const) {
		table.begin(now);
		vanished.begin();
		table.setState(other, table.core.protocol[other], state);
		vanished.explain([slot]);
		t.is(table.core.closeEvidence[slot], evidence);
		table.end([]);
	}
});

test('a FIN that arrived between the state and the counters of the last sample is no received byte', t => {
	for (const [sent, received] of [[70, 70], [69, 70]] as const) {
		const context = createTestContext([]);
		const {table} = context;
		const vanished = createVanished(table, () => 'Tcp: EstabResets\nTcp: 0\nTcpExt: TCPAbortOnTimeout\nTcpExt: 0\n');
		vanished.begin();
		const slot = context.add({local: ['10.0.0.1', 443], peer: ['10.0.0.2', 50_000], core: {bytesReceived: received}});
		context.add({
			local: ['10.0.0.2', 50_000], peer: ['10.0.0.1', 443], state: State.timeWait, core: {bytesSent: sent},
		});
		table.end([]);
		table.begin(1000);
		vanished.begin();
		vanished.explain([slot]);
		vanished.explain([slot]);
		t.is(table.core.bytesReceived[slot], sent);
	}
});

test('if the kernel does not count, only the timer decides', t => {
	t.deepEqual(judge([idle, retransmitting, probing, windowClosed], undefined), ['aborted', 'timedOut', 'timedOut', 'aborted']);
});
