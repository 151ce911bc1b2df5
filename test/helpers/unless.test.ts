import test from 'ava';
import {fateOf, isCi, missingProgram} from './unless.js';

test('a test that lacks nothing runs, one that lacks something is skipped, or fails in CI unless CI may lack it', t => {
	for (const isInCi of [false, true]) {
		t.is(fateOf(undefined, isInCi), 'run');
		t.is(fateOf('there is no terminfo entry here', isInCi), 'skip');
	}

	t.is(fateOf('unshare does not work', false), 'skip');
	t.is(fateOf('unshare does not work', true), 'fail');
});

test('CI is what the environment variable CI says', t => {
	t.deepEqual([{}, {CI: ''}, {CI: 'false'}, {CI: '0'}, {CI: '1'}, {CI: 'true'}].map(environment => isCi(environment)), [false, false, false, false, true, true]);
});

test('a program that is not installed is missing', t => {
	t.is(missingProgram('sh'), undefined);
	t.is(missingProgram('no-such-program-of-conntop'), 'there is no no-such-program-of-conntop here');
});
