import test from 'ava';
import {
	hasReceiveTime,
	knownAge,
	knownStateAge,
	knownTimeWait,
} from '../../source/table/known-age.js';
import {State} from '../../source/table/columns/states.js';

const states = Object.values(State);
const established: ReadonlySet<number> = new Set([State.established, State.finWait1, State.finWait2, State.closeWait, State.lastAck, State.closing]);

test('the age is the oldest of the kernel\'s three times, in states that follow ESTAB', t => {
	for (const state of states) {
		t.is(knownAge(state, 20, 3000, 100), established.has(state) ? 3000 : 0, String(state));
	}
});

test('the time in a state counts only from the segment that led to it', t => {
	const lasted = (state: number): number => knownStateAge(state, 3000, 100);
	t.is(lasted(State.established), 3000);
	t.deepEqual([State.closeWait, State.finWait2, State.closing].map(state => lasted(state)), [100, 100, 100]);
	t.deepEqual(states.filter(state => lasted(state) === 0).length, states.length - 4);
});

test('before Linux 4.11 the time since data were received counts only if data were received', t => {
	t.false(hasReceiveTime(410, 0));
	t.true(hasReceiveTime(410, 1));
	t.true(hasReceiveTime(411, 0));
	t.false(hasReceiveTime(0, 0), 'the kernel version is unknown');
});

test('TIME-WAIT lasts a minute', t => {
	t.is(knownTimeWait(State.timeWait, 3, 59_000), 1000);
	t.is(knownTimeWait(State.timeWait, 3, 60_004), 0);
	t.is(knownTimeWait(State.finWait2, 3, 59_000), 0, 'the time in FIN-WAIT-2 is configurable');
	t.is(knownTimeWait(State.established, 2, 1000), 0);
});
