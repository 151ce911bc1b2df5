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
	['ss is too old', prints('ss utility, iproute2-ss130716'), 'the ss command here is too old: iproute2 4.8 or newer is needed'],
	['ss is somebody else\'s', prints('Scheme Shell 0.9'), 'the ss command here is not the one of iproute2'],
] as const satisfies ReadonlyArray<readonly [string, RunSs, string]>;

for (const [why, run, message] of refusals) {
	test(`one sentence says that ${why}`, async t => {
		await t.throwsAsync(open(run), {instanceOf: SourceError, message});
	});
}

test('what a failed run showed is kept, and closes nothing', async t => {
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

test('a socket that is gone is closed when it is missed the second time', async t => {
	const replayed = await replay(['tcp LISTEN 0 0 *:80 *:* ino:5 sk:6 <->\n', '', '']);
	await replayed.sample();
	const second = await replayed.sample();
	t.is(second.changes.closed.length, 0);
	const third = await replayed.sample();
	t.is(third.changes.closed.length, 1);
});

test('ss is asked its version once, then for the sockets', async t => {
	const asked: string[] = [];
	const replayed = await replay([], {
		columns: new Set(['drops']),
		async run(ssArguments, onText) {
			asked.push(ssArguments.join(' '));
			onText(ssArguments[0] === '-V' ? 'ss utility, iproute2-ss190107' : '');
			return {isMissing: false};
		},
	});
	await replayed.sample();
	await replayed.sample();
	t.deepEqual(asked, ['-V', '-H -n -a -t -u -e -i -o -m -p', '-H -n -a -t -u -e -i -o -m -p']);
});

test('closing ends a run that is under way, without a complaint', async t => {
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

test('no line is left out of the count of those not understood', async t => {
	const replayed = await replay([`${row}x\ny\n`, `x\n${row}`, row]);
	const problems = [];
	for (let sample = 0; sample < 3; sample++) {
		const {report} = await replayed.sample();
		t.is(report.isFailed, undefined);
		problems.push(report.problems);
	}

	t.deepEqual(problems, [['2 lines of ss not understood'], ['1 line of ss not understood'], []]);
});

/** What a sample makes of a run that ends so, after one that showed both sockets. */
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

test('a run that fails has seen nothing whole, whatever it showed', async t => {
	t.deepEqual(await after(row, {problem: 'failed: oops'}), {complete: [], problems: ['ss failed: oops'], isFailed: true});
	t.deepEqual(await after('', {problem: 'failed: ended by SIGSEGV'}), {complete: [], problems: ['ss failed: ended by SIGSEGV'], isFailed: true});
});

test('a complaint is passed on, and only the tables of which rows came were seen whole', async t => {
	t.deepEqual(await after(row, {complaint: 'no UDP'}), {complete: ['tcp 2'], problems: ['ss complained: no UDP']});
	t.deepEqual(await after(row + otherRow, {complaint: 'old cgroups'}), {complete: ['tcp 2', 'udp 2'], problems: ['ss complained: old cgroups']});
});

test('no rows and a complaint are a failure, no rows alone are no sockets', async t => {
	t.deepEqual(await after('', {complaint: 'Cannot open netlink socket: Protocol not supported'}), {
		complete: [], problems: ['ss complained: Cannot open netlink socket: Protocol not supported'], isFailed: true,
	});
	t.deepEqual(await after('', {}), {complete: everything, problems: []});
	// A table that nobody asked for is none of those that were.
	t.like(await after('raw UNCONN 0 0 *:1 *:* ino:5 sk:6 <->\n', {complaint: 'no TCP'}), {isFailed: true});
});

test('words of ss on its standard output are passed on when they are all that came, safe for a terminal', async t => {
	t.deepEqual(await after('ss: \u{1B}[2Jbus\u{C3}\u{BC}\nmore\n', {}), {
		complete: [], problems: [String.raw`2 lines of ss not understood: ss: \x1b[2Jbusü`], isFailed: true,
	});
	t.deepEqual(await after(`oops\n${row}`, {}), {complete: everything, problems: ['1 line of ss not understood']});
});

test('protocols of which this ss has no table are a failure only when nothing else was asked for', async t => {
	const [one, both] = await Promise.all([replay([''], {protocols: ['smc']}), replay([''], {protocols: ['smc', 'tcp']})]);
	t.deepEqual((await one.sample()).report, {complete: [], problems: ['the ss command here cannot list smc sockets'], isFailed: true});
	t.is((await both.sample()).report.isFailed, undefined);
});

test('a network namespace with a name is read by ss -N, and its interfaces keep their names', async t => {
	const asked: string[][] = [];
	const table = new SocketTable();
	const source = await createSsSource({
		async run(words, onText) {
			asked.push([...words]);
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
	t.true(asked.every(words => words[0] === '-N' && words[1] === 'blue'));
	t.is(source.namespaces?.interfaceName(table.core.interfaceIndex[0], 0), 'eth7');
});

test('ss cannot read a network namespace without a name', async t => {
	await t.throwsAsync(createSsSource({
		run: prints('iproute2-6.1.0'), interfaceIndex, kernelRelease: '6.12.0', owners: {intern: () => 1}, namespace: {name: 'pid 5 (x)', path: '/proc/5/ns/net'},
	}), {instanceOf: SourceError, message: /; pid 5 \(x\) has none$/v});
});
