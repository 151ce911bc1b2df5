/* eslint ava/no-ignored-test-files: "off" -- This file declares tests for files that import it. */
/** Declares tests that need something that not every machine has: a namespace, a program, a privilege. */
import {spawnSync} from 'node:child_process';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';

/**
What CI may lack: the beginning of each sentence, with the reason why such tests may be skipped. A test that lacks anything else fails in CI, so that a machine without
namespaces does not pass unnoticed.
*/
const optionalInCi: Readonly<Record<string, string>> = {
	'no cgroup can be made': 'Containers can rarely create one; other hostile names are escaped by the same code.',
	'only root': 'CI need not be root. Everything else is tested without privileges.',
	'the kernel has no TBF': 'A kernel may be built without the queueing discipline that makes a link slow.',
	'there is no fish': 'Few machines have it. The completion scripts of all shells ask the same program, which bash does everywhere.',
	'there is no mandoc': 'Few machines have it. Install it before you change the man page.',
	'there is no package with Node.js': 'npm has binaries of all versions for one architecture only.',
	'there is no prometheus': 'Debian has it (apt-get install prometheus). Without it, the text format, the rules and the dashboard are still compared with the registry.',
	'there is no promtool': 'As for prometheus.',
	'there is no systemd-analyze': 'Containers rarely have systemd; the unit is checked elsewhere.',
	'there is no terminfo entry': 'Few machines have entries for all terminals; recorded entries are tested everywhere.',
	'there is no zsh': 'As for fish.',
	'this kernel has no MPTCP': 'A kernel may be built without it.',
};

/** Whether an environment is CI, by the variable that most services set. */
export const isCi = ({CI = ''}: NodeJS.ProcessEnv): boolean => !['', '0', 'false'].includes(CI);

/** Decides what to do with a test: `missing` says what it lacks, if anything. */
export const decide = (missing: string | undefined, isInCi: boolean): 'run' | 'skip' | 'fail' => {
	if (missing === undefined) {
		return 'run';
	}

	return isInCi && Object.keys(optionalInCi).every(beginning => !missing.startsWith(beginning)) ? 'fail' : 'skip';
};

/**
Declares a test that runs unless something is missing. `missing` says what, as a clause ("there is no ss here"); then the test is skipped, with the reason in its title, or
fails in CI. A serial test does not run in parallel with others of its file.
*/
export const testUnless = (
	missing: string | undefined, title: string, body: (t: ExecutionContext) => void | Promise<void>, {isSerial = false}: {readonly isSerial?: boolean} = {},
): void => {
	const decision = decide(missing, isCi(process.env));
	const declare = isSerial ? test.serial : test;
	if (decision === 'run') {
		declare(title, body);
	} else if (decision === 'skip') {
		declare.skip(`${title} (skipped: ${missing})`, body);
	} else {
		test(title, t => {
			t.fail(`CI must run this test, but ${missing}; if CI may lack that, add it to test/helpers/unless.ts`);
		});
	}
};

/** Says that a program is not installed; undefined if it is. */
export const missingProgram = (command: string): string | undefined =>
	spawnSync(command, ['--version'], {stdio: 'ignore'}).error === undefined ? undefined : `there is no ${command} here`;
