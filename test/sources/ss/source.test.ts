import test from 'ava';
import {createSsSource} from '../../../source/sources/ss/source.js';
import type {RunSs} from '../../../source/sources/ss/runner.js';
import {SourceError} from '../../../source/sources/source.js';
import {protocolNames} from '../../../source/table/columns/protocols.js';
import {SocketTable} from '../../../source/table/socket-table.js';
import {interfaceIndex, replay} from '../../helpers/ss-replay.js';

const open = async (run: RunSs) =>
	createSsSource({
		run, interfaceIndex, kernelRelease: '6.12.0', owners: {intern: () => 1},
	});

const prints = (text: string, problem?: string): RunSs => async (_arguments, onText) => {
	onText(text);
	return {isMissing: false, ...(problem !== undefined && {problem})};
};

const refusals = [
	['ss is missing', async () => ({isMissing: true, problem: 'failed: ENOENT'}), 'ss is not installed (it is part of iproute2)'],
	['ss does not start', prints('', 'failed: EACCES'), 'ss failed: EACCES'],
	['ss is too old', prints('ss utility, iproute2-ss130716'), 'the installed ss is too old: it must be from iproute2 4.8 or newer'],
	['ss is another program', prints('Scheme Shell 0.9'), 'the installed ss is not the one from iproute2'],
] as const satisfies ReadonlyArray<readonly [string, RunSs, string]>;

for (const [why, run, message] of refusals) {
	test(`one sentence reports that ${why}`, async t => {
		await t.throwsAsync(open(run), {instanceOf: SourceError, message});
	});
}

test('rows of a failed run are kept, and close nothing', async t => {
	const row = 'tcp LISTEN 0 0 *:80 *:* ino:5 sk:6 <->\n';
	const other = 'tcp LISTEN 0 0 *:81 *:* ino:7 sk:8 <->\n';
	let runs = 0;
	const replayed = await replay([], {
		async run([argument], onText) {
			if (argument === '-V') {
				onText('iproute2-6.1.0');
				return {isMissing: false};
			}

			runs++;
			onText(runs === 1 ? row + other : `${row}tcp LISTEN 0 0 *:8`);
			return runs === 1 ? {isMissing: false} : {isMissing: false, problem: 'did not finish within 10 s'};
		},
	});
	const first = await replayed.sample();
	t.deepEqual(first.report.problems, []);
	for (let sample = 0; sample < 3; sample++) {
		const {report, changes} = await replayed.sample();
		t.like(report, {complete: [], problems: ['ss did not finish within 10 s'], isFailed: true});
		t.is(changes.opened.length + changes.closed.length, 0);
	}

	t.is(replayed.table.size, 2);
});

test('a missing socket is closed when it is missed the second time', async t => {
	const replayed = await replay(['tcp LISTEN 0 0 *:80 *:* ino:5 sk:6 <->\n', '', '']);
	await replayed.sample();
	const second = await replayed.sample();
	t.is(second.changes.closed.length, 0);
	const third = await replayed.sample();
	t.is(third.changes.closed.length, 1);
});

test('ss is called once for its version, then for the sockets', async t => {
	const commandLines: string[] = [];
	const replayed = await replay([], {
		columns: new Set(['drops']),
		async run(ssArguments, onText) {
			commandLines.push(ssArguments.join(' '));
			onText(ssArguments[0] === '-V' ? 'ss utility, iproute2-ss190107' : '');
			return {isMissing: false};
		},
	});
	await replayed.sample();
	await replayed.sample();
	t.deepEqual(commandLines, ['-V', '-H -n -a -t -u -e -i -o -m -p', '-H -n -a -t -u -e -i -o -m -p']);
});

test('closing stops the current run, without a message', async t => {
	const replayed = await replay([], {
		async run([argument], onText, signal) {
			if (argument === '-V') {
				onText('iproute2-6.1.0');
				return {isMissing: false};
			}

			await new Promise(resolve => {
				signal.addEventListener('abort', resolve, {once: true});
			});
			return {isMissing: false, problem: 'failed: SIGTERM'};
		},
	});
	const sampling = replayed.sample();
	replayed.source.close();
	const {report} = await sampling;
	t.like(report, {complete: [], problems: []});
});

const row = 'tcp LISTEN 0 0 1.2.3.4:80 0.0.0.0:* ino:5 sk:6 <->\n';
const otherRow = 'udp UNCONN 0 0 1.2.3.4:53 0.0.0.0:* ino:7 sk:8 <->\n';

