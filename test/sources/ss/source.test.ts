import test from 'ava';
import {createSsSource} from '../../../source/sources/ss/source.js';
import type {RunSs} from '../../../source/sources/ss/runner.js';
import {SourceError} from '../../../source/sources/source.js';
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
		// eslint-disable-next-line no-await-in-loop -- One sample follows the other.
		const {report, changes} = await replayed.sample();
		t.deepEqual(report, {complete: [], problems: ['ss did not finish within 60 s']});
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
	t.deepEqual(report, {complete: [], problems: []});
});

test('no row is left out of the count of those not understood', async t => {
	const replayed = await replay(['x\ny\n', 'x\n', '']);
	const problems = [];
	for (let sample = 0; sample < 3; sample++) {
		// eslint-disable-next-line no-await-in-loop -- One sample follows the other.
		const {report} = await replayed.sample();
		problems.push(report.problems);
	}

	t.deepEqual(problems, [['2 lines of ss not understood'], ['1 line of ss not understood'], []]);
});
