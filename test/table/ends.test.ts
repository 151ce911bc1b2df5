import test from 'ava';
import {
	endNames,
	endOf,
	LastWords,
	type LastSeen,
} from '../../source/table/ends.js';
import {Protocol} from '../../source/table/protocols.js';
import {State} from '../../source/table/states.js';

const end = (lastWords: number, seen: Partial<LastSeen> = {}): string => endNames[endOf({
	protocol: Protocol.tcp, state: State.established, isAccepted: () => false, ...seen, lastWords,
})];

test('whoever keeps TIME-WAIT closed first', t => {
	t.is(end(LastWords.finAcknowledged), 'closed by peer');
	t.is(end(LastWords.finAcknowledged, {state: State.lastAck}), 'closed by peer');
	t.is(end(LastWords.finAcknowledged, {state: State.finWait2}), 'closed here');
	t.is(end(LastWords.none, {state: State.timeWait}), 'closed here');
	t.is(end(LastWords.finUnacknowledged, {state: State.timeWait}), 'closed here');
});

test('without a FIN that was acknowledged it was a reset, or the peer was silent', t => {
	t.is(end(LastWords.finUnacknowledged), 'reset');
	t.is(end(LastWords.oneAcknowledged), 'reset', 'the SYN of one that was opened here');
	t.is(end(LastWords.oneAcknowledged, {isAccepted: () => true}), 'closed by peer', 'the FIN of one that was accepted here');
	t.is(end(LastWords.unanswered), 'unanswered');
	t.is(end(LastWords.disconnected), 'reset here');
});

test('a handshake that failed is no connection', t => {
	t.is(end(LastWords.neverConnected, {state: State.unconnected}), 'no connection');
	t.is(end(LastWords.none, {state: State.synSent}), 'no connection');
	t.is(end(LastWords.disconnected, {state: State.synSent}), 'no connection');
	t.is(end(LastWords.none, {state: State.synReceived}), 'no connection');
});

test('what was not told, what listens and what is not TCP has no such end', t => {
	t.is(end(LastWords.none), '');
	t.is(end(LastWords.neverConnected, {state: State.listen}), '');
	t.is(end(LastWords.finAcknowledged, {protocol: Protocol.udp}), '');
});
