/* eslint ava/no-ignored-test-files: "off" -- This file declares tests for the files that import it. */
/** Tests that need what not every machine has: a namespace, a program, a privilege. */
import {spawnSync} from 'node:child_process';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';

/**
What CI may lack: how the sentences about it begin, each with the reason why tests that need it may be skipped. A test that lacks anything else fails in CI, so
that a machine without namespaces does not pass unnoticed.
*/
const mayBeMissingInCi: Readonly<Record<string, string>> = {
	'no cgroup can be made': 'A container may seldom make one; other hostile names take the same way to the terminal.',
	'only root': 'CI need not be root. Everything else is tested without privileges.',
	'the kernel has no TBF': 'A kernel may be built without the queue that makes a line slow.',
	'there is no package with Node.js': 'npm has binaries of every version for one processor only.',
	'there is no systemd-analyze': 'A container seldom has systemd; the unit is checked where it is.',
	'there is no terminfo entry': 'Few machines know all terminals; recorded entries are tested everywhere.',
	'this kernel has no MPTCP': 'A kernel may be built without it.',
};

/** Whether an environment is that of CI, as most services say it. */
export const isCi = ({CI = ''}: NodeJS.ProcessEnv): boolean => !['', '0', 'false'].includes(CI);

/** What becomes of a test that lacks what `missing` says, or nothing. */
export const fateOf = (missing: string | undefined, isInCi: boolean): 'run' | 'skip' | 'fail' => {
	if (missing === undefined) {
		return 'run';
	}

	return isInCi && Object.keys(mayBeMissingInCi).every(beginning => !missing.startsWith(beginning)) ? 'fail' : 'skip';
};

/**
Declares a test that runs unless something is missing here. `missing` says what, as a clause ("there is no ss here"): the test is then skipped, with the
reason in its title, or fails in CI. A serial test runs alone among the tests of its file.
*/
export const testUnless = (
	missing: string | undefined, title: string, body: (t: ExecutionContext) => void | Promise<void>, {isSerial = false}: {readonly isSerial?: boolean} = {},
): void => {
	const fate = fateOf(missing, isCi(process.env));
	const declare = isSerial ? test.serial : test;
	if (fate === 'run') {
		declare(title, body);
	} else if (fate === 'skip') {
		declare.skip(`${title} (skipped: ${missing})`, body);
	} else {
		test(title, t => {
			t.fail(`CI has to run this test, but ${missing}. If CI may lack that, say so in test/helpers/unless.ts.`);
		});
	}
};

/** What is missing where a program is not installed; undefined where it is. */
export const missingProgram = (command: string): string | undefined =>
	spawnSync(command, ['--version'], {stdio: 'ignore'}).error === undefined ? undefined : `there is no ${command} here`;
