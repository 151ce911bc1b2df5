import test from 'ava';
import {
	closeReasons,
	closeReasonOf,
	CloseEvidence,
	laterEvidence,
	type LastSeen,
} from '../../source/table/close-reasons.js';
import {Protocol} from '../../source/table/columns/protocols.js';
import {State} from '../../source/table/columns/states.js';

const closeReason = (lastWords: number, seen: Partial<LastSeen> = {}): string => closeReasons[closeReasonOf({
	protocol: Protocol.tcp, state: State.established, isAccepted: () => false, ...seen, evidence: lastWords,
})];

test('the side that keeps TIME-WAIT closed first', t => {
	t.is(closeReason(CloseEvidence.finAcknowledged), 'closed by peer');
	t.is(closeReason(CloseEvidence.finAcknowledged, {state: State.lastAck}), 'closed by peer');
	t.is(closeReason(CloseEvidence.finAcknowledged, {state: State.finWait2}), 'closed here');
	t.is(closeReason(CloseEvidence.none, {state: State.timeWait}), 'closed here');
	t.is(closeReason(CloseEvidence.finUnacknowledged, {state: State.timeWait}), 'closed here');
});

test('without an acknowledged FIN it was a reset, or the peer did not answer', t => {
	t.is(closeReason(CloseEvidence.finUnacknowledged), 'reset');
	t.is(closeReason(CloseEvidence.oneAcknowledged), 'reset', 'the SYN of a connection opened here was acknowledged');
	t.is(closeReason(CloseEvidence.oneAcknowledged, {isAccepted: () => true}), 'closed by peer', 'the FIN of a connection accepted here was acknowledged');
	t.is(closeReason(CloseEvidence.unanswered), 'unanswered');
	t.is(closeReason(CloseEvidence.disconnected), 'reset here');
});

test('if a process holds the socket, the counts of the kernel decide', t => {
	t.is(closeReason(CloseEvidence.aborted), 'reset');
	t.is(closeReason(CloseEvidence.timedOut), 'unanswered');
	t.is(closeReason(CloseEvidence.completed), 'closed by peer');
	t.is(closeReason(CloseEvidence.completed, {state: State.finWait2}), 'closed here');
	t.deepEqual([CloseEvidence.aborted, CloseEvidence.timedOut].map(evidence => closeReason(evidence, {state: State.synSent})), ['no connection', 'no connection']);
});

test('last counters that come later count if they are more certain', t => {
	t.is(laterEvidence(CloseEvidence.aborted, CloseEvidence.finAcknowledged), CloseEvidence.finAcknowledged);
	t.is(laterEvidence(CloseEvidence.aborted, CloseEvidence.disconnected), CloseEvidence.disconnected);
	t.is(laterEvidence(CloseEvidence.timedOut, CloseEvidence.finUnacknowledged), CloseEvidence.timedOut);
	t.is(laterEvidence(CloseEvidence.aborted, CloseEvidence.unanswered), CloseEvidence.aborted);
	t.is(laterEvidence(CloseEvidence.none, CloseEvidence.unanswered), CloseEvidence.unanswered);
	t.is(laterEvidence(CloseEvidence.aborted, CloseEvidence.none), CloseEvidence.aborted);
});

test('a failed handshake is "no connection"', t => {
	t.is(closeReason(CloseEvidence.neverConnected, {state: State.unconnected}), 'no connection');
	t.is(closeReason(CloseEvidence.none, {state: State.synSent}), 'no connection');
	t.is(closeReason(CloseEvidence.none, {state: State.synReceived}), 'no connection');
});

test('a process that aborts its connection resets it, even if the last sample saw its handshake', t => {
	for (const state of [State.unconnected, State.synSent, State.newSynReceived, State.established]) {
		t.is(closeReason(CloseEvidence.disconnected, {state}), 'reset here');
	}
});

test('unknown evidence, listeners and other protocols have no close reason', t => {
	t.is(closeReason(CloseEvidence.none), '');
	t.is(closeReason(CloseEvidence.neverConnected, {state: State.listen}), '');
	t.is(closeReason(CloseEvidence.finAcknowledged, {protocol: Protocol.udp}), '');
});
