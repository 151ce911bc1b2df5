import test from 'ava';
import {findStateWord, sortStateWords, stateMask} from '../../../../source/query/language/values/state-words.js';
import {State, stateNames} from '../../../../source/table/columns/states.js';

test('every state name that ss prints is accepted', t => {
	for (const [state, name] of stateNames.entries()) {
		const word = findStateWord(name);
		t.is(word !== undefined && ((stateMask([word]) >>> state) & 1) === 1, name !== 'UNKNOWN', name);
	}
});

test('hyphens and case do not matter', t => {
	for (const text of ['fin-wait-1', 'FIN_WAIT1', 'finwait1', 'Fin-Wait1']) {
		t.is(findStateWord(text), 'fin-wait-1', `${text} is fin-wait-1`);
	}

	t.is(findStateWord('close-wait'), 'close-wait');
	t.is(findStateWord('close'), 'unconnected');
	t.is(findStateWord('bound_inactive'), 'bound-inactive');
	t.is(findStateWord('bound'), undefined);
	t.is(findStateWord(''), undefined);
});

test('sets of states are those of ss', t => {
	const isIn = (word: 'connected' | 'synchronized' | 'bucket' | 'big' | 'all', state: number) => ((stateMask([word]) >>> state) & 1) === 1;
	t.true(isIn('connected', State.synSent));
	t.false(isIn('connected', State.listen));
	t.false(isIn('connected', State.unconnected));
	t.false(isIn('synchronized', State.synSent));
	t.true(isIn('synchronized', State.synReceived));
	t.true(isIn('bucket', State.timeWait));
	t.true(isIn('bucket', State.newSynReceived));
	t.false(isIn('big', State.timeWait));
	t.true(isIn('all', State.unknown));
});

test('words are distinct and in order', t => {
	t.deepEqual(sortStateWords(['big', 'closing', 'established', 'closing']), ['established', 'closing', 'big']);
});
