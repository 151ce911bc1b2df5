import test from 'ava';
import {isMinisocket} from '../../source/table/minisocket.js';
import {State, stateNames} from '../../source/table/columns/states.js';

test('minisockets are TIME-WAIT, SYN-RECV, and FIN-WAIT-2 with the timer of TIME-WAIT', t => {
	const states = Object.values(State);
	t.is(states.length, stateNames.length);
	t.deepEqual(states.filter(state => isMinisocket(state, 0)), [State.synReceived, State.timeWait, State.newSynReceived]);
	t.deepEqual(states.filter(state => isMinisocket(state, 3)), [State.synReceived, State.finWait2, State.timeWait, State.newSynReceived]);
});
