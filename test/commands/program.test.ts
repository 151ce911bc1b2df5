import {readFile} from 'node:fs/promises';
import process from 'node:process';
import test from 'ava';
import {CommanderError} from 'commander';
import {runProgram, type Handlers} from '../../source/commands/program.js';
import {readOptions, type Options} from '../../source/commands/options.js';
import {plainLookups} from '../../source/names/lookups.js';
import {UsageError} from '../../source/commands/usage-error.js';

type Call = {readonly command: string; readonly options: Options; readonly filter: readonly string[]; readonly prepared: Options | undefined};

const run = async (...commandLine: string[]): Promise<Call | undefined> => {
	let call: Call | undefined;
	let prepared: Options | undefined;
	const handler = (command: Exclude<keyof Handlers, 'prepare' | 'redact' | 'help' | 'completion'>) => async (options: Options, filter: readonly string[]): Promise<void> => {
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
		record: handler('record'),
		history: handler('history'),
		compare: handler('compare'),
		serve: handler('serve'),
		async help(topic) {
			call = {
				command: 'help', options: {}, filter: [topic], prepared,
			};
		},
		async completion(shell, words) {
			call = {
				command: 'completion', options: {}, filter: [shell, ...words], prepared,
			};
		},
		async redact() {
			// The command has no options.
		},
	});
	return call;
};

test('without a command, the live view starts, and the words are its filter', async t => {
	t.like(await run(), {command: 'live', filter: []});
	t.like(await run('port', '443'), {command: 'live', filter: ['port', '443']});
	t.like(await run('-tl', '--interval', '2', 'nginx'), {command: 'live', filter: ['nginx'], options: {tcp: true, listening: true, interval: '2'}});
});

test('list and events are commands with their own options', async t => {
	t.like(await run('list', '--json', '-4', 'state', 'established'), {command: 'list', filter: ['state', 'established'], options: {json: true, ipv4: true}});
	t.like(await run('events', '--json'), {command: 'events', filter: [], options: {json: true}});
	t.like(await run('events', '-rn'), {command: 'events', options: {resolve: true, numeric: true}});
	t.like(await run('list', '-Hn'), {options: {header: false, numeric: true}});
});

test('options are passed to prepare before the command runs', async t => {
	for (const words of [['--ascii'], ['list', '--ascii'], ['events', '--ascii'], ['list', '--ascii', '--json', 'nginx']]) {
		t.like(await run(...words), {options: {ascii: true}, prepared: {ascii: true}});
	}
});

/** Whether only what listens is shown, by the options. */
const states = async (...words: readonly string[]): Promise<unknown> => {
	const {all, listening} = (await run('list', ...words))?.options ?? {};
	return {all, listening};
};

test('the last of -a and -l counts, as in ss', async t => {
	const everyState = {all: true, listening: undefined};
	const listening = {all: undefined, listening: true};
	for (const words of [['-tla'], ['-t', '-l', '-a'], ['-l', '-tan'], ['-l', '--all'], ['-lal', '-a'], ['--listening', 'port', '80', '-a']]) {
		t.deepEqual(await states(...words), everyState, words.join(' '));
	}

	for (const words of [['-tal'], ['-t', '-a', '-l'], ['-tan', '-l'], ['-a', '--listening'], ['-ala', '-l'], ['-a', 'port', '80', '-l']]) {
		t.deepEqual(await states(...words), listening, words.join(' '));
	}
});

test('families are tables or versions of IP, and lists of tables add up', async t => {
	for (const [family, option] of [['inet', 'ipv4'], ['inet6', 'ipv6'], ['link', 'packet'], ['unix', 'unix'], ['netlink', 'netlink'], ['vsock', 'vsock'], ['tipc', 'tipc'], ['xdp', 'xdp']] as const) {
		t.true((await run('list', '-f', family))?.options[option]);
		t.true((await run(`--family=${family}`))?.options[option]);
	}

	t.like(await run('list', '-A', 'tcp', '--query=udp,raw'), {options: {query: 'tcp,udp,raw'}});
	t.like(await run('events', '--socket', 'tcp'), {options: {socket: 'tcp'}});
	t.like(await run('list', '-OQH'), {options: {oneline: true, queues: false, header: false}});
	await t.throwsAsync(run('-f', 'ax25'), {instanceOf: UsageError, message: /^-f takes one of inet, inet6, .*; got "ax25"$/v});
});

