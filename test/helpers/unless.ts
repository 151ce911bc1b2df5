/* eslint ava/no-ignored-test-files: "off" -- This file declares tests for the files that import it. */
/** Tests that need what not every machine has: a namespace, a program, a privilege. */
import {spawnSync} from 'node:child_process';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';

/**
The tests that CI may skip: the beginnings of their titles, each with the reason. Any other test that cannot run in CI fails there, so that a machine that lacks
something does not pass unnoticed.
*/
const allowedInCi: Readonly<Record<string, string>> = {
	'hostile names of cgroups': 'A container seldom may make a cgroup; other hostile names take the same way to the terminal.',
	'keys of': 'Few machines have the terminfo entries of all terminals; recorded entries are tested everywhere.',
	'sockets of processes that may not be looked into': 'Only root can start a process as another user.',
	'closes an MPTCP connection': 'A kernel may be built without MPTCP.',
	'a send buffer that is too small': 'A kernel may be built without the queue that makes a line slow (TBF).',
	'runs on Node.js': 'There are binaries of other versions for one processor only.',
};

/** Whether an environment is that of CI, as most services say it. */
export const isCi = ({CI = ''}: NodeJS.ProcessEnv): boolean => !['', '0', 'false'].includes(CI);

/** What becomes of a test that lacks what `missing` says, or nothing. */
export const fateOf = (title: string, missing: string | undefined, isInCi: boolean): 'run' | 'skip' | 'fail' => {
	if (missing === undefined) {
		return 'run';
	}

	return isInCi && Object.keys(allowedInCi).every(beginning => !title.startsWith(beginning)) ? 'fail' : 'skip';
};

/**
Declares a test that runs unless something is missing here. `missing` says what, as a clause ("there is no ss here"): the test is then skipped, with the
reason in its title, or fails in CI. A serial test runs alone among the tests of its file.
*/
export const testUnless = (
	missing: string | undefined, title: string, body: (t: ExecutionContext) => void | Promise<void>, {isSerial = false}: {readonly isSerial?: boolean} = {},
): void => {
	const fate = fateOf(title, missing, isCi(process.env));
	const declare = isSerial ? test.serial : test;
	if (fate === 'run') {
		declare(title, body);
	} else if (fate === 'skip') {
		declare.skip(`${title} (skipped: ${missing})`, body);
	} else {
		test(title, t => {
			t.fail(`CI has to run this test, but ${missing}. If CI may skip it, say so in test/helpers/unless.ts.`);
		});
	}
};

/** What is missing where a program is not installed; undefined where it is. */
export const missingProgram = (command: string): string | undefined =>
	spawnSync(command, ['--version'], {stdio: 'ignore'}).error === undefined ? undefined : `there is no ${command} here`;
