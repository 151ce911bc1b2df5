import test from 'ava';
import {createSsSource} from '../../../source/sources/ss/source.js';
import type {RunSs} from '../../../source/sources/ss/runner.js';
import {SourceError} from '../../../source/sources/source.js';
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
			return runs === 1 ? {isMissing: false} : {isMissing: false, problem: 'did not finish within 60 s'};
		},
	});
	const first = await replayed.sample();
	t.deepEqual(first.report.problems, []);
	for (let sample = 0; sample < 3; sample++) {
		const {report, changes} = await replayed.sample();
		t.like(report, {complete: [], problems: ['ss did not finish within 60 s']});
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

test('no row is left out of the count of those not understood', async t => {
	const replayed = await replay(['x\ny\n', 'x\n', '']);
	const problems = [];
	for (let sample = 0; sample < 3; sample++) {
		const {report} = await replayed.sample();
		problems.push(report.problems);
	}

	t.deepEqual(problems, [['2 lines of ss not understood'], ['1 line of ss not understood'], []]);
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
