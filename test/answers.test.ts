/** The answers of the built program, by the small file that has most of them and by the bundles that have the others. */
import process from 'node:process';
import test from 'ava';
import {execa} from 'execa';
import {builtProgram} from './helpers/conntop.js';

const run = async (...args: readonly string[]) => {
	const {stdout, stderr, exitCode} = await execa(process.execPath, [builtProgram, ...args], {reject: false, env: {LC_ALL: 'C.UTF-8'}});
	return {stdout, stderr, exitCode};
};

test.serial('help is the same in each form', async t => {
	const whole = await run('--help');
	t.regex(whole.stdout, /^Usage: conntop \[options\].*\n {7}conntop list .*\n\nhtop for connections.*\nWhich sockets:\n/sv);
	t.deepEqual([whole.stderr, whole.exitCode], ['', 0]);
	const list = await run('list', '--help');
	t.true(list.stdout.startsWith('Usage: conntop list '));
	// The last of each is answered by Commander.
	for (const [expected, forms] of [[whole, [['-h'], ['help'], ['--', 'help']]], [list, [['list', '-h'], ['help', 'list'], ['--', 'help', 'list']]]] as const) {
		for (const form of forms) {
			t.deepEqual(await run(...form), expected, form.join(' '));
		}
	}
});

test.serial('pages are shown, but a command that has the name of a page is explained', async t => {
	const page = await run('help', 'filters');
	t.true(page.stdout.startsWith('Filters\n=======\n'));
	t.deepEqual(await run('--', 'help', 'FILTERS'), page);
	const {stdout} = await run('help', 'events');
	t.true(stdout.startsWith('Usage: conntop events '));
});

test.serial('a wrong topic is reported', async t => {
	for (const [topic, message] of [['fielda', 'there is no help page "fielda"; did you mean "fields"?'], ['../LICENSES', 'there is no help page "../LICENSES"; there are ']] as const) {
		const {stdout, stderr, exitCode} = await run('help', topic);
		t.deepEqual([stdout, exitCode], ['', 2]);
		t.true(stderr.startsWith(`conntop: ${message}`));
	}
});

test.serial('completion scripts get their answers', async t => {
	const lines = async (...args: readonly string[]): Promise<readonly string[]> => {
		const {stdout} = await run('completion', ...args);
		return stdout.split('\n');
	};

	t.deepEqual(await lines('bash', '--', 'conntop list --sort rttV', 'rttV'), ['!open', 'rttVariance']);
	t.true((await lines('bash', '--', 'conntop list autob', 'autob')).includes('autobound'));
	t.true((await lines('zsh', '--', 'conntop', '--view', 'probl')).some(line => line.startsWith('problems\t')));
	const {stderr, exitCode} = await run('completion', 'csh', '--', 'conntop', '');
	t.deepEqual([stderr, exitCode], ['conntop: completion takes bash, zsh, fish; got "csh"', 2]);
});
