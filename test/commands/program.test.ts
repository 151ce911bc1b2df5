import process from 'node:process';
import test from 'ava';
import {CommanderError} from 'commander';
import {runProgram, type Handlers} from '../../source/commands/program.js';
import type {Options} from '../../source/commands/options.js';

type Call = {readonly command: string; readonly options: Options; readonly filter: readonly string[]; readonly prepared: Options | undefined};

const run = async (...commandLine: string[]): Promise<Call | undefined> => {
	let call: Call | undefined;
	let prepared: Options | undefined;
	const handler = (command: Exclude<keyof Handlers, 'prepare'>) => async (options: Options, filter: readonly string[]): Promise<void> => {
		call = {
			command, options, filter, prepared,
		};
	};

	await runProgram(commandLine, '1.2.3', {
		prepare(options) {
			prepared = options;
		},
		live: handler('live'),
		list: handler('list'),
		events: handler('events'),
		summary: handler('summary'),
		close: handler('close'),
	});
	return call;
};

test('without a command it is the live view, and words are its filter', async t => {
	t.like(await run(), {command: 'live', filter: []});
	t.like(await run('port', '443'), {command: 'live', filter: ['port', '443']});
	t.like(await run('-tl', '--interval', '2', 'nginx'), {command: 'live', filter: ['nginx'], options: {tcp: true, listening: true, interval: '2'}});
});

test('list and events are commands with options of their own', async t => {
	t.like(await run('list', '--json', '-4', 'state', 'established'), {command: 'list', filter: ['state', 'established'], options: {json: true, ipv4: true}});
	t.like(await run('events', '--json'), {command: 'events', filter: [], options: {json: true}});
	t.like(await run('events', '-rn'), {command: 'events', options: {resolve: true, numeric: true}});
	t.like(await run('list', '-Hn'), {options: {header: false, numeric: true}});
});

test('the options are seen before the command runs', async t => {
	for (const words of [['--ascii'], ['list', '--ascii'], ['events', '--ascii'], ['list', '--ascii', '--json', 'nginx']]) {
		// eslint-disable-next-line no-await-in-loop -- One after the other.
		t.like(await run(...words), {options: {ascii: true}, prepared: {ascii: true}});
	}
});

test('tables are named by the letters of ss', async t => {
	t.like(await run('list', '-xw0MSd'), {
		options: {
			unix: true, raw: true, packet: true, mptcp: true, sctp: true, dccp: true,
		},
	});
	t.like(await run('list', '--netlink', '--vsock', '--xdp', '--tipc', '--udplite', '--smc'), {
		options: {
			netlink: true, vsock: true, xdp: true, tipc: true, udplite: true, smc: true,
		},
	});
});

test('options may stand behind the filter', async t => {
	t.like(await run('list', 'port', '80', '-t'), {filter: ['port', '80'], options: {tcp: true}});
});

test.serial('help and version are no errors; a wrong option is, in one sentence', async t => {
	const written: string[] = [];
	const original = {out: process.stdout.write, error: process.stderr.write};
	const isKept = (text: string | Uint8Array): boolean => {
		written.push(String(text));
		return true;
	};

	Object.assign(process.stdout, {write: isKept});
	Object.assign(process.stderr, {write: isKept});
	try {
		const codes = [];
		for (const line of [['--help'], ['--version'], ['list', '--colums', 'x'], ['--bogus']]) {
			const error = await t.throwsAsync(run(...line), {instanceOf: CommanderError});
			codes.push(error.exitCode);
		}

		t.deepEqual(codes, [0, 0, 1, 1]);
	} finally {
		process.stdout.write = original.out;
		process.stderr.write = original.error;
	}

	t.regex(written[0], /conntop list/v);
	t.true(written.includes('1.2.3\n'));
	t.true(written.includes('conntop: unknown option \'--colums\'; did you mean --columns?\n'));
	t.true(written.includes('conntop: unknown option \'--bogus\'\n'));
});
