import process from 'node:process';
import test from 'ava';
import fc from 'fast-check';
import {CommanderError} from 'commander';
import {bundleOf, isShortQuestion, type Bundle} from '../../source/code/bundle-of.js';
import {runProgram, type Handlers} from '../../source/commands/program.js';
import {UsageError} from '../../source/commands/usage-error.js';

/** The commands that each bundle has, as in its entry point. */
const commandsOf: Readonly<Record<Bundle, ReadonlyArray<keyof Handlers>>> = {
	'main.js': ['live', 'list', 'events', 'summary', 'close', 'record', 'history', 'compare', 'serve', 'redact', 'help'],
	'completion.js': ['completion'],
};

const nothing = async (): Promise<void> => undefined;

test('each bundle is chosen for its commands', t => {
	const expected: ReadonlyArray<[Bundle, string[]]> = [
		['main.js', []],
		['main.js', ['list']],
		['main.js', ['port', '443']],
		['main.js', ['list', '--columns', '--help']],
		['main.js', ['--', 'help']],
		['completion.js', ['completion', 'bash', '--', 'conntop --help', '']],
		['completion.js', ['--', 'completion']],
	];
	for (const [bundle, words] of expected) {
		t.is(bundleOf(words), bundle, words.join(' '));
	}
});

test('questions are those for help alone, and those of completion scripts', t => {
	for (const words of [['--help'], ['-h'], ['help'], ['help', 'filters'], ['list', '--help'], ['list', '-h'], ['completion', '--help'], ['completion', 'bash', '--', 'conntop -', '-']]) {
		t.true(isShortQuestion(words), words.join(' '));
	}

	for (const words of [
		[],
		['list'],
		['-t', '--help'],
		['-h', 'list'],
		['list', '--columns', '--help'],
		['--columns', '--help'],
		['--', 'help'],
		['--', '--help'],
		['help', 'filters', '--ascii'],
		['completion', 'bash'],
		['completion', 'bash', '--'],
		['completion', 'bash', 'conntop', 'li'],
	]) {
		t.false(isShortQuestion(words), words.join(' '));
	}
});

test.serial('a bundle has the command of every command line for which it is chosen', async t => {
	const word = fc.constantFrom(
		'list', 'live', 'events', 'close', 'compare', 'redact', 'serve', 'help', 'completion', 'bash', 'filters', '--help', '-h', '--', '-t', '-K', '--all', '--json', '--columns', '--at', '12:00', 'port', '443', '-v',
	);
	const {write} = process.stdout;
	const {write: writeError} = process.stderr;
	process.stdout.write = () => true;
	process.stderr.write = () => true;
	try {
		await t.notThrowsAsync(fc.assert(fc.asyncProperty(fc.array(word, {maxLength: 5}), async words => {
			const handlers: Partial<Handlers> = Object.fromEntries(commandsOf[bundleOf(words)].map(name => [name, nothing]));
			try {
				await runProgram(words, '1.2.3', handlers);
			} catch (error) {
				if (!(error instanceof CommanderError || error instanceof UsageError)) {
					throw error;
				}
			}
		}), {numRuns: 500}));
	} finally {
		process.stdout.write = write;
		process.stderr.write = writeError;
	}
});