const refused: ReadonlyArray<readonly [words: readonly string[], hint: RegExp]> = [
	[['-sE'], /^conntop summary and conntop events are commands of their own/v],
	[['events', '-K'], /^conntop events and conntop close are commands of their own/v],
	[['-t', '--yes', 'port', '443'], /^--yes belongs to conntop close$/v],
	[['-B'], /state bound-inactive$/v],
	[['-D', '-'], /conntop --input FILE/v],
	[['--diag=dump'], /conntop --input FILE/v],
	[['-F', 'filter'], /conntop "\$\(cat FILE\)"$/v],
	[['-T'], /always shows processes, not threads$/v],
	[['-b'], /does not read/v],
	[['-Z'], /does not read/v],
	[['-tz'], /does not read/v],
	[['--tipcinfo'], /does not read/v],
	[['-c', 'nginx'], /write the name as a filter/v],
	[['-anc'], /repeats by itself$/v],
	[['-nP'], /unless -r is given$/v],
	[['-antpW'], /prints everything whole/v],
	[['-C'], /--theme monochrome$/v],
	[['--numeric-ports'], /unless -r is given$/v],
	[['--bpf-map-id=3'], /does not read/v],
	[['-p', '812'], /for a process write pid 812, for a port write port 812$/v],
	[['-p812'], /write pid 812/v],
	[['list', '-t', '-p', '1,812'], /write pid 1,812/v],
	[['-d', '5'], /--interval 5$/v],
	[['-d0.5'], /--interval 0\.5$/v],
	[['-i:443'], /lsof's -i:443/v],
	[['-iTCP:443'], /lsof's -iTCP:443/v],
	[['-i4tcp@192.0.2.1:443'], /lsof's/v],
];

for (const [words, hint] of refused) {
	test(`an option of other programs is rejected with a hint: ${words.join(' ')}`, async t => {
		await t.throwsAsync(run(...words), {instanceOf: UsageError, message: hint});
	});
}

test('options of other programs that are commands of conntop run them', async t => {
	t.like(await run('-s'), {command: 'summary', filter: []});
	t.like(await run('--summary', '--json'), {command: 'summary', options: {json: true}});
	t.like(await run('-plants'), {
		command: 'summary', options: {
			processes: true, listening: undefined, all: true, numeric: true, tcp: true,
		},
	});
	t.like(await run('list', '-ts'), {command: 'summary', options: {tcp: true}});
	t.like(await run('summary', '-s'), {command: 'summary'});
	t.like(await run('-E'), {command: 'events'});
	t.like(await run('--events', 'dst', '10/8'), {command: 'events', filter: ['dst', '10/8']});
	t.like(await run('-tK', 'dport', '443'), {command: 'close', filter: ['dport', '443'], options: {tcp: true}});
	t.like(await run('-K', 'dport', '443', '--yes'), {command: 'close', filter: ['dport', '443'], options: {yes: true}});
});

test('options of conntop are not rejected', async t => {
	t.like(await run('-tp', '443'), {options: {tcp: true, processes: true}, filter: ['443']});
	t.like(await run('-pt', 'nginx'), {options: {processes: true}, filter: ['nginx']});
	t.like(await run('-p', 'port', '443'), {options: {processes: true}, filter: ['port', '443']});
	t.like(await run('-d', 'dst', '5'), {options: {dccp: true}, filter: ['dst', '5']});
	t.like(await run('-i4'), {options: {info: true, ipv4: true}});
	t.like(await run('-it', '443'), {options: {info: true, tcp: true}, filter: ['443']});
	t.like(await run('--', '-p', '812'), {filter: ['-p', '812']});
});

test('a mistyped command is not taken as a filter', async t => {
	for (const [word, command] of [['lisst', 'list'], ['lits', 'list'], ['Lsit', 'list'], ['evnts', 'events'], ['event', 'events'], ['hepl', 'help']] as const) {
		await t.throwsAsync(run(word), {instanceOf: UsageError, message: new RegExp(String.raw`^there is no command "${word}"; did you mean ${command}\? `, 'v')});
		await t.throwsAsync(run(word, '-t', 'port', '443'), {instanceOf: UsageError});
		t.like(await run('--', word), {command: 'live', filter: [word]});
		t.like(await run('-t', word), {command: 'live', filter: [word]});
	}

	for (const word of ['nginx', 'l', 'lis', 'port', 'established', 'listen', 'closed', 'postgres', '443']) {
		t.like(await run(word), {command: 'live', filter: [word]});
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

test('options may follow the filter', async t => {
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
		for (const line of [['--help'], ['--version'], ['-v'], ['list', '--colums', 'x'], ['--bogus']]) {
			const error = await t.throwsAsync(run(...line), {instanceOf: CommanderError});
			codes.push(error.exitCode);
		}

		t.deepEqual(codes, [0, 0, 0, 1, 1]);
	} finally {
		process.stdout.write = original.out;
		process.stderr.write = original.error;
	}

	t.regex(written[0], /conntop list/v);
	t.true(written.includes('1.2.3\n'));
	t.true(written.includes('conntop: unknown option \'--colums\'; did you mean --columns?\n'));
	t.true(written.includes('conntop: unknown option \'--bogus\'\n'));
});

test('the command lines of docs/coming-from.md are accepted, and their filters parse', async t => {
	const page = await readFile(new URL('../../docs/coming-from.md', import.meta.url), 'utf8');
	const commands = Array.from(page.matchAll(/`conntop(?<words>[^`]*)`/gv), ({groups}) => (groups?.words ?? '').split(String.raw` \|`, 1)[0]);
	t.true(commands.length > 30);
	for (const command of commands) {
		const words = Array.from(command.matchAll(/'(?<quoted>[^']*)'|(?<bare>\S+)/gv), ({groups}) => groups?.quoted ?? groups?.bare ?? '');
		const call = await run(...words.map(word => word === 'COLUMN' ? 'state' : word));
		const {net, ...options} = call?.options ?? {};
		t.true(net === undefined || net === 'blue');
		const filter = call?.filter ?? [];
		t.notThrows(() => readOptions(options, filter, {...plainLookups, hosts: () => ['192.0.2.1']}), command);
	}
});
