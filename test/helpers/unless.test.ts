import test from 'ava';
import {decide, isCi, missingProgram} from './unless.js';

test('runs a test if nothing is missing, else skips it, or lets it fail in CI unless CI may lack it', t => {
	for (const isInCi of [false, true]) {
		t.is(decide(undefined, isInCi), 'run');
		t.is(decide('there is no terminfo entry here', isInCi), 'skip');
	}

	t.is(decide('unshare does not work', false), 'skip');
	t.is(decide('unshare does not work', true), 'fail');
});

test('detects CI by the environment variable CI', t => {
	t.deepEqual([{}, {CI: ''}, {CI: 'false'}, {CI: '0'}, {CI: '1'}, {CI: 'true'}].map(environment => isCi(environment)), [false, false, false, false, true, true]);
});

test('reports a program that is not installed', t => {
	t.is(missingProgram('sh'), undefined);
	t.is(missingProgram('no-such-program-of-conntop'), 'there is no no-such-program-of-conntop here');
});