test('counts all lines that cannot be parsed', async t => {
	const replayed = await replay([`${row}x\ny\n`, `x\n${row}`, row]);
	const problems = [];
	for (let sample = 0; sample < 3; sample++) {
		const {report} = await replayed.sample();
		t.is(report.isFailed, undefined);
		problems.push(report.problems);
	}

	t.deepEqual(problems, [['2 lines of ss not understood'], ['1 line of ss not understood'], []]);
});

/** The report about a run with this result, after one that showed both sockets. */
const after = async (text: string, ending: {readonly problem?: string; readonly complaint?: string}) => {
	let runs = 0;
	const replayed = await replay([], {
		async run([argument], onText) {
			if (argument === '-V') {
				onText('iproute2-6.1.0');
				return {isMissing: false};
			}

			runs++;
			onText(runs === 1 ? row + otherRow : text);
			return {isMissing: false, ...(runs > 1 && ending)};
		},
	});
	await replayed.sample();
	const {report} = await replayed.sample();
	const {time: _time, ...rest} = report;
	return {...rest, complete: report.complete.map(({protocol, family}) => `${protocolNames[protocol]} ${family}`)};
};

const everything = ['tcp 2', 'tcp 10', 'udp 2', 'udp 10'];

test('a failed run has no complete scope, whatever it printed', async t => {
	t.deepEqual(await after(row, {problem: 'failed: oops'}), {complete: [], problems: ['ss failed: oops'], isFailed: true});
	t.deepEqual(await after('', {problem: 'failed: ended by SIGSEGV'}), {complete: [], problems: ['ss failed: ended by SIGSEGV'], isFailed: true});
});

test('standard error is passed on, and only tables with rows are complete', async t => {
	t.deepEqual(await after(row, {complaint: 'no UDP'}), {complete: ['tcp 2'], problems: ['ss reported: no UDP']});
	t.deepEqual(await after(row + otherRow, {complaint: 'old cgroups'}), {complete: ['tcp 2', 'udp 2'], problems: ['ss reported: old cgroups']});
});

test('no rows with a message are a failure; no rows alone mean no sockets', async t => {
	t.deepEqual(await after('', {complaint: 'Cannot open netlink socket: Protocol not supported'}), {
		complete: [], problems: ['ss reported: Cannot open netlink socket: Protocol not supported'], isFailed: true,
	});
	t.deepEqual(await after('', {}), {complete: everything, problems: []});
	// An unwanted table does not count.
	t.like(await after('raw UNCONN 0 0 *:1 *:* ino:5 sk:6 <->\n', {complaint: 'no TCP'}), {isFailed: true});
});

test('messages of ss on standard output are passed on if there are no rows, safe for a terminal', async t => {
	t.deepEqual(await after('ss: \u{1B}[2Jbus\u{C3}\u{BC}\nmore\n', {}), {
		complete: [], problems: [String.raw`2 lines of ss not understood: ss: \x1b[2Jbusü`], isFailed: true,
	});
	t.deepEqual(await after(`oops\n${row}`, {}), {complete: everything, problems: ['1 line of ss not understood']});
});

test('protocols that this ss cannot list are a failure only if no others were requested', async t => {
	const [one, both] = await Promise.all([replay([''], {protocols: ['smc']}), replay([''], {protocols: ['smc', 'tcp']})]);
	t.deepEqual((await one.sample()).report, {complete: [], problems: ['the installed ss cannot list smc sockets'], isFailed: true});
	t.is((await both.sample()).report.isFailed, undefined);
});

test('a named network namespace is read with ss -N, and its interfaces keep their names', async t => {
	const commandLines: string[][] = [];
	const table = new SocketTable();
	const source = await createSsSource({
		async run(words, onText) {
			commandLines.push([...words]);
			onText(words.includes('-V') ? 'iproute2-6.1.0' : 'tcp LISTEN 0 0 10.0.0.1%eth7:80 0.0.0.0:* ino:5 sk:6 <->\n');
			return {isMissing: false};
		},
		interfaceIndex,
		kernelRelease: '6.12.0',
		owners: {intern: () => 1},
		namespace: {name: 'blue', path: '/run/netns/blue'},
	});
	table.begin(0);
	await source.sample(table, {columns: new Set()});
	t.true(commandLines.every(words => words[0] === '-N' && words[1] === 'blue'));
	t.is(source.namespaces?.interfaceName(table.core.interfaceIndex[0], 0), 'eth7');
});

test('ss cannot read a network namespace without a name', async t => {
	await t.throwsAsync(createSsSource({
		run: prints('iproute2-6.1.0'), interfaceIndex, kernelRelease: '6.12.0', owners: {intern: () => 1}, namespace: {name: 'pid 5 (x)', path: '/proc/5/ns/net'},
	}), {instanceOf: SourceError, message: /; pid 5 \(x\) has none$/v});
});
